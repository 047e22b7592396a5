import DatelineCore
import DatelineVectors
import Testing

@testable import Dateline

/// The cheaper rules for very many documents, with few of them.
@Suite struct LargeCorpusTests {
  @Test func sharesAreAboutRightAndCopiesStayTogether() {
    let seed: UInt64 = 77
    var random = SeededGenerator(state: seed)
    var digests = (0..<20_000).map { _ in random.next() }
    digests += digests
    let held = LargeCorpus.documents(0.05, of: digests, seed: 3, for: .heldOut)
    #expect(abs(held.count - 2000) < 200, "\(held.count), seed \(seed)")
    #expect(held.filter { $0 < 20_000 } == held.filter { $0 >= 20_000 }.map { $0 - 20_000 })
    #expect(LargeCorpus.documents(0.05, of: digests, seed: 4, for: .heldOut) != held, "the seed matters")
    let sample = Set(LargeCorpus.documents(0.05, of: digests, seed: 3, for: .sample))
    #expect(abs(sample.intersection(held).count - 100) < 60, "one does not follow from the other")
    #expect(LargeCorpus.documents(0, of: digests, seed: 3, for: .sample).isEmpty)
  }

  @Test(arguments: ["logistic-regression", "naive-bayes"], [Domain.Kind.exclusive, .multiLabel])
  func trainsWithASampleAndAHeldOutPart(plugin: String, kind: Domain.Kind) throws {
    let samples = kind == .exclusive ? Samples.exclusive(400) : Samples.multiLabel(400)
    var trainer = try Trainer.quick("topic", plugin, kind, searches: true)
    if plugin == "naive-bayes" { trainer.settings["alpha"] = "auto" }
    trainer.foldCount = nil
    trainer.largeCorpus = LargeCorpus(
      documentsForSample: 300, sampleSize: 100, documentsForHeldOut: 350, heldOutShare: 0.2)
    let (model, summary) = try trainer.train(LabelledDocuments(samples))
    #expect(summary.documentCount == 400 && summary.outOfFold?.foldCount == 1)
    #expect(summary.search.count > 1)
    #expect(try #require(summary.outOfFold).accuracy > 0.8)
    #expect(model.manifest.calibrator.name != "none")
    // The model itself learns all documents.
    var fixed = trainer
    let chosen = try #require(summary.search.first { $0.isChosen }).values
    for (name, value) in chosen { fixed.settings[name] = value.description }
    fixed.calibration = .none
    fixed.largeCorpus = LargeCorpus()
    let whole = try fixed.train(LabelledDocuments(samples)).model
    #expect(try model.classifier.payloads().map(\.bytes) == whole.classifier.payloads().map(\.bytes))
    // Asking for folds gets them.
    trainer.foldCount = 2
    #expect(try trainer.train(LabelledDocuments(samples)).summary.outOfFold?.foldCount == 2)
  }

  @Test func documentsThatAreAllAlikeCannotBeHeldOut() throws {
    var documents = LabelledDocuments()
    for number in 0..<40 {
      documents.append(Document(id: "\(number)", body: "one text"), labels: [number % 2 == 0 ? "a" : "b"])
    }
    var trainer = try Trainer.quick()
    trainer.foldCount = nil
    trainer.largeCorpus.documentsForHeldOut = 20
    let summary = try trainer.train(documents).summary
    #expect(summary.outOfFold == nil)
    #expect(summary.warnings.contains { $0.contains("too much alike") }, "\(summary.warnings)")
  }
}
