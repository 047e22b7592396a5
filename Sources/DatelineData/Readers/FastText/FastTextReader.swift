public import DatelineCore

/// The format of fastText: one document a line, with its labels among the words as `__label__NAME`.
///
/// A word with that prefix is a label wherever it stands, as in fastText. Blank lines are passed over. The line number
/// is the identifier, behind the file's name.
public struct FastTextReader: CorpusReader {
  /// `fasttext`
  public let identifier = "fasttext"

  /// The reader.
  public init() {}

  /// Begins a file.
  ///
  /// - Throws: ``DatelineError/Code/usage`` for text or weight fields and splits, which the format does not have.
  public func open(file: String, head: [UInt8], options: ReaderOptions) throws(DatelineError) -> any RecordParser {
    try options.refuseSplit(format: "fastText", file: file)
    try options.refuseFields(format: "fastText", file: file)
    return FastTextParser(options: options)
  }
}

/// Parses the lines of one file.
struct FastTextParser: RecordParser {
  let options: ReaderOptions

  static let prefix = Array("__label__".utf8)

  func endOfLastRecord(in bytes: [UInt8], atEnd: Bool) -> Int { Lines.endOfLast(in: bytes, atEnd: atEnd) }

  func parse(_ chunk: CorpusChunk, into batch: inout DocumentBatch) throws(DatelineError) {
    let file = batch.add(file: chunk.file)
    var lines = Lines(firstLine: chunk.firstLine)
    let bytes = chunk.bytes.span
    while let line = lines.next(bytes) {
      let line = bytes.trimming(line)
      if line.isEmpty { continue }
      do throws(RecordFault) {
        var record = DocumentBatch.Record(line: lines.number, file: file)
        let labels = try append(bytes, line, &record, to: &batch)
        record.id = batch.appendIdentifier(chunk, line: lines.number)
        batch.append(record, labels: labels)
      } catch {
        try batch.reject(error.error(file: chunk.file, line: lines.number), options)
      }
    }
  }

  /// Appends the words of a line and returns its labels.
  private func append(
    _ bytes: Span<UInt8>, _ line: Range<Int>, _ record: inout DocumentBatch.Record, to batch: inout DocumentBatch
  ) throws(RecordFault) -> [Range<Int>]? {
    var labels: [Range<Int>] = []
    // The words between labels stay as they are, so each stretch is copied as a whole.
    var words: [Range<Int>] = []
    var rest = line.lowerBound
    while let label = nextLabel(bytes, from: rest, end: line.upperBound) {
      let before = bytes.trimming(rest..<label.lowerBound)
      if !before.isEmpty { words.append(before) }
      let name = label.lowerBound + Self.prefix.count..<label.upperBound
      if name.isEmpty { throw RecordFault("\"__label__\" without a name", field: "__label__") }
      labels.append(name)
      rest = label.upperBound
    }
    let after = bytes.trimming(rest..<line.upperBound)
    if !after.isEmpty { words.append(after) }

    if options.labelField == nil { labels = [] }
    try LabelRules.check(count: labels.count, options: options, field: "__label__")
    for label in labels { try LabelRules.check(bytes.extracting(label), field: "__label__") }
    if labels.isEmpty, options.requiresLabel, options.labelField != nil {
      throw LabelRules.missing("no word begins with __label__", field: "__label__")
    }
    record.body = batch.appendText { text in
      for (number, stretch) in words.enumerated() {
        if number > 0 { text.append(UInt8(ascii: " ")) }
        text.append(bytes, stretch)
      }
    }
    if labels.isEmpty { return nil }
    return labels.map { label in batch.appendText { $0.append(bytes, label) } }
  }

  /// The next word with the prefix.
  private func nextLabel(_ bytes: Span<UInt8>, from start: Int, end: Int) -> Range<Int>? {
    var next = start
    while let place = bytes.first(Self.prefix, in: next..<end) {
      if place == start || bytes[place - 1].isWhitespace {
        var stop = place
        while stop < end, !bytes[stop].isWhitespace { stop += 1 }
        return place..<stop
      }
      next = place + 1
    }
    return nil
  }
}
