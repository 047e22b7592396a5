/// Character data of SGML: text with entities.
enum SGMLText {
  private static let entities: [(name: [UInt8], byte: UInt8)] = [
    (Array("lt".utf8), UInt8(ascii: "<")), (Array("gt".utf8), UInt8(ascii: ">")),
    (Array("amp".utf8), UInt8(ascii: "&")),
    (Array("quot".utf8), .quote), (Array("apos".utf8), UInt8(ascii: "'")),
  ]

  /// Appends the text of a range. References to control codes (teletype signals in Reuters-21578) are left out, unknown
  /// entities stay as they are written.
  static func decode(_ bytes: Span<UInt8>, _ range: Range<Int>, into text: inout [UInt8]) {
    var start = range.lowerBound
    while let ampersand = bytes.first(UInt8(ascii: "&"), in: start..<range.upperBound) {
      text.append(bytes, start..<ampersand)
      start = ampersand + 1
      // No entity is longer than this, so a lone ampersand costs no search to the end.
      let limit = min(range.upperBound, start + 10)
      guard let end = bytes.first(UInt8(ascii: ";"), in: start..<limit),
        append(bytes.array(start..<end), to: &text)
      else {
        text.append(UInt8(ascii: "&"))
        continue
      }
      start = end + 1
    }
    text.append(bytes, start..<range.upperBound)
  }

  /// Appends what an entity stands for; `false` when it is unknown.
  private static func append(_ name: [UInt8], to text: inout [UInt8]) -> Bool {
    if let entity = entities.first(where: { $0.name == name }) {
      text.append(entity.byte)
      return true
    }
    guard name.first == UInt8(ascii: "#"), name.count > 1 else { return false }
    let isHexadecimal = name[1] == UInt8(ascii: "x") || name[1] == UInt8(ascii: "X")
    let digits = String(decoding: name.dropFirst(isHexadecimal ? 2 : 1), as: UTF8.self)
    guard let code = UInt32(digits, radix: isHexadecimal ? 16 : 10), digits.first != "+",
      let scalar = Unicode.Scalar(code)
    else { return false }
    let isControl = code < 0x20 && code != 0x09 && code != 0x0A && code != 0x0D || (0x7F...0x9F).contains(code)
    if !isControl { text.append(contentsOf: String(Character(scalar)).utf8) }
    return true
  }
}
