internal import DatelineCore

/// Parses the rows of one table.
struct DelimitedParser: RecordParser {
  let dialect: Dialect
  let builder: RecordBuilder
  /// The column of each field of the plan.
  let places: [Int?]
  let columnCount: Int
  let hasHeader: Bool

  func endOfLastRecord(in bytes: [UInt8], atEnd: Bool) -> Int {
    let span = bytes.span
    // Without quotation marks, and in TSV, every line end ends a record.
    if atEnd || dialect == .tsv || span.first(.quote, in: span.indices) == nil {
      return Lines.endOfLast(in: bytes, atEnd: atEnd)
    }
    var end = 0
    while let next = dialect.endOfRecord(span, from: end) { end = next }
    return end
  }

  func parse(_ chunk: CorpusChunk, into batch: inout DocumentBatch) throws(DatelineError) {
    let file = batch.add(file: chunk.file)
    var values = [FieldValue](repeating: .absent, count: places.count)
    var cells: [FieldValue] = []
    var line = chunk.firstLine
    var start = 0
    var skipsHeader = hasHeader && chunk.isFirst
    let bytes = chunk.bytes.span
    let piece = batch.append(piece: chunk.bytes)
    while start < bytes.count {
      var end = dialect.endOfRecord(bytes, from: start) ?? bytes.count
      let row = Self.withoutLineEnd(bytes, start..<end)
      defer {
        line += bytes.newlines(in: start..<end)
        start = end
      }
      if row.isEmpty { continue }
      if skipsHeader {
        skipsHeader = false
        if builder.options.keepsRecords { batch.headers.append(Array(chunk.bytes[row])) }
        continue
      }
      var hasColumns = false
      do throws(RecordFault) {
        try dialect.split(bytes, row, into: &cells)
        guard cells.count == columnCount else {
          throw RecordFault(
            "\(cells.count) columns where the first row has \(columnCount): fields with a separator or a line end in them have to be quoted\(dialect == .tsv ? ", which TSV cannot do for line ends" : "")"
          )
        }
        hasColumns = true
        for field in values.indices { values[field] = places[field].map { cells[$0] } ?? .absent }
        var record = DocumentBatch.Record(line: line, file: file)
        if builder.options.keepsRecords {
          record.raw = piece + row.lowerBound..<piece + row.upperBound
          record.rawFormat = dialect == .csv ? .csv : .tsv
        }
        try builder.append(values, of: bytes, at: piece, chunk: chunk, record: record, to: &batch)
      } catch {
        // A stray quotation mark takes the rows behind it for its text, so no more than its own line is given up.
        if !hasColumns, let newline = bytes.first(.newline, in: start..<end) { end = newline + 1 }
        try batch.reject(error.error(file: chunk.file, line: line), builder.options)
      }
    }
  }

  /// A record without `\n` or `\r\n` at its end.
  static func withoutLineEnd(_ bytes: Span<UInt8>, _ record: Range<Int>) -> Range<Int> {
    var end = record.upperBound
    if end > record.lowerBound, bytes[end - 1] == .newline { end -= 1 }
    if end > record.lowerBound, bytes[end - 1] == .carriageReturn { end -= 1 }
    return record.lowerBound..<end
  }
}
