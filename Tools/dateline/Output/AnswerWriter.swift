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
    /// The rows with the names of the columns of the tables that begin in the batch, as they stand.
    var headers: [[UInt8]] = []
  }

  /// Tags the documents of a batch.
  ///
  /// - Throws: `DatelineError.Code.usage` when answers cannot be added to documents of this kind.
  func write(_ batch: DocumentBatch) throws(DatelineError) -> Part {
    var part = Part(headers: batch.headers)
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
    try tagger.checkForFailures()
    return part
  }

  private func check(_ batch: DocumentBatch) throws(DatelineError) {
    let wanted: DocumentBatch.RawFormat = format == .csv ? .csv : .json
    for record in batch.records {
      guard record.rawFormat == wanted else {
        throw DatelineError(
          .usage,
          "--merge with --format \(format.rawValue) needs \(format == .csv ? "CSV" : "JSON Lines") to read: this document is of another format",
          at: batch.location(of: record))
      }
      if wanted == .json, let name = AnswerWriter.takenMember(batch.bytes[record.raw]) {
        throw DatelineError(
          .invalidData, "the record has a member \"\(name)\" already: rename it, or leave --merge out",
          at: batch.location(of: record, field: name))
      }
    }
  }

  /// The name of a member that answers would have, too.
  private static func takenMember(_ record: ArraySlice<UInt8>) -> String? {
    // Most records do not hold these letters anywhere, and need not be parsed again.
    let names = ["tags", "withheld"].filter { record.firstRange(of: Array("\"\($0)\"".utf8)) != nil }
    guard !names.isEmpty, let object = try? JSONValue(parsing: Array(record)) else { return nil }
    return names.first { object[$0] != nil }
  }
}

/// The first row of a table of answers.
struct AnswerHeader {
  private let writer: AnswerWriter
  private var written: [UInt8]?

  init(_ writer: AnswerWriter) { self.writer = writer }

  /// Writes the first row of a table that begins with nothing that was read.
  mutating func begin() throws(DatelineError) {
    if writer.format == .csv, !writer.merges { try write(first: Array("id,source,title".utf8)) }
  }

  /// Writes the first row of a table that begins with that of one that was read, once, before all answers.
  ///
  /// - Parameter found: The first rows of the tables that were read and begin here.
  /// - Throws: `DatelineError.Code.invalidData` when tables have different columns, or a column has the name of an
  ///   answer's.
  mutating func write(_ found: [[UInt8]]) throws(DatelineError) {
    guard writer.format == .csv, writer.merges else { return }
    for row in found {
      if let written, row != written {
        throw DatelineError(
          .invalidData, "tables with different columns cannot be merged into one: give them one at a time")
      }
      if written == nil { try write(first: row) }
    }
  }

  private mutating func write(first row: [UInt8]) throws(DatelineError) {
    let columns = writer.tagger.csvColumns
    let names = String(decoding: row, as: UTF8.self).split(separator: ",").map { $0.filter { $0 != "\"" } }
    if let taken = columns.first(where: names.contains) {
      throw DatelineError(
        .invalidData, "the table has a column \"\(taken)\" already: rename it, or leave --merge out")
    }
    written = row
    try Console.write(row + ",\(columns.joined(separator: ","))\n".utf8)
  }
}
