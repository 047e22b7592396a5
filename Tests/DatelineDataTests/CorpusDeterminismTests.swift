import DatelineCore
import DatelineData
import Testing

/// Neither the size of the pieces nor the number of threads may change a document.
@Suite struct CorpusDeterminismTests {
  static let reader = ReaderOptions(
    labelField: "topic", requiresLabel: false, allowsSeveralLabels: true, onError: .skip, maximumSkipped: 1_000_000)

  /// A file of random records in a format, some of them damaged.
  static func corpus(_ format: String, _ generator: inout SeededGenerator) -> [UInt8] {
    func word() -> String {
      let words = [
        "a", "Øre", "", "x,y", "\"q\"", "two\nlines", "5\"", "tab\tbed", "\\", "日本", "\r\n", "&lt;b>", "__label__z",
      ]
      return words.randomElement(using: &generator) ?? ""
    }
    func text() -> String { (0..<Int.random(in: 0..<6, using: &generator)).map { _ in word() }.joined(separator: " ") }
    func cell(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
    func oneLine(_ text: String) -> String { text.replacing("\n", with: " ").replacing("\r", with: "") }
    var bytes: [UInt8] = []
    if format == "csv" { bytes += "topic,text,id\n".utf8 }
    if format == "tsv" { bytes += "topic\ttext\tid\n".utf8 }
    for _ in 0..<Int.random(in: 1..<40, using: &generator) {
      var record: [UInt8]
      switch format {
      case "jsonl":
        let object: JSONValue = ["topic": [.string("l")], "text": .string(text()), "extra": [1, nil, .string(word())]]
        record = Array((object.text + "\n").utf8)
      case "csv":
        record = Array("\(cell(oneLine(word()))),\(cell(text())),\(oneLine(word()).filter(\.isLetter))\r\n".utf8)
      case "tsv": record = Array("l\t\(oneLine(text()).replacing("\t", with: ""))\t\n".utf8)
      case "fasttext": record = Array("__label__x \(oneLine(text()))\n".utf8)
      case "reuters-sgml": record = Array(ReutersTests.document(1, text: text().replacing("<", with: "&lt;")).utf8)
      default: record = Array(text().utf8)
      }
      let damage = Int.random(in: 0..<12, using: &generator)
      if damage < 3, !record.isEmpty {
        let place = Int.random(in: 0..<record.count, using: &generator)
        record[place] = [0, 0xE9, UInt8.random(in: 0...255, using: &generator)][damage]
      }
      bytes += record
    }
    return bytes
  }

  @Test(arguments: ["jsonl", "csv", "tsv", "fasttext", "reuters-sgml", "text"])
  func documentsDoNotDependOnPiecesOrThreads(_ format: String) throws {
    let seed: UInt64 = 7_331
    var generator = SeededGenerator(state: seed)
    let folder = try TemporaryFolder()
    for round in 0..<12 {
      let encoding = CorpusOptions.Encoding.allCases[round % 3]
      let reader = format == "reuters-sgml" || format == "text" ? ReaderOptions(onError: .skip) : Self.reader
      let paths = try (0..<2).map { try folder.write("\(round)-\($0)", Self.corpus(format, &generator)) }
      func reading(_ size: Int, _ threads: Int) throws -> Reading {
        try read(
          paths, CorpusOptions(format: format, encoding: encoding, reader: reader, pieceSize: size), threads: threads)
      }
      let expected = try reading(1 << 20, 1)
      for size in [1, 2, 7, 64, 500] {
        let other = try reading(size, [1, 2, 5][size % 3])
        let comment = Comment("\(format), seed \(seed), round \(round), \(encoding), pieces of \(size)")
        #expect(other.rows == expected.rows, comment)
        #expect(other.summary == expected.summary, comment)
        #expect(other.digest == expected.digest, comment)
      }
      let batches = try [1, 2, 5].map { try reading(100, $0).batchCounts }
      #expect(batches[0] == batches[1] && batches[0] == batches[2], "seed \(seed), round \(round)")
    }
  }

  @Test func quotedLineEndsOverPieces() throws {
    let text = "id,text\n1,\"a\n\nb\"\"\n\"\n2,\"c\"\n3,\"d,\n\"\"\"\n"
    for size in 1...text.utf8.count {
      let rows = try read(text, as: "x.csv", pieceSize: size)
      #expect(rows.map(\.body) == ["a\n\nb\"\n", "c", "d,\n\""], "pieces of \(size)")
      #expect(rows.map(\.line) == [2, 6, 7], "pieces of \(size)")
    }
  }

  @Test func theFirstErrorIsTheFirstOfTheCorpus() throws {
    let folder = try TemporaryFolder()
    let lines = (1...200).map { $0 == 150 || $0 == 180 ? "broken" : "{\"text\":\"\($0)\"}" }.joined(separator: "\n")
    let first = try folder.write("a.jsonl", lines)
    // Opening this one fails, but only behind the damaged record.
    let second = try folder.write("b.jsonl", [0xFF, 0xFE])
    for threads in [1, 2, 7] {
      for size in [1, 100, 1 << 20] {
        let error = try #require(throws: DatelineError.self) {
          try read([first, second], CorpusOptions(pieceSize: size), threads: threads)
        }
        #expect(error.location == .init(file: first, line: 150))
      }
    }
  }

  @Test(arguments: CorpusOptions.formats.filter { $0 != "folder" } + ["auto"])
  func randomBytesDoNoHarm(_ format: String) throws {
    let seed: UInt64 = 90_210
    var generator = SeededGenerator(state: seed)
    let folder = try TemporaryFolder()
    let pieces = [
      "{\"text\":\"", "\"}", "\\u12", "\\", "\"", "\n", "\r\n", ",", "\t", "text", "topic", "<REUTERS>", "</REUTERS>",
      "<TEXT>",
      "</TEXT>", "<BODY", "<TITLE>", "</TITLE>", "&#", "&lt;", ";", "__label__", " ", "[", "]", "{", "}", ":", "null",
      "1e9",
    ].map { Array($0.utf8) }
    for _ in 0..<150 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<60, using: &generator) {
        let isByte = Int.random(in: 0..<10, using: &generator) == 0
        bytes += isByte ? [UInt8.random(in: 0...255, using: &generator)] : pieces.randomElement(using: &generator) ?? []
      }
      let path = try folder.write("fuzz", bytes)
      let size = Int.random(in: 1..<80, using: &generator)
      for policy in [ReaderOptions.ErrorPolicy.stop, .skip] {
        var reader = Self.reader
        if format == "reuters-sgml" { reader.labelField = nil }
        reader.onError = policy
        // Whatever comes is a document or an error; neither a crash nor an endless loop.
        _ = try? read([path], CorpusOptions(format: format, reader: reader, pieceSize: size))
      }
    }
  }
}
