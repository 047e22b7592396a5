import Dateline

/// A corpus reader of one's own: mail archives (mbox, RFC 4155). A message begins with a line `From …`; its subject is the
/// title, what stands behind the first empty line is the body, and the header `Keywords` holds its labels.
struct MailReader: CorpusReader {
  let identifier = "mbox"

  func open(file: String, head: [UInt8], options: ReaderOptions) throws(DatelineError) -> any RecordParser {
    guard head.isEmpty || head.starts(with: MailParser.mark) else {
      throw DatelineError(
        .invalidData, "a mail archive begins with a line \"From …\": is it another format?",
        at: .init(file: file, line: 1))
    }
    return MailParser(options: options)
  }
}

/// Cuts a file into messages, on one thread, and parses them, on many.
struct MailParser: RecordParser {
  static let mark = Array("From ".utf8)
  let options: ReaderOptions

  func endOfLastRecord(in bytes: [UInt8], atEnd: Bool) -> Int {
    // A message is whole when the next one begins.
    atEnd ? bytes.count : messages(in: bytes).last?.lowerBound ?? 0
  }

  func parse(_ chunk: CorpusChunk, into batch: inout DocumentBatch) throws(DatelineError) {
    let file = batch.add(file: chunk.file)
    var line = chunk.firstLine
    for message in messages(in: chunk.bytes) {
      let bytes = chunk.bytes[message]
      defer { line += bytes.count { $0 == UInt8(ascii: "\n") } }
      // Lines may end in CRLF.
      let text = String(decoding: bytes.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let headers = lines.prefix { !$0.isEmpty }
      func header(_ name: String) -> String? {
        headers.first { $0.lowercased().hasPrefix(name + ":") }.map { line in
          String(line.dropFirst(name.count + 1).drop { $0 == " " })
        }
      }
      var record = DocumentBatch.Record(line: line, file: file)
      record.id = batch.append((header("message-id") ?? "\(chunk.name):\(line)").utf8)
      record.title = batch.append((header("subject") ?? "").utf8)
      record.body = batch.append(lines.dropFirst(headers.count + 1).joined(separator: "\n").utf8)
      let labels = header("keywords")?.split(separator: ",").map { String($0.drop { $0 == " " }) } ?? []
      if options.requiresLabel, labels.isEmpty {
        try batch.reject(
          DatelineError(
            .invalidData, "a message without the header Keywords, which holds its labels",
            at: .init(file: chunk.file, line: line)), options)
        continue
      }
      batch.append(record, labels: labels.map { batch.append($0.utf8) })
    }
  }

  /// Where messages lie; what does not end with the bytes is among them.
  private func messages(in bytes: [UInt8]) -> [Range<Int>] {
    var starts: [Int] = []
    var place = 0
    while place < bytes.count {
      if bytes[place...].starts(with: MailParser.mark) { starts.append(place) }
      place = (bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count) + 1
    }
    return starts.indices.map { starts[$0]..<($0 + 1 < starts.count ? starts[$0 + 1] : bytes.count) }
  }
}
