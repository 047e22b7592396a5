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

  /// Blocks of eight bytes, the last one filled up with zeros where there is a single one, and reaching back into the
  /// one before where there are several: so no byte is read twice by a loop of its own.
  @inline(__always)
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, setting bits: UInt64) -> UInt64 {
    let count = bytes.count
    guard let base = UnsafeRawPointer(bytes.baseAddress), count > 8 else {
      return short(padded(bytes) | bits & mask(count), count: count)
    }
    var state = seed(count)
    var offset = 0
    while offset + 8 < count {
      state = fold(state ^ (base.loadUnaligned(fromByteOffset: offset, as: UInt64.self) | bits), multiplier)
      offset += 8
    }
    return finish(state, base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self) | bits)
  }

  /// The fingerprint of a token of up to eight bytes.
  ///
  /// - Parameter word: The bytes in the order of a little-endian number, the rest zeros.
  @inline(__always)
  static func short(_ word: UInt64, count: Int) -> UInt64 { finish(seed(count), word) }

  /// The bits of the first `count` bytes, at most eight.
  @inline(__always)
  static func mask(_ count: Int) -> UInt64 { count == 0 ? 0 : ~0 >> UInt64(truncatingIfNeeded: 64 - 8 * count) }

  @inline(__always)
  private static func seed(_ count: Int) -> UInt64 {
    // A product, because a small number could be made up for by another first byte.
    lengthKey &+ UInt64(truncatingIfNeeded: count) &* multiplier
  }

  @inline(__always)
  private static func finish(_ state: UInt64, _ word: UInt64) -> UInt64 {
    fold(fold(state ^ word, multiplier) ^ rightKey, leftKey)
  }

  /// Up to eight bytes as a number.
  @inline(__always)
  private static func padded(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return 0 }
    let count = bytes.count
    if count >= 4 {
      let low = UInt64(base.loadUnaligned(as: UInt32.self))
      let high = UInt64(base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
      return low | high << UInt64(truncatingIfNeeded: 8 * (count - 4))
    }
    guard count > 0 else { return 0 }
    let middle = UInt64(bytes[count / 2]) << UInt64(truncatingIfNeeded: 8 * (count / 2))
    return UInt64(bytes[0]) | middle | UInt64(bytes[count - 1]) << UInt64(truncatingIfNeeded: 8 * (count - 1))
  }
}
