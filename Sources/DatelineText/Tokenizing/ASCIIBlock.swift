import CSIMD

/// What 64 bytes of text are, one bit a byte: the first byte is the lowest bit.
///
/// They are compared without a branch, so the cost does not depend on the text.
struct ASCIIBlock {
  /// Letters and digits of words, and the apostrophes and points within them.
  let words: UInt64
  /// Bytes from 0x80 on.
  let beyond: UInt64

  static let size = 64

  /// - Parameter bytes: At least ``size`` of them.
  @inline(__always)
  init(_ bytes: UnsafeRawPointer) {
    #if arch(x86_64)
      self.init(dateline_ascii_kinds_of(bytes))
    #else
      self.init(ASCIIBlock.kinds(of: bytes))
    #endif
  }

  @inline(__always)
  private init(_ kinds: dateline_ascii_kinds) {
    let (letters, digits) = (kinds.letters, kinds.digits)
    let joined =
      (kinds.apostrophes & letters &<< 1 & letters &>> 1) | (kinds.points & digits &<< 1 & digits &>> 1)
    words = letters | digits | joined
    beyond = kinds.beyond
  }

  /// The kinds of 64 bytes on any processor: eight bytes at a time are compared in one 64-bit number ("SIMD within a
  /// register").
  @inline(__always)
  static func kinds(of bytes: UnsafeRawPointer) -> dateline_ascii_kinds {
    var kinds = dateline_ascii_kinds()
    for part in 0..<8 {
      let eight = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: part &* 8, as: UInt64.self))
      // Seven bits a byte, so that a sum sets the eighth where a bound is reached, and never touches the next byte.
      let low = eight & all(0x7F)
      let lowercased = low | all(0x20)
      let isLetter = reaches(lowercased, 0x61) & ~reaches(lowercased, 0x7B)
      let isDigit = reaches(low, 0x30) & ~reaches(low, 0x3A)
      let isPoint = equals(low, 0x2E) | equals(low, 0x2C)
      let shift = UInt64(truncatingIfNeeded: part &* 8)
      kinds.letters |= gathered(isLetter & ~eight) &<< shift
      kinds.digits |= gathered(isDigit & ~eight) &<< shift
      kinds.apostrophes |= gathered(equals(low, 0x27) & ~eight) &<< shift
      kinds.points |= gathered(isPoint & ~eight) &<< shift
      kinds.beyond |= gathered(eight) &<< shift
    }
    return kinds
  }
}

@inline(__always)
private func all(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

/// Bit 7 of each byte tells whether the byte, below 0x80, is at least as large as the bound.
@inline(__always)
private func reaches(_ bytes: UInt64, _ bound: UInt64) -> UInt64 { bytes &+ all(0x80 &- bound) }

/// Bit 7 of each byte tells whether the byte, below 0x80, is this one.
@inline(__always)
private func equals(_ bytes: UInt64, _ byte: UInt64) -> UInt64 { ~((bytes ^ all(byte)) &+ all(0x7F)) }

/// Bit 7 of all eight bytes, the first byte's lowest.
@inline(__always)
private func gathered(_ bytes: UInt64) -> UInt64 { ((bytes & all(0x80)) &>> 7 &* 0x0102_0408_1020_4080) &>> 56 }
