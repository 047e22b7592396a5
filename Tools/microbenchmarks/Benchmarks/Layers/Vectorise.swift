import Benchmark
import DatelineCore
import DatelineParallel
import DatelineText
import DatelineVectors

/// From documents to sparse rows, with the default parameters: words and pairs of words.
func addVectorising() {
  Benchmark(
    "vectorise: count and fit 5,000 1,300-byte documents, one thread", configuration: .long(and: .megabytesPerSecond)
  ) {
    (benchmark: Benchmark, batches: [DocumentBatch]) throws in
    let trainer = TextVectorizerTrainer(parameters: try .standard())
    let bytes = batches.reduce(0) { $0 + $1.bytes.count }
    try benchmark.measure(Double(bytes) / 1e6, as: .megabytesPerSecond) {
      let fitted = try trainer.fit(batches.map(trainer.count), workers: WorkerPool(threads: 1))
      blackHole(fitted.features.storedCount)
    }
  } setup: {
    trainingBatches()
  }

  Benchmark("vectorise: one 1,300-byte document", configuration: .thousand(and: .megabytesPerSecond)) {
    (benchmark: Benchmark, state: (vectorizer: any Vectorizer, batch: DocumentBatch)) in
    var scratch = VectorizerScratch()
    var row = SparseVector()
    let bytes = state.batch.bytes.span
    benchmark.measure(Double(bytes.count) / 1e6, as: .megabytesPerSecond) {
      for record in state.batch.records {
        state.vectorizer.vectorize(
          title: bytes.extracting(record.title), body: bytes.extracting(record.body), scratch: &scratch, into: &row)
        blackHole(row.count)
      }
    }
  } setup: {
    let trainer = TextVectorizerTrainer(parameters: try .standard())
    let fitted = try trainer.fit(trainingBatches().map(trainer.count), workers: WorkerPool(threads: 1))
    var generator = GeneratedText(seed: 2)
    return (fitted.vectorizer, DocumentBatch(bodies: generator.texts(1000)))
  }
}

private func trainingBatches() -> [DocumentBatch] {
  var generator = GeneratedText()
  return (0..<20).map { _ in DocumentBatch(bodies: generator.texts(250)) }
}
