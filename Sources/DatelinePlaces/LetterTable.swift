/// What bytes and letters are, as far as names in Latin script need it.
enum LetterTable {
  /// Whether a byte is part of a word: a letter, a digit, or the first byte of a character beyond ASCII.
  @inline(__always) static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")) || (byte >= 0xC3 && byte != 0xE2)
  }

  @inline(__always) static func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
  }

  @inline(__always) static func isUpper(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
  }

  /// The letter without its accent, for U+00C0 to U+017F; `nil` for what is no letter of that range.
  static func plain(_ scalar: UInt32) -> UInt8? {
    guard scalar >= 0xC0, scalar < 0x180 else { return nil }
    let letter = letters[Int(scalar - 0xC0)]
    return letter == UInt8(ascii: "*") ? nil : letter
  }

  private static let letters: [UInt8] = Array(
    ("AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTsaaaaaaaceeeeiiiidnooooo*ouuuuyty"
      + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiJjJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs")
      .utf8)
}
