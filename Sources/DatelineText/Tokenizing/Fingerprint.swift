import CSIMD

/// 64-bit fingerprints of tokens and of n-grams: the identity of a feature before it has a number.
///
/// The mixing step is the 64×64→128-bit multiplication whose halves are combined by exclusive or ("folded multiply", as
/// in Wang Yi's wyhash). With 64 bits, ten million different n-grams share a fingerprint with probability 3·10⁻⁶.
/// Fingerprints are part of the model file: a change here is a new format version.
public enum Fingerprint {
  @usableFromInline static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
  @usableFromInline static let lengthKey: UInt64 = 0xA076_1D64_78BD_642F
  @usableFromInline static let leftKey: UInt64 = 0xE703_7ED1_A0B4_28DB
  @usableFromInline static let rightKey: UInt64 = 0x8EBC_6AF0_9C88_C6E3
  @usableFromInline static let asciiCaseBits: UInt64 = 0x2020_2020_2020_2020

  /// The fingerprint of a normalised token.
  ///
  /// - Parameter bytes: UTF-8.
  public static func token(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 { hash(bytes, setting: 0) }

  /// The fingerprint of a token of ASCII letters, digits and inner punctuation, in lower case.
  ///
  /// All those characters but the capital letters have bit 5 set, so setting it in all of them is lower-casing.
  @inline(__always)
  static func lowercasedASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 { hash(bytes, setting: asciiCaseBits) }

  /// The fingerprint of a sequence whose first part has the fingerprint `left` and whose last token has `right`.
  @inlinable @inline(__always)
  public static func pair(_ left: UInt64, _ right: UInt64) -> UInt64 { fold(left ^ leftKey, right ^ rightKey) }

  /// The fingerprint of the same term in another field or of another kind.
  @inlinable @inline(__always)
  public static func marked(_ fingerprint: UInt64, _ mark: UInt64) -> UInt64 {
    fold(fingerprint ^ lengthKey, mark &* multiplier | 1)
  }

  @inlinable @inline(__always)
  static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = UInt128(a) &* UInt128(b)
    return UInt64(truncatingIfNeeded: product >> 64) ^ UInt64(truncatingIfNeeded: product)
  }

  /// The fingerprint of a token of up to 16 bytes of ASCII letters, digits and inner punctuation, in lower case.
  ///
  /// - Parameters:
  ///   - text: The text from the token on; 16 bytes can be read.
  ///   - count: How many bytes the token has.
  @inline(__always)
  static func lowercasedASCII(_ text: UnsafeRawPointer, count: Int) -> UInt64 {
    #if arch(x86_64)
      let sixteen = dateline_lowercased(text, count)
    #else
      let sixteen = lowercased(text, count: count)
    #endif
    return finish(seed(count), sixteen.first, sixteen.second)
  }

  /// The first `count` of 16 bytes, each with bit 5 set, and zeros behind them, on any processor.
  @inline(__always)
  static func lowercased(_ bytes: UnsafeRawPointer, count: Int) -> dateline_sixteen {
    let first = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    let second = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    return dateline_sixteen(
      first: (first | asciiCaseBits) & mask(min(count, 8)),
      second: (second | asciiCaseBits) & (count > 8 ? mask(count &- 8) : 0))
  }

  /// Blocks of 16 bytes. The last one is filled up with zeros where it is the only one; else it reaches back into the
  /// one before, so that no byte needs a loop of its own.
  @inline(__always)
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, setting bits: UInt64) -> UInt64 {
    let count = bytes.count
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return finish(seed(0), 0, 0) }
    func word(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) | bits
    }
    switch count {
    case ...8:
      return finish(seed(count), padded(base, count) | bits & mask(count), 0)
    case ...16:
      return finish(seed(count), word(0), word(count - 8) >> UInt64(truncatingIfNeeded: 8 * (16 - count)))
    default:
      var state = seed(count)
      var offset = 0
      while offset + 16 < count {
        state = fold(state ^ word(offset), rightKey ^ word(offset + 8))
        offset += 16
      }
      return finish(state, word(count - 16), word(count - 8))
    }
  }

  @inline(__always)
  private static func finish(_ state: UInt64, _ first: UInt64, _ second: UInt64) -> UInt64 {
    fold(fold(state ^ first, rightKey ^ second) ^ lengthKey, leftKey)
  }

  @inline(__always)
  private static func seed(_ count: Int) -> UInt64 {
    // A product, because a small number could be made up for by another first byte.
    lengthKey &+ UInt64(truncatingIfNeeded: count) &* multiplier
  }

  /// The bits of the first `count` bytes, at most eight.
  @inline(__always)
  private static func mask(_ count: Int) -> UInt64 {
    count == 0 ? 0 : ~0 &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
  }

  /// Up to eight bytes as a number.
  @inline(__always)
  private static func padded(_ base: UnsafeRawPointer, _ count: Int) -> UInt64 {
    func shift(_ bytes: Int) -> UInt64 { UInt64(truncatingIfNeeded: 8 * bytes) }
    if count >= 4 {
      let low = UInt64(UInt32(littleEndian: base.loadUnaligned(as: UInt32.self)))
      let high = UInt64(UInt32(littleEndian: base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)))
      return low | high << shift(count - 4)
    }
    if count == 0 { return 0 }
    func byte(_ offset: Int) -> UInt64 { UInt64(base.load(fromByteOffset: offset, as: UInt8.self)) << shift(offset) }
    return byte(0) | byte(count / 2) | byte(count - 1)
  }
}
