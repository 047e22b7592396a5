public import DatelineCore

/// Plain text: a whole file is one document, called by the file's name.
///
/// Memory: the whole file. The format has no labels; a folder per label gives them.
public struct TextReader: CorpusReader {
  /// `text`
  public let identifier = "text"

  /// The reader.
  public init() {}

  /// Begins a file.
  ///
  /// - Throws: ``DatelineError/Code/usage`` when labels are required, or for what else the format does not have.
  public func open(file: String, head: [UInt8], options: ReaderOptions) throws(DatelineError) -> any RecordParser {
    try options.refuseSplit(format: "plain text", file: file)
    try options.refuseFields(format: "plain text", file: file)
    if options.requiresLabel, options.labelField != nil {
      throw DatelineError(
        .usage,
        "the file was read as plain text, which carries no labels: give JSON Lines, CSV, TSV, fastText or a folder per label, or name the format with --input-format",
        at: .init(file: file))
    }
    return WholeFileParser(label: nil, options: options)
  }
}

/// Makes one document of a file.
struct WholeFileParser: RecordParser {
  /// The label that the file's folder stands for; `nil` when labels are not wanted.
  let label: String?
  let options: ReaderOptions

  func endOfLastRecord(in bytes: [UInt8], atEnd: Bool) -> Int { atEnd ? bytes.count : 0 }

  func parse(_ chunk: CorpusChunk, into batch: inout DocumentBatch) throws(DatelineError) {
    if chunk.bytes.isEmpty { return }
    var record = DocumentBatch.Record(file: batch.add(file: chunk.file))
    record.body = batch.append(chunk.bytes)
    record.id = batch.appendIdentifier(chunk, line: nil)
    guard let label else { return batch.append(record, labels: nil) }
    do throws(RecordFault) {
      try LabelRules.check(Array(label.utf8).span, field: nil)
    } catch {
      return try batch.reject(DatelineError(.invalidData, error.message, at: .init(file: chunk.file)), options)
    }
    batch.append(record, labels: [batch.append(label.utf8)])
  }
}
