/// Walks over JSON (RFC 8259) without building anything: it says where values lie and how they are written, and checks
/// the syntax of what it skips.
///
/// Strings are searched many bytes at a time. Control characters in them are let through: many writers leave tabs
/// unescaped, and nothing is lost by reading them.
struct JSONScanner {
  /// The next byte to look at.
  var position: Int
  /// Where the text ends.
  let end: Int

  /// How deep arrays and objects may nest.
  static let maximumDepth = 256

  /// Steps over white space.
  @inline(__always)
  mutating func skipWhitespace(_ bytes: Span<UInt8>) {
    while position < end, bytes[position].isWhitespace { position += 1 }
  }

  /// Steps over a byte if it is the next one.
  @inline(__always)
  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard position < end, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Steps over a value.
  mutating func value(_ bytes: Span<UInt8>, depth: Int = 0) throws(RecordFault) -> FieldValue {
    guard position < end else { throw RecordFault("the record ends where a value is expected") }
    let start = position
    switch bytes[position] {
    case .quote: return try string(bytes)
    case UInt8(ascii: "{"):
      try object(bytes, depth: depth)
      return FieldValue(range: start..<position, form: .object)
    case UInt8(ascii: "["):
      try array(bytes, depth: depth)
      return FieldValue(range: start..<position, form: .array)
    case UInt8(ascii: "t"): return try word(Self.wordTrue, .flag, bytes)
    case UInt8(ascii: "f"): return try word(Self.wordFalse, .flag, bytes)
    case UInt8(ascii: "n"): return try word(Self.wordNull, .null, bytes)
    default: return try number(bytes)
    }
  }

  /// Steps over a string; the position is at its first quotation mark.
  mutating func string(_ bytes: Span<UInt8>) throws(RecordFault) -> FieldValue {
    let start = position + 1
    var next = start
    var form = FieldValue.Form.plain
    while next <= end, let place = bytes.firstQuoteOrBackslash(in: next..<end) {
      if bytes[place] == .quote {
        position = place + 1
        return FieldValue(range: start..<place, form: form)
      }
      form = .jsonEscaped
      if let fault = JSONEscapes.fault(bytes, at: place + 1, end: end) {
        // Whatever was cut off, it is worth more to know that something was.
        guard bytes.first(.quote, in: min(place + 1, end)..<end) == nil else { throw fault }
        break
      }
      next = place + 2
    }
    throw RecordFault("a string without an end: a record has to stand on one line")
  }

  /// Steps to the next element of an array and over it; `nil` at the end of the array. The position is at the opening
  /// bracket before the first call. The array has been stepped over once, so its syntax is right.
  mutating func nextElement(_ bytes: Span<UInt8>) throws(RecordFault) -> FieldValue? {
    position += 1
    skipWhitespace(bytes)
    guard position < end - 1 else { return nil }
    let element = try value(bytes)
    skipWhitespace(bytes)
    return element
  }

  private mutating func object(_ bytes: Span<UInt8>, depth: Int) throws(RecordFault) {
    guard depth < Self.maximumDepth else { throw RecordFault("over \(Self.maximumDepth) levels of nesting") }
    position += 1
    skipWhitespace(bytes)
    if take(UInt8(ascii: "}"), bytes) { return }
    repeat {
      _ = try memberName(bytes)
      _ = try value(bytes, depth: depth + 1)
      skipWhitespace(bytes)
    } while take(UInt8(ascii: ","), bytes)
    guard take(UInt8(ascii: "}"), bytes) else { throw RecordFault("expected \",\" or \"}\" in an object") }
  }

  /// Steps over a member's name and the colon, to its value.
  @inline(__always)
  mutating func memberName(_ bytes: Span<UInt8>) throws(RecordFault) -> FieldValue {
    skipWhitespace(bytes)
    guard position < end, bytes[position] == .quote else { throw RecordFault("expected the name of a field") }
    let name = try string(bytes)
    skipWhitespace(bytes)
    guard take(UInt8(ascii: ":"), bytes) else { throw RecordFault("expected \":\" behind the name of a field") }
    skipWhitespace(bytes)
    return name
  }

  private mutating func array(_ bytes: Span<UInt8>, depth: Int) throws(RecordFault) {
    guard depth < Self.maximumDepth else { throw RecordFault("over \(Self.maximumDepth) levels of nesting") }
    position += 1
    skipWhitespace(bytes)
    if take(UInt8(ascii: "]"), bytes) { return }
    repeat {
      skipWhitespace(bytes)
      _ = try value(bytes, depth: depth + 1)
      skipWhitespace(bytes)
    } while take(UInt8(ascii: ","), bytes)
    guard take(UInt8(ascii: "]"), bytes) else { throw RecordFault("expected \",\" or \"]\" in an array") }
  }

  private static let wordTrue = Array("true".utf8)
  private static let wordFalse = Array("false".utf8)
  private static let wordNull = Array("null".utf8)

  private mutating func word(
    _ word: [UInt8], _ form: FieldValue.Form, _ bytes: Span<UInt8>
  ) throws(RecordFault) -> FieldValue {
    guard bytes.hasBytes(word, at: position, before: end) else {
      throw RecordFault("expected \(String(decoding: word, as: UTF8.self))")
    }
    position += word.count
    return FieldValue(range: position - word.count..<position, form: form)
  }

  private mutating func number(_ bytes: Span<UInt8>) throws(RecordFault) -> FieldValue {
    let start = position
    _ = take(UInt8(ascii: "-"), bytes)
    let whole = digits(bytes)
    guard whole > 0, whole == 1 || bytes[position - whole] != 0x30 else {
      throw RecordFault("expected a value: a string in quotation marks, a number, true, false, null, [ or {")
    }
    if take(UInt8(ascii: "."), bytes), digits(bytes) == 0 { throw RecordFault("a number without digits behind \".\"") }
    if take(UInt8(ascii: "e"), bytes) || take(UInt8(ascii: "E"), bytes) {
      if !take(UInt8(ascii: "+"), bytes) { _ = take(UInt8(ascii: "-"), bytes) }
      if digits(bytes) == 0 { throw RecordFault("a number without digits in its exponent") }
    }
    return FieldValue(range: start..<position, form: .number)
  }

  private mutating func digits(_ bytes: Span<UInt8>) -> Int {
    let start = position
    while position < end, bytes[position].isDigit { position += 1 }
    return position - start
  }
}
