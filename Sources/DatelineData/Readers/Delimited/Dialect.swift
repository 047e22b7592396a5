/// How a table is written: what separates fields, and what quotation marks mean.
///
/// In CSV (RFC 4180) a field that begins with a quotation mark ends at the next single one; inside, a doubled mark
/// stands for one, and separators and line ends are text. A mark elsewhere is an ordinary character.
///
/// In TSV every line end ends a record, as there is no agreement on quoting. But spreadsheets and data frames quote
/// there as in CSV, so a field that is well quoted within its line is read as such a field; any other quotation mark,
/// such as one that is never closed, is an ordinary character.
enum Dialect: Sendable {
  case csv, tsv

  /// What separates fields.
  var separator: UInt8 { self == .csv ? UInt8(ascii: ",") : UInt8(ascii: "\t") }

  /// The name on the command line.
  var identifier: String { self == .csv ? "csv" : "tsv" }

  /// Where the record that begins at `start` ends, behind its line end; `nil` when the bytes end before it does.
  func endOfRecord(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    guard let newline = bytes.first(.newline, in: start..<bytes.count) else { return nil }
    if self == .tsv { return newline + 1 }
    var field = start
    var lineEnd = newline
    // Only a mark at the start of a field matters, and most lines have no mark at all.
    while let quote = bytes.first(.quote, in: field..<lineEnd) {
      if quote > start, bytes[quote - 1] != separator {
        field = quote + 1
        continue
      }
      guard let close = closingQuote(bytes, from: quote + 1) else { return nil }
      field = close + 1
      if field > lineEnd {
        guard let next = bytes.first(.newline, in: field..<bytes.count) else { return nil }
        lineEnd = next
      }
    }
    return lineEnd + 1
  }

  /// The mark that ends a quoted field whose text begins at `start`.
  private func closingQuote(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var next = start
    while let quote = bytes.first(.quote, in: next..<bytes.count) {
      guard quote + 1 < bytes.count, bytes[quote + 1] == .quote else { return quote }
      next = quote + 2
    }
    return nil
  }

  /// The fields of a record.
  ///
  /// - Parameters:
  ///   - record: The record without its line end.
  ///   - fields: Receives the fields; what it held is replaced.
  func split(_ bytes: Span<UInt8>, _ record: Range<Int>, into fields: inout [FieldValue]) throws(RecordFault) {
    fields.removeAll(keepingCapacity: true)
    var place = record.lowerBound
    while true {
      let (field, end) = try field(bytes, from: place, end: record.upperBound)
      fields.append(field)
      if end >= record.upperBound { return }
      place = end + 1
    }
  }

  /// The field that begins at a place, and the place of the separator behind it or the end of the record.
  private func field(
    _ bytes: Span<UInt8>, from start: Int, end: Int
  ) throws(RecordFault) -> (FieldValue, end: Int) {
    if start < end, bytes[start] == .quote, let field = try quotedField(bytes, from: start, end: end) { return field }
    let stop = bytes.first(separator, in: start..<end) ?? end
    return (FieldValue(range: start..<stop, form: .plain), stop)
  }

  private func quotedField(
    _ bytes: Span<UInt8>, from start: Int, end: Int
  ) throws(RecordFault) -> (FieldValue, end: Int)? {
    var next = start + 1
    var form = FieldValue.Form.plain
    while let quote = bytes.first(.quote, in: next..<end) {
      if quote + 1 == end || bytes[quote + 1] == separator {
        return (FieldValue(range: start + 1..<quote, form: form), quote + 1)
      }
      guard bytes[quote + 1] == .quote else {
        if self == .tsv { return nil }
        throw RecordFault("text behind a closing quotation mark: marks inside a quoted field are doubled, as in \"\"")
      }
      form = .doubledQuotes
      next = quote + 2
    }
    if self == .tsv { return nil }
    throw RecordFault("a quoted field is never closed; it begins in the record that begins here")
  }
}
