/// What a record holds in one field: where it lies, and how it is written.
struct FieldValue {
  enum Form: Equatable {
    /// The record has no such field.
    case absent
    /// JSON `null`.
    case null
    /// Text as it is.
    case plain
    /// Text with JSON escapes.
    case jsonEscaped
    /// Text in which each quotation mark is doubled.
    case doubledQuotes
    /// A JSON number.
    case number
    /// `true` or `false`
    case flag
    /// A JSON array; the range spans its brackets.
    case array
    /// A JSON object; the range spans its braces.
    case object

    /// The form in words.
    var name: String {
      switch self {
      case .absent: "missing"
      case .null: "null"
      case .plain, .jsonEscaped, .doubledQuotes: "a string"
      case .number: "a number"
      case .flag: "true or false"
      case .array: "an array"
      case .object: "an object"
      }
    }
  }

  /// Where it lies in the piece of the file; for strings without the quotation marks around them.
  var range: Range<Int>
  /// How it is written.
  var form: Form

  /// A field that a record does not have.
  static let absent = FieldValue(range: 0..<0, form: .absent)

  /// Whether the record says nothing here.
  var isAbsent: Bool { form == .absent || form == .null }

  /// Whether it is text.
  var isString: Bool { form == .plain || form == .jsonEscaped || form == .doubledQuotes }

  /// Whether it stands for other text than that which is written.
  var isEscaped: Bool { form == .jsonEscaped || form == .doubledQuotes }

  /// Whether it is text, a number, `true` or `false`.
  var isScalar: Bool { isString || form == .number || form == .flag }

  /// Appends the text that it stands for.
  func write(_ bytes: Span<UInt8>, into text: inout [UInt8]) {
    switch form {
    case .jsonEscaped: JSONEscapes.decode(bytes, range, into: &text)
    case .doubledQuotes:
      var start = range.lowerBound
      while let quote = bytes.first(.quote, in: start..<range.upperBound) {
        text.append(bytes, start..<quote + 1)
        start = min(quote + 2, range.upperBound)
      }
      text.append(bytes, start..<range.upperBound)
    default: text.append(bytes, range)
    }
  }
}
