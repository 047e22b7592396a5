import Benchmark
import DatelineCore
import DatelineData
import DatelineParallel
import DatelineText

/// Reading: from bytes of JSON Lines to documents, and on to the fingerprints of their words.
func addScanning() {
  // The parser alone, as one thread calls it for a piece of a file.
  Benchmark("scan JSON Lines, one 1,300-byte document (parser)", configuration: .thousand(and: .megabytesPerSecond)) {
    (benchmark: Benchmark, bytes: [UInt8]) throws in
    let chunk = CorpusChunk(file: "generated.jsonl", firstLine: 1, bytes: bytes, isFirst: true)
    let parser = try JSONLinesReader().open(file: chunk.file, head: bytes, options: ReaderOptions())
    try benchmark.measure(Double(bytes.count) / 1e6, as: .megabytesPerSecond) {
      var batch = DocumentBatch(capacity: bytes.count)
      try parser.parse(chunk, into: &batch)
      blackHole(batch.count)
    }
  } setup: {
    jsonLines(count: 1000)
  }

  // Everything between a file and its documents: opening, cutting, checking UTF-8, parsing, identifiers.
  Benchmark("scan JSON Lines file of 13 MB (Corpus, one thread)", configuration: .long(and: .megabytesPerSecond)) {
    (benchmark: Benchmark, file: (corpus: ScratchFile, size: Int)) throws in
    try benchmark.measure(Double(file.size) / 1e6, as: .megabytesPerSecond) {
      try Corpus([file.corpus.path], options: CorpusOptions(format: "jsonl")).forEachBatch(
        workers: WorkerPool(threads: 1)
      ) {
        blackHole($0.count)
      }
    }
  } setup: {
    try jsonLinesFile()
  }

  Benchmark(
    "scan + tokenise + hash words, JSON Lines file of 13 MB (Corpus, one thread)",
    configuration: .long(and: .megabytesPerSecond)
  ) { (benchmark: Benchmark, file: (corpus: ScratchFile, size: Int)) throws in
    let tokenizer = WordTokenizer()
    try benchmark.measure(Double(file.size) / 1e6, as: .megabytesPerSecond) {
      try Corpus([file.corpus.path], options: CorpusOptions(format: "jsonl")).mapBatches(
        workers: WorkerPool(threads: 1),
        transform: { batch in
          var buffer = TokenBuffer()
          return batch.records.reduce(0) { count, record in
            buffer.removeAll()
            tokenizer.tokenize(batch.bytes.span.extracting(record.body), into: &buffer)
            return count + buffer.tokens.count
          }
        }, consume: { blackHole($0) })
    }
  } setup: {
    try jsonLinesFile()
  }
}

private func jsonLinesFile() throws -> (corpus: ScratchFile, size: Int) {
  let bytes = jsonLines(count: 10_000)
  return (try ScratchFile(bytes), bytes.count)
}

/// Documents of which each is a line of about 1,300 bytes. Nothing in them needs an escape, which would cost extra.
private func jsonLines(count: Int) -> [UInt8] {
  var generator = GeneratedText()
  var bytes: [UInt8] = []
  for number in 0..<count {
    bytes += #"{"id":"d\#(number)","label":"news","text":""#.utf8
    bytes += generator.text(byteCount: 1256)
    bytes += "\"}\n".utf8
  }
  return bytes
}
