@testable import Dateline
import DatelineArtifacts
import Testing

@Suite("Models below a size")
struct ReductionTests {
  private func trainer(
    _ size: Int?, _ kind: Domain.Kind = .exclusive, threads: Int = 1, settings: [String: String] = [:]
  ) throws -> Trainer {
    var trainer = try Trainer.quick("topic", "logistic-regression", kind, threads: threads)
    trainer.settings.merge(["ngrams": "1-2"]) { $1 }
    trainer.settings.merge(settings) { $1 }
    trainer.maximumModelSize = size
    return trainer
  }

  private func samples(_ kind: Domain.Kind) -> LabelledDocuments {
    LabelledDocuments(kind == .exclusive ? Samples.exclusive(300) : Samples.multiLabel(300))
  }

  private func bytes(_ model: Model) throws -> [UInt8] {
    try ArtifactWriter.data(manifest: model.manifest.json, payloads: try model.payloads())
  }

  @Test(arguments: [Domain.Kind.exclusive, .multiLabel])
  func smallerFilesWithTheTellingFeatures(kind: Domain.Kind) throws {
    let (full, fullSummary) = try trainer(nil, kind).train(samples(kind))
    #expect(fullSummary.reduction == nil)
    let size = try full.fileSize()
    #expect(try bytes(full).count == size)
    let limit = size * 6 / 10
    let (small, summary) = try trainer(limit, kind).train(samples(kind))
    let reduction = try #require(summary.reduction)
    let reached = try small.fileSize()
    #expect(reached <= limit && reduction.size == reached && reduction.fullSize == size)
    #expect(reduction.fullFeatureCount == full.vectorizer.featureCount)
    #expect(summary.featureCount == small.vectorizer.featureCount)
    #expect(summary.featureCount < reduction.fullFeatureCount && reached > limit * 8 / 10)
    // The words that tell a label stay: of all others, chance would leave few.
    #expect(small.tag(Document(body: "judge verdict jury bail appeal")).tags.first?.label.path == "law")
    let estimate = try #require(summary.outOfFold)
    #expect(try #require(reduction.full).accuracy - estimate.accuracy < 0.05)
    #expect(reduction.full?.accuracy == fullSummary.outOfFold?.accuracy)
    // It is the same file again, whatever the number of threads, and it can be read.
    let again = try trainer(limit, kind, threads: 3).train(samples(kind)).model
    #expect(try bytes(again) == bytes(small))
    let read = try Model(ArtifactFile(bytes: bytes(small)))
    let text = Document(body: "coach league striker near the river")
    #expect(read.tag(text) == small.tag(text))
  }

  /// What is written last, such as the numbers of the calibration, counts too.
  @Test func aLimitHoldsToTheByte() throws {
    let size = try trainer(nil, .multiLabel).train(samples(.multiLabel)).model.fileSize()
    for step in 0..<8 {
      let limit = size * 6 / 10 - 16 * step
      let (model, summary) = try trainer(limit, .multiLabel).train(samples(.multiLabel))
      #expect(try model.fileSize() <= limit && summary.reduction?.size == model.fileSize(), "\(limit) bytes")
    }
  }

  /// Weights of 8 bits are enough: no feature is left out.
  @Test func fewerBitsComeFirst() throws {
    let size = try trainer(nil).train(samples(.exclusive)).model.fileSize()
    let (model, summary) = try trainer(size - 1).train(samples(.exclusive))
    #expect(summary.reduction?.fullFeatureCount == summary.featureCount)
    #expect(model.manifest.parameters["weight-bits"]?.string == "8")
    #expect(try trainer(size).train(samples(.exclusive)).summary.reduction == nil)
  }

  /// A fold's features must not be chosen with the documents that it is judged by: of words that mean nothing, the
  /// choice would find those that fit them by chance.
  @Test func theEstimateHasNotSeenItsDocuments() throws {
    var random = SeededGenerator(state: 5)
    var documents = LabelledDocuments()
    for number in 0..<200 {
      let words = (0..<12).map { _ in "w\(Int.random(in: 0..<900, using: &random))" }
      documents.append(Document(body: words.joined(separator: " ")), labels: [number % 2 == 0 ? "a" : "b"])
    }
    let size = try trainer(nil, settings: ["ngrams": "1"]).train(documents).model.fileSize()
    let summary = try trainer(size * 7 / 10, settings: ["ngrams": "1"]).train(documents).summary
    #expect(summary.featureCount < 450 && summary.reduction != nil)
    let accuracy = try #require(summary.outOfFold).accuracy
    #expect((0.35...0.62).contains(accuracy), "seed 5: accuracy \(accuracy) of labels that nothing tells")
  }

  @Test func whatCannotBe() throws {
    let tiny = failure { () throws(DatelineError) in
      var trainer = try Trainer.quick()
      trainer.maximumModelSize = 1000
      return try trainer.train(LabelledDocuments(Samples.exclusive(60)))
    }
    #expect(tiny.code == .usage && tiny.message.contains("1000 bytes"))
    let hashed = failure { () throws(DatelineError) in
      var trainer = try Trainer.quick()
      trainer.settings.merge(["vocabulary": "hashed", "hash-bits": "16"]) { $1 }
      trainer.maximumModelSize = 20_000
      return try trainer.train(LabelledDocuments(Samples.exclusive(60)))
    }
    #expect(hashed.code == .usage && hashed.message.contains("hash-bits"))
  }

  @Test func whatIsLeftOutCannotBeLearntOn() throws {
    var trainer = try Trainer.quick("topic", "naive-bayes")
    let size = try trainer.train(LabelledDocuments(Samples.exclusive(90))).model.fileSize()
    trainer.maximumModelSize = size * 8 / 10
    let model = try trainer.train(LabelledDocuments(Samples.exclusive(90))).model
    trainer.maximumModelSize = nil
    let error = failure { () throws(DatelineError) in
      try trainer.continueTraining(model, with: LabelledDocuments(Samples.exclusive(30)))
    }
    #expect(error.code == .usage && error.message.contains("learn on"))
  }
}
