import DatelineCore
import DatelineData
import DatelineParallel
import Testing

@Suite struct CorpusTests {
  @Test func missingPathsAreNamed() throws {
    let error = try #require(throws: DatelineError.self) { try read(["/nonexistent/x.jsonl"]) }
    #expect(error.code == .missingInput)
    #expect(error.location?.file == "/nonexistent/x.jsonl")
    #expect(error.cause == "No such file or directory")
  }

  @Test(arguments: [
    ("x", "  {\"text\":\"a\"}", "jsonl"), ("x", "{}", "jsonl"), ("x", "{ not json", "text"),
    ("x", "[1] see below", "text"),
    ("x.txt", "__label__a b", "fasttext"), ("x.txt", "<!DOCTYPE lewis SYSTEM>\n", "reuters-sgml"),
    ("x", "<REUTERS", "reuters-sgml"), ("x.ndjson", "", ""), ("x.JSON", "{\"text\":\"a\"}", "jsonl"),
    ("x", "words", "text"),
    ("x.csv", "text\n", "csv"), ("x.tsv", "text\n", "tsv"),
  ])
  func findsTheFormatOut(_ name: String, _ text: String, _ format: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(name, text)
    let reader = ReaderOptions(onError: .skip)
    #expect(try read([path], CorpusOptions(reader: reader)).summary.sources.map(\.format) == [format])
  }

  @Test func unknownFormatsListTheKnownOnes() throws {
    let error = try #require(throws: DatelineError.self) { try read([], CorpusOptions(format: "xml")) }
    #expect(error.code == .usage)
    #expect(error.message.contains("auto, jsonl, csv, tsv, fasttext, folder, reuters-sgml, text"))
  }

  @Test func readsGzip() throws {
    let folder = try TemporaryFolder()
    let lines = (0..<20_000).map { "{\"id\":\($0),\"text\":\"number \($0)\"}\n" }
    let whole = try gzip(Array(lines.joined().utf8))
    let path = try folder.write("a.jsonl.gz", whole)
    let reading = try read([path])
    #expect(reading.rows.count == 20_000)
    #expect(reading.rows.last == Row(id: "19999", body: "number 19999", line: 20_000))
    #expect(reading.summary.bytes == lines.joined().utf8.count)
    // Members behind one another, cut inside of a record, and padding; the name does not give it away.
    let bytes = Array(lines.joined().utf8)
    let members = try gzip(Array(bytes[..<1005])) + gzip([]) + gzip(Array(bytes[1005...])) + [0, 0, 0]
    #expect(try read([folder.write("members", members)]).rows == reading.rows)
    // Cut off anywhere, or damaged, it is an error.
    for cut in [3, 12, whole.count / 2, whole.count - 1] {
      let error = try readError(Array(whole[..<cut]), as: "a.jsonl.gz")
      #expect(error.message.contains("cut off"), "\(cut): \(error.message)")
    }
    var damaged = whole
    damaged[whole.count - 6] ^= 1
    #expect(try readError(damaged, as: "a.jsonl.gz").message.contains("damaged"))
    #expect(try readError(whole + Array("junk".utf8), as: "a.jsonl.gz").message.contains("behind the gzip data"))
  }

  @Test func otherCompressionsAreNamed() throws {
    #expect(try readError([0x28, 0xB5, 0x2F, 0xFD, 1], as: "x.jsonl").message.contains("zstd -dc"))
    #expect(try readError(Array("BZh91AY&SY...".utf8), as: "x.jsonl").message.contains("bzip2 -dc"))
    #expect(try read("BZh is no archive", as: "x.txt").count == 1)
  }

  @Test func byteOrderMarks() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.csv", [0xEF, 0xBB, 0xBF] + Array("text\na\n".utf8))
    #expect(try read([path]).rows == [Row(id: "x.csv:2", body: "a", line: 2)])
    #expect(try read([folder.write("empty.txt", [0xEF, 0xBB, 0xBF])]).rows == [])
    #expect(try readError([0xFF, 0xFE, 0x61, 0], as: "x.csv").message.contains("iconv -f utf-16"))
    #expect(try readError([0xFE, 0xFF, 0, 0x61], as: "x").message.contains("iconv -f utf-16"))
  }

  @Test func invalidUTF8IsDamage() throws {
    let line = Array("{\"text\":\"a\"}\n{\"text\":\"caf".utf8) + [0xE9] + Array("\"}\n{\"text\":\"b\"}\n".utf8)
    let error = try readError(line, as: "x.jsonl")
    #expect(error.message.contains("0xE9") && error.message.contains("--encoding latin-1"))
    #expect(error.line == 2)
    let folder = try TemporaryFolder()
    let path = try folder.write("x.jsonl", line)
    #expect(try read([path], CorpusOptions(encoding: .latin1)).rows.map(\.body) == ["a", "café", "b"])
    let skipping = try read([path], CorpusOptions(reader: ReaderOptions(onError: .skip)))
    #expect(skipping.rows.map(\.line) == [1, 3])
    #expect(skipping.summary.skipped == 1)
    #expect(skipping.summary.firstErrors.map(\.location?.line) == [2])
  }

  @Test func latin1IsWindows1252() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.txt", Array(0x80...0xFF))
    let expected =
      "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ"
      + String(String.UnicodeScalarView((0xA0...0xFF).compactMap { Unicode.Scalar(UInt32($0)) }))
    #expect(try read([path], CorpusOptions(encoding: .latin1)).rows.map(\.body) == [expected])
    #expect(try read([path]).rows.map(\.body) == [expected])
    #expect(throws: DatelineError.self) { try read([path], CorpusOptions(encoding: .utf8)) }
    let table = try folder.write("x.csv", Array("text,caf".utf8) + [0xE9] + Array("\na,b\n".utf8))
    #expect(try readError(Array("text,caf".utf8) + [0xE9] + Array("\na,b\n".utf8), as: "x.csv").line == 1)
    let reader = ReaderOptions(textFields: ["café"])
    #expect(try read([table], CorpusOptions(encoding: .latin1, reader: reader)).rows.map(\.body) == ["b"])
  }

  @Test func nulIsDamageInEveryFormat() throws {
    let reader = ReaderOptions(labelField: "topic")
    for (name, text) in [
      ("x.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b~\"}\n"), ("x.csv", "text\na~\n"), ("x.tsv", "text\na~\n"),
      ("x.txt", "__label__a b\n__label__c ~\n"), ("x.txt", "plain\n~"), ("x.sgm", "<REUTERS>\n~</REUTERS>"),
    ] {
      let bytes = text.utf8.map { $0 == UInt8(ascii: "~") ? 0 : $0 }
      for encoding in CorpusOptions.Encoding.allCases {
        let error = try readError(bytes, as: name, CorpusOptions(encoding: encoding, reader: reader))
        #expect(error.message.contains("NUL") && error.line == 2, "\(name) \(encoding): \(error)")
      }
    }
  }

  @Test func emptyFilesHoldNoDocuments() throws {
    let folder = try TemporaryFolder()
    let empty = try folder.write("empty.jsonl", "")
    let blank = try folder.write("blank.jsonl", "\n \n\r\n")
    let full = try folder.write("full.jsonl", "{\"text\":\"a\"}")
    let reading = try read([empty, blank, full])
    #expect(reading.rows.count == 1)
    #expect(reading.batchCounts == [1])
    #expect(reading.summary.sources.map(\.documents) == [0, 0, 1])
    #expect(try read([empty]).summary.documents == 0)
  }

  @Test func duplicateIdentifiersAreCounted() throws {
    let folder = try TemporaryFolder()
    let first = try folder.write("a.jsonl", "{\"id\":\"x\",\"text\":\"a\"}\n{\"id\":\"y\",\"text\":\"a\"}\n")
    let second = try folder.write(
      "b.jsonl", "{\"id\":\"z\",\"text\":\"a\"}\n{\"id\":\"y\",\"text\":\"b\"}\n{\"id\":\"x\",\"text\":\"c\"}")
    let summary = try read([first, second]).summary
    #expect(summary.duplicateIdentifiers == 2)
    #expect(summary.firstDuplicate == "y")
    #expect(summary.documents == 5)
    let uncompared = try read([first, second], CorpusOptions(comparesIdentifiers: false)).summary
    #expect(uncompared.duplicateIdentifiers == 0 && uncompared.documents == 5)
  }

  @Test func skippingCountsAndKeepsTheFirstErrors() throws {
    let text = (1...60).map { $0.isMultiple(of: 2) ? "{\"text\":\"\($0)\"}" : "broken" }.joined(separator: "\n")
    let folder = try TemporaryFolder()
    let path = try folder.write("x.jsonl", text)
    for (threads, size) in [(1, 1 << 18), (3, 16), (2, 100)] {
      let reader = ReaderOptions(onError: .skip)
      let reading = try read([path], CorpusOptions(reader: reader, pieceSize: size), threads: threads)
      #expect(reading.rows.count == 30)
      #expect(reading.summary.skipped == 30)
      #expect(reading.summary.firstErrors.map(\.location?.line) == [1, 3, 5, 7, 9, 11, 13, 15, 17, 19])
      let few = ReaderOptions(onError: .skip, maximumSkipped: 29)
      let error = try #require(throws: DatelineError.self) {
        try read([path], CorpusOptions(reader: few, pieceSize: size), threads: threads)
      }
      #expect(error.message.contains("more than 29 damaged records"))
      #expect(error.location?.line == 1)
    }
  }

  @Test func recordsBeyondTheLimitAreRefused() throws {
    let options = CorpusOptions(pieceSize: 16, maximumRecordSize: 1000)
    let long = "{\"text\":\"a\"}\n{\"text\":\"\(String(repeating: "x", count: 2000))\"}\n"
    let error = try readError(Array(long.utf8), as: "x.jsonl", options)
    #expect(error.message.contains("over 1000 bytes") && error.line == 2)
    #expect(try read("{\"text\":\"\(String(repeating: "x", count: 900))\"}", as: "x.jsonl", pieceSize: 16).count == 1)
  }

  @Test func readersOfOnesOwn() throws {
    struct Shouting: CorpusReader, RecordParser {
      let identifier = "shouting"
      func open(file: String, head: [UInt8], options: ReaderOptions) throws(DatelineError) -> any RecordParser { self }
      func endOfLastRecord(in bytes: [UInt8], atEnd: Bool) -> Int {
        atEnd ? bytes.count : (bytes.lastIndex(of: UInt8(ascii: "!")) ?? -1) + 1
      }
      func parse(_ chunk: CorpusChunk, into batch: inout DocumentBatch) throws(DatelineError) {
        for shout in chunk.bytes.split(separator: UInt8(ascii: "!")) {
          batch.append(Document(id: chunk.name, body: String(decoding: shout, as: UTF8.self)))
        }
      }
    }
    let folder = try TemporaryFolder()
    let path = try folder.write("x", "go!stop!well")
    let options = CorpusOptions(format: "shouting", extraReaders: [Shouting()], pieceSize: 2)
    #expect(try read([path], options, threads: 2).rows.map(\.body) == ["go", "stop", "well"])
    let twice = CorpusOptions(extraReaders: [Shouting(), Shouting()])
    #expect(try #require(throws: DatelineError.self) { try read([path], twice) }.code == .usage)
  }

  @Test func errorsOfTheCallerComeThrough() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.jsonl", (0..<100).map { "{\"text\":\"\($0)\"}\n" }.joined())
    let corpus = Corpus([path], options: CorpusOptions(pieceSize: 64))
    var seen = 0
    let consume = try #require(throws: DatelineError.self) {
      try corpus.forEachBatch(workers: WorkerPool(threads: 2)) { (batch) throws(DatelineError) in
        seen += batch.count
        if seen > 50 { throw DatelineError(.cancelled, "enough") }
      }
    }
    #expect(consume.code == .cancelled && seen < 60)
    // The first failure in the order of the corpus, on whatever thread it happened.
    let failures = try [1, 2, 5].map { threads in
      try #require(throws: DatelineError.self) {
        try corpus.mapBatches(
          workers: WorkerPool(threads: threads),
          transform: { (batch) throws(DatelineError) -> Int in
            let last = batch.document(at: batch.count - 1).id
            if batch.records.contains(where: { $0.line >= 30 }) { throw DatelineError(.cancelled, last) }
            return batch.count
          }, consume: { _ in })
      }
    }
    #expect(failures.allSatisfy { $0 == failures[0] })
    #expect(failures[0].message.hasPrefix("x.jsonl:3"))
  }

  @Test func aLineOfAHundredMegabytes() throws {
    let folder = try TemporaryFolder()
    let text = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000_000)
    let path = try folder.write("x.jsonl", Array("{\"text\":\"".utf8) + text + Array("\"}\n{\"text\":\"y\"}".utf8))
    var sizes: [Int] = []
    let clock = ContinuousClock()
    let time = try clock.measure {
      try Corpus([path]).forEachBatch(workers: WorkerPool(threads: 1)) { batch in
        sizes += batch.records.map(\.body.count)
      }
    }
    #expect(sizes == [100_000_000, 1])
    #expect(time < .seconds(10), "\(time)")
  }
}
