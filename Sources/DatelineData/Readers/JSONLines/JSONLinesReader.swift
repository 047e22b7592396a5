public import DatelineCore

/// JSON Lines: one object a line.
///
/// Labels are a string, a number, `true` or `false`, or an array of them; white space around a label is not part of it.
/// The identifier is the field `id`, the date `date`, the publisher the first of `source`, `publisher` and `url`.
/// Names of fields are matched as they are; of a repeated name the first counts. Other fields are skipped, and only
/// their syntax is checked. Blank lines are passed over.
public struct JSONLinesReader: CorpusReader {
  /// `jsonl`
  public let identifier = "jsonl"

  /// The reader.
  public init() {}

  /// Begins a file.
  ///
  /// - Throws: ``DatelineError`` when the file is one JSON array, or a split is asked for.
  public func open(file: String, head: [UInt8], options: ReaderOptions) throws(DatelineError) -> any RecordParser {
    try options.refuseSplit(format: "JSON Lines", file: file)
    let bytes = head.span
    let start = bytes.skippingWhitespace(in: bytes.indices)
    if start < bytes.count, bytes[start] == UInt8(ascii: "[") {
      throw DatelineError(
        .invalidData,
        "the file is a JSON array; expected JSON Lines, one object a line: jq -c '.[]' turns one into the other",
        at: .init(file: file, line: 1))
    }
    return JSONLinesParser(RecordBuilder(plan: FieldPlan(options), options: options, splitsLabels: false))
  }
}
