extension JSONValue {
  /// What is wrong with a text that is no JSON, and where.
  public struct SyntaxError: Error, Equatable, CustomStringConvertible {
    /// What was found and what was expected.
    public let message: String
    /// The place, in bytes from the start.
    public let offset: Int

    /// The message and the place.
    public var description: String { "\(message) at byte \(offset)" }
  }

  /// The value that a text stands for: exactly one, strictly after RFC 8259.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8; invalid sequences in strings are replaced by U+FFFD.
  ///   - maximumDepth: How deep arrays and objects may nest.
  public init(parsing bytes: [UInt8], maximumDepth: Int = 64) throws(SyntaxError) {
    var parser = JSONParser(bytes: bytes, position: 0, maximumDepth: maximumDepth)
    parser.skipWhitespace()
    self = try parser.value(depth: 0)
    parser.skipWhitespace()
    guard parser.position == bytes.count else { throw parser.error("more text behind the value") }
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  var position: Int
  let maximumDepth: Int

  func error(_ message: String) -> JSONValue.SyntaxError { JSONValue.SyntaxError(message: message, offset: position) }

  mutating func skipWhitespace() {
    while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) { position += 1 }
  }

  mutating func value(depth: Int) throws(JSONValue.SyntaxError) -> JSONValue {
    guard position < bytes.count else { throw error("the text ends where a value is expected") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONValue.SyntaxError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw error("expected \(word)") }
    position += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(JSONValue.SyntaxError) -> JSONValue {
    guard depth < maximumDepth else { throw error("over \(maximumDepth) levels of nesting") }
    var members: [(name: String, value: JSONValue)] = []
    position += 1
    skipWhitespace()
    if take(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipWhitespace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw error("expected a member's name")
      }
      let name = try string()
      skipWhitespace()
      guard take(UInt8(ascii: ":")) else { throw error("expected \":\"") }
      skipWhitespace()
      members.append((name, try value(depth: depth + 1)))
      skipWhitespace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw error("expected \",\" or \"}\"") }
    }
  }

  private mutating func array(depth: Int) throws(JSONValue.SyntaxError) -> JSONValue {
    guard depth < maximumDepth else { throw error("over \(maximumDepth) levels of nesting") }
    var elements: [JSONValue] = []
    position += 1
    skipWhitespace()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      skipWhitespace()
      elements.append(try value(depth: depth + 1))
      skipWhitespace()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw error("expected \",\" or \"]\"") }
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func number() throws(JSONValue.SyntaxError) -> JSONValue {
    let start = position
    _ = take(UInt8(ascii: "-"))
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else { throw error("expected a value") }
    if take(UInt8(ascii: ".")), digits() == 0 { throw error("expected a digit") }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      if digits() == 0 { throw error("expected a digit") }
    }
    guard let number = Double(String(decoding: bytes[start..<position], as: UTF8.self)), number.isFinite else {
      throw error("a number beyond the range of doubles")
    }
    return .number(number)
  }

  private mutating func digits() -> Int {
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    return position - start
  }

  private mutating func string() throws(JSONValue.SyntaxError) -> String {
    var text: [UInt8] = []
    position += 1
    while true {
      guard position < bytes.count else { throw error("a string without an end") }
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw error("a control character in a string")
      default: text.append(byte)
      }
    }
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONValue.SyntaxError) {
    guard position < bytes.count else { throw error("a string without an end") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var unit = try codeUnit()
      if (0xD800..<0xDC00).contains(unit), bytes[position...].starts(with: "\\u".utf8) {
        let mark = position
        position += 2
        let low = try codeUnit()
        if (0xDC00..<0xE000).contains(low) {
          unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        } else {
          position = mark
        }
      }
      text += String(Character(Unicode.Scalar(unit) ?? "\u{FFFD}")).utf8
    default: throw error("an unknown escape")
    }
  }

  private mutating func codeUnit() throws(JSONValue.SyntaxError) -> UInt32 {
    guard position + 4 <= bytes.count,
      let unit = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16),
      bytes[position] != UInt8(ascii: "+"), bytes[position] != UInt8(ascii: "-")
    else { throw error("expected four hexadecimal digits") }
    position += 4
    return unit
  }
}
