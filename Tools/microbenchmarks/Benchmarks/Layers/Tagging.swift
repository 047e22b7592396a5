import Benchmark
import Dateline
import DatelineCore
import DatelineParallel

/// What a user waits for: opening a model and tagging documents. The model has two labels and pairs of words.
func addTagging() {
  // The next two copy the document's text and make what a document needs anew, as callers with single documents do.
  Benchmark("tag: Model.tag, the same 1,300-byte document again and again", configuration: .thousand()) {
    (benchmark: Benchmark, state: (model: Model, documents: [Document])) in
    for _ in benchmark.scaledIterations { blackHole(state.model.tag(state.documents[0])) }
  } setup: {
    (try trainedModel(), reviews())
  }

  Benchmark("tag: Model.tag, 1,000 different 1,300-byte documents", configuration: .thousand()) {
    (benchmark: Benchmark, state: (model: Model, documents: [Document])) in
    for number in benchmark.scaledIterations { blackHole(state.model.tag(state.documents[number])) }
  } setup: {
    (try trainedModel(), reviews())
  }

  Benchmark("tag: Tagger.tag, the same 1,300-byte document again and again", configuration: .thousand()) {
    (benchmark: Benchmark, state: (tagger: Tagger, documents: [Document])) in
    for _ in benchmark.scaledIterations { blackHole(state.tagger.tag(state.documents[0])) }
  } setup: {
    (try Tagger([try trainedModel()]), reviews())
  }

  for size in [1, 256] {
    Benchmark(
      "tag: Tagger.forEachTagging, one of 1,000 1,300-byte documents, batches of \(size)",
      configuration: .thousand()
    ) { (benchmark: Benchmark, state: (tagger: Tagger, batches: [DocumentBatch])) in
      for batch in state.batches { state.tagger.forEachTagging(batch) { blackHole($1[0].tags.count) } }
    } setup: {
      var batches: [DocumentBatch] = []
      for (number, document) in reviews().enumerated() {
        if number % size == 0 { batches.append(DocumentBatch()) }
        batches[batches.count - 1].append(document)
      }
      return (try Tagger([try trainedModel()]), batches)
    }
  }

  Benchmark("open a model file of 8 MB", configuration: .init(timeUnits: .microseconds)) {
    (benchmark: Benchmark, file: ScratchFile) throws in
    blackHole(try Model(contentsOf: file.path))
  } setup: {
    let file = try ScratchFile()
    try trainedModel(documents: 42_000).write(to: file.path)
    return file
  }
}

/// Documents that the model has not seen.
private func reviews() -> [Document] {
  var generator = GeneratedText(seed: 2)
  return (0..<1000).map { Document(body: String(decoding: generator.text(topic: $0 % 2), as: UTF8.self)) }
}

private func trainedModel(documents count: Int = 20_000) throws -> Model {
  var generator = GeneratedText()
  var documents = LabelledDocuments()
  for number in 0..<count {
    let body = String(decoding: generator.text(topic: number % 2), as: UTF8.self)
    documents.append(Document(body: body), labels: [number % 2 == 0 ? "negative" : "positive"])
  }
  let trainer = try Trainer(facet: "sentiment", settings: ["C": "10"])
  return try trainer.train(documents).model
}
