internal import DatelineCore

/// What is wrong with a record: the parsers throw it, and whoever knows file and line makes an error of it.
struct RecordFault: Error {
  /// What was found, what was expected, what to do.
  let message: String
  /// The field.
  var field: String?
  /// Whether the record has none of the text fields; who knows its fields lists them.
  private(set) var lacksText = false

  /// A record without any of the text fields.
  static func lacksText(_ names: String) -> RecordFault {
    var fault = RecordFault("the record has none of the text fields \(names)")
    fault.lacksText = true
    return fault
  }

  /// - Parameters:
  ///   - message: What was found, what was expected, what to do.
  ///   - field: The field.
  init(_ message: String, field: String? = nil) {
    self.message = message
    self.field = field
  }

  /// The error for people.
  func error(file: String, line: Int) -> DatelineError {
    DatelineError(.invalidData, message, at: .init(file: file, line: line, field: field))
  }
}
