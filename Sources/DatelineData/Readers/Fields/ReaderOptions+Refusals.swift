internal import DatelineCore

extension ReaderOptions {
  /// Refuses to read a part of a corpus whose format does not carry one.
  func refuseSplit(format: String, file: String) throws(DatelineError) {
    guard let split else { return }
    throw DatelineError(
      .usage,
      "--split \(split.rawValue): \(format) does not say to which part a document belongs; only reuters-sgml does",
      at: .init(file: file))
  }

  /// Refuses names of fields for a format that has none.
  func refuseFields(format: String, file: String) throws(DatelineError) {
    if let textFields {
      throw DatelineError(
        .usage, "--text-fields \(textFields.joined(separator: ",")): \(format) has no named fields",
        at: .init(file: file))
    }
    if let targetField {
      throw DatelineError(
        .usage, "the target field \"\(targetField)\": \(format) has no named fields", at: .init(file: file))
    }
    if let weightField {
      throw DatelineError(
        .usage, "the weight field \"\(weightField)\": \(format) carries no weights", at: .init(file: file))
    }
  }
}
