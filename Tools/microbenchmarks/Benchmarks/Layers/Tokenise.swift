import Benchmark
import DatelineCore
import DatelineText

/// Cutting text into words, with their fingerprints.
func addTokenising() {
  for (name, script) in [
    ("ASCII", GeneratedText.Script.ascii), ("accented", .accented), ("Chinese", .chinese),
  ] {
    Benchmark("tokenise \(name) text, one 1,300-byte document", configuration: .thousand(and: .megabytesPerSecond)) {
      (benchmark: Benchmark, batch: DocumentBatch) in
      let tokenizer = WordTokenizer()
      var buffer = TokenBuffer()
      benchmark.measure(Double(batch.bytes.count) / 1e6, as: .megabytesPerSecond) {
        for record in batch.records {
          buffer.removeAll()
          tokenizer.tokenize(batch.bytes.span.extracting(record.body), into: &buffer)
          blackHole(buffer.tokens.count)
        }
      }
    } setup: {
      var generator = GeneratedText(script)
      return DocumentBatch(bodies: generator.texts(1000))
    }
  }
}
