internal import DatelineCore

/// Parses the documents of one Reuters-21578 file.
struct ReutersParser: RecordParser {
  private let options: ReaderOptions
  private let label: SGMLTag?
  private let labelName: String

  private static let document = SGMLTag("REUTERS")
  private static let title = SGMLTag("TITLE")
  private static let body = SGMLTag("BODY")
  private static let text = SGMLTag("TEXT")
  private static let dateline = SGMLTag("DATELINE")
  private static let date = SGMLTag("DATE")
  private static let item = SGMLTag("D")

  init(labelElement: String?, options: ReaderOptions) {
    label = labelElement.map { SGMLTag($0) }
    labelName = labelElement ?? ""
    self.options = options
  }

  func endOfLastRecord(in bytes: [UInt8], atEnd: Bool) -> Int {
    if atEnd { return bytes.count }
    let span = bytes.span
    let close = Self.document.close
    var limit = span.count
    while let place = span.last(UInt8(ascii: "<"), in: 0..<limit) {
      if span.hasBytes(close, at: place, before: span.count) { return place + close.count }
      limit = place
    }
    return 0
  }

  func parse(_ chunk: CorpusChunk, into batch: inout DocumentBatch) throws(DatelineError) {
    let file = batch.add(file: chunk.file)
    let bytes = chunk.bytes.span
    var line = chunk.firstLine
    var place = 0
    while true {
      let start = skipProlog(bytes, from: place)
      line += bytes.newlines(in: place..<start)
      if start == bytes.count { return }
      let close = bytes.first(Self.document.close, in: start..<bytes.count)
      let end = close.map { $0 + Self.document.close.count } ?? bytes.count
      do throws(RecordFault) {
        let record = DocumentBatch.Record(line: line, file: file)
        guard Self.document.opens(bytes, at: start) else {
          throw RecordFault("expected <REUTERS …> at the start of a document")
        }
        guard let close else { throw RecordFault("a document without </REUTERS>: the file is cut off") }
        try append(bytes, start..<close, record, chunk: chunk, to: &batch)
      } catch {
        try batch.reject(error.error(file: chunk.file, line: line), options)
      }
      line += bytes.newlines(in: start..<end)
      place = end
    }
  }

  /// The start of the next document, behind white space and the `<!DOCTYPE …>`.
  private func skipProlog(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var place = bytes.skippingWhitespace(in: start..<bytes.count)
    while bytes.hasBytes([UInt8(ascii: "<"), UInt8(ascii: "!")], at: place, before: bytes.count),
      let end = bytes.first(UInt8(ascii: ">"), in: place..<bytes.count)
    {
      place = bytes.skippingWhitespace(in: end + 1..<bytes.count)
    }
    return place
  }

  /// Appends the document of a `REUTERS` element, unless it belongs to another part of the corpus.
  private func append(
    _ bytes: Span<UInt8>, _ element: Range<Int>, _ record: DocumentBatch.Record, chunk: CorpusChunk,
    to batch: inout DocumentBatch
  ) throws(RecordFault) {
    guard let tagEnd = bytes.first(UInt8(ascii: ">"), in: element) else { throw RecordFault("<REUTERS without >") }
    let attributes = SGMLAttributes(range: element.lowerBound..<tagEnd)
    if let split = options.split {
      guard attributes.has("LEWISSPLIT", value: split.rawValue.uppercased(), bytes),
        attributes.has("TOPICS", value: "YES", bytes)
      else { return }
    }
    let content = tagEnd + 1..<element.upperBound
    guard let text = try Self.text.content(bytes, in: content) else { throw RecordFault("a document without <TEXT>") }
    let header = content.lowerBound..<text.lowerBound
    var record = record
    let labels = try labels(bytes, in: header, to: &batch)
    if let id = attributes.value("NEWID", bytes), !id.isEmpty {
      record.id = batch.appendText { $0.append(bytes, id) }
    } else {
      record.id = batch.appendIdentifier(chunk, line: record.line)
    }
    if let date = try Self.date.content(bytes, in: header) {
      record.date = batch.appendText { SGMLText.decode(bytes, bytes.trimming(date), into: &$0) }
    }
    let title = try Self.title.element(bytes, in: text)
    if let title {
      record.title = batch.appendText { SGMLText.decode(bytes, bytes.trimming(title.content), into: &$0) }
    }
    let dateline = try Self.dateline.content(bytes, in: text)
    let body = try Self.body.content(bytes, in: text)
    record.body = batch.appendText { output in
      if let body {
        if let dateline { SGMLText.decode(bytes, dateline, into: &output) }
        SGMLText.decode(bytes, body, into: &output)
      } else if let title {
        SGMLText.decode(bytes, text.lowerBound..<title.whole.lowerBound, into: &output)
        SGMLText.decode(bytes, title.whole.upperBound..<text.upperBound, into: &output)
      } else {
        SGMLText.decode(bytes, text, into: &output)
      }
    }
    batch.append(record, labels: labels)
  }

  private func labels(
    _ bytes: Span<UInt8>, in header: Range<Int>, to batch: inout DocumentBatch
  ) throws(RecordFault) -> [Range<Int>]? {
    guard let label else { return nil }
    guard let list = try label.content(bytes, in: header) else {
      if options.requiresLabel { throw LabelRules.missing("no <\(labelName)>", field: labelName) }
      return nil
    }
    var labels: [Range<Int>] = []
    var rest = list
    while let item = try Self.item.content(bytes, in: rest) {
      let name = batch.appendLabel { SGMLText.decode(bytes, item, into: &$0) }
      if name.isEmpty { throw RecordFault("an empty <D>", field: labelName) }
      try LabelRules.check(batch.bytes.span.extracting(name), field: labelName)
      labels.append(name)
      rest = item.upperBound..<list.upperBound
    }
    try LabelRules.check(count: labels.count, options: options, field: labelName)
    if labels.isEmpty, !options.allowsSeveralLabels {
      if options.requiresLabel { throw LabelRules.missing("<\(labelName)> is empty", field: labelName) }
      return nil
    }
    return labels
  }
}
