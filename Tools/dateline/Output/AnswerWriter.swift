import Dateline
import DatelineCore

/// Writes what models say of documents, in the format that was asked for.
struct AnswerWriter {
  let tagger: Tagger
  let format: AnswerFormat
  /// Whether answers are added to the records that were read.
  let merges: Bool

  /// The answers for a batch.
  struct Part {
    var bytes: [UInt8] = []
    /// The names of the columns of the table that begins in the batch, as they stand.
    var header: [UInt8]?
  }

  /// Tags the documents of a batch.
  ///
  /// - Throws: `DatelineError.Code.usage` when answers cannot be added to documents of this kind.
  func write(_ batch: DocumentBatch) throws(DatelineError) -> Part {
    var part = Part(header: batch.header)
    if merges { try check(batch) }
    switch format {
    case .json, .jsonl:
      if merges {
        tagger.writeMergedJSON(of: batch, into: &part.bytes)
      } else {
        tagger.writeJSON(of: batch, into: &part.bytes)
      }
    case .csv: tagger.writeCSV(of: batch, merges: merges, into: &part.bytes)
    case .text:
      let text = TaggingText(tagger: tagger)
      for (number, answers) in tagger.tag(batch).enumerated() {
        text.write(answers, of: batch.document(at: number), into: &part.bytes)
      }
    }
    return part
  }

  private func check(_ batch: DocumentBatch) throws(DatelineError) {
    guard let record = batch.records.first else { return }
    let isObject = batch.bytes[record.raw].first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "{")
    guard !record.raw.isEmpty, isObject == (format != .csv) else {
      throw DatelineError(
        .usage,
        "--merge with --format \(format.rawValue) needs \(format == .csv ? "CSV" : "JSON Lines") to read: these documents are of another format",
        at: batch.location(of: record))
    }
  }
}

/// The first row of a table of answers.
struct AnswerHeader {
  private let writer: AnswerWriter
  private var written: [UInt8]?

  init(_ writer: AnswerWriter) { self.writer = writer }

  /// Writes the first row once, before all answers.
  ///
  /// - Parameter found: The names of the columns of a table that was read, where one begins here.
  /// - Throws: `DatelineError.Code.invalidData` when a later table has other columns.
  mutating func write(_ found: [UInt8]?) throws(DatelineError) {
    guard writer.format == .csv else { return }
    let own = writer.merges ? found ?? [] : Array("id,source,title".utf8)
    if let written {
      guard found == nil || !writer.merges || found == written else {
        throw DatelineError(
          .invalidData, "tables with different columns cannot be merged into one: give them one at a time")
      }
      return
    }
    written = own
    let columns = writer.tagger.csvColumns.joined(separator: ",")
    try Console.write(own + (own.isEmpty ? "" : ",").utf8 + "\(columns)\n".utf8)
  }
}
