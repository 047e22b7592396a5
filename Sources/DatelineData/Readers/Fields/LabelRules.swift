internal import DatelineCore

/// What a label may look like, checked where file and line are still known. `Label.init` has the same rules.
enum LabelRules {
  /// Refuses labels that no domain can hold.
  static func check(_ label: Span<UInt8>, field: String?) throws(RecordFault) {
    guard label.count <= 1000 else {
      throw RecordFault("a label of \(label.count) bytes: the limit is 1,000; is this the right field?", field: field)
    }
    var previous = UInt8(ascii: "/")
    var hasEmptyStep = false
    for place in label.indices {
      if label[place] == UInt8(ascii: "/"), previous == UInt8(ascii: "/") { hasEmptyStep = true }
      previous = label[place]
    }
    if hasEmptyStep || previous == UInt8(ascii: "/") {
      throw RecordFault(
        "the label \"\(label.string(label.indices))\" has an empty step: write paths as \"Europe/Ukraine\"",
        field: field)
    }
  }

  /// Refuses more labels than a document may have.
  static func check(count: Int, options: ReaderOptions, field: String?) throws(RecordFault) {
    if count > 1, !options.allowsSeveralLabels {
      throw RecordFault(
        "\(count) labels where one is expected: say --multi-label if documents may have several", field: field)
    }
  }

  /// The error for a record without a label.
  static func missing(_ found: String, field: String?) -> RecordFault {
    RecordFault("no label (\(found)): give the record one, or skip such records with --on-error skip", field: field)
  }
}
