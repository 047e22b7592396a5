/// A reference to a character by its number, such as `&#xE9` or `&#233`, as the parser reads it: its digits end at the first
/// byte that is none, whether or not a semicolon stands there.
struct CharacterReference {
  /// The number; 0 where there is no digit.
  let code: Int
  /// How many bytes it is long, up to its last digit; 0 where there is none.
  let end: Int

  /// - Parameter text: A text that begins with `&`.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.count > 2, text[1] == UInt8(ascii: "#") else {
      (code, end) = (0, 0)
      return
    }
    let isHexadecimal = text[2] | 0x20 == UInt8(ascii: "x")
    let base = isHexadecimal ? 16 : 10
    let first = isHexadecimal ? 3 : 2
    var (code, place) = (0, first)
    while place < text.count {
      // Some pages are all references, so by arithmetic: what is neither a digit nor a letter becomes a large number.
      let byte = text[place]
      let isLetter = byte > UInt8(ascii: "9")
      let digit = Int(isLetter ? (byte | 0x20) &- UInt8(ascii: "a") &+ 10 : byte &- UInt8(ascii: "0"))
      guard digit < base else { break }
      code = min(code * base + digit, 1 << 32)
      place += 1
    }
    self.code = code
    end = place > first ? place : 0
  }
}
