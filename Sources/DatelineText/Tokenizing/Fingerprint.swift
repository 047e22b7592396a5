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
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  @inline(__always)
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, setting bits: UInt64) -> UInt64 {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return fold(lengthKey, multiplier) }
    var state = UInt64(truncatingIfNeeded: bytes.count) ^ lengthKey
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = base.loadUnaligned(fromByteOffset: offset, as: UInt64.self) | bits
      state = fold(state ^ word, multiplier)
      offset += 8
    }
    if offset < bytes.count {
      var word: UInt64 = 0
      var shift: UInt64 = 0
      while offset < bytes.count {
        word |= (UInt64(bytes[offset]) | (bits & 0xFF)) << shift
        shift += 8
        offset += 1
      }
      state = fold(state ^ word, multiplier)
    }
    return fold(state ^ rightKey, leftKey)
  }
}
