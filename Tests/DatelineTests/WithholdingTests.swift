@testable import Dateline
import Testing

@Suite("Labels that are withheld, and why")
struct WithholdingTests {
  @Test(arguments: ReproducibilityTests.plugins, [Domain.Kind.exclusive, .multiLabel])
  func unknownWords(plugin: String, kind: Domain.Kind) throws {
    let samples = kind == .exclusive ? Samples.exclusive(60) : Samples.multiLabel(60)
    let model = try Trainer.quick("topic", plugin, kind).train(LabelledDocuments(samples)).model
    for body in ["", "zyzzyva quokka", "?!"] {
      let tagging = model.tag(Document(body: body))
      #expect(tagging.tags == [])
      #expect(tagging.withheld?.contains("no word of the text") == true)
    }
  }

  @Test func minimumProbability() throws {
    let model = try Trainer.quick().train(LabelledDocuments(Samples.exclusive(90))).model
    // As much of one label as of another.
    let document = Document(id: "7", body: "nurse vaccine ward judge verdict jury")
    let free = try #require(model.tag(document).tags.first)
    try #require(free.probability < 1)
    let minimum = (free.probability + 1) / 2
    let tagged = try Tagger([model], minimumProbability: minimum).tag(document)
    let tagging = try #require(tagged[facet: "topic"])
    #expect(tagging.tags == [])
    let reason = try #require(tagging.withheld)
    #expect(reason.contains("\"\(free.label)\"") && reason.contains("below \(minimum)"))
    // Rounded, but never so that it looks like enough.
    let numbers = reason.split { " ,".contains($0) }.compactMap { Double($0) }
    #expect(numbers.contains { $0 < minimum && ($0 - free.probability).magnitude < 0.01 })
    #expect(tagged.json["tags"] == .object([]))
    #expect(tagged.json["withheld"]?["topic"] == .string(reason))
    // At exactly its probability a label is given.
    let exact = try Tagger([model], minimumProbability: free.probability).tag(document)
    #expect(exact[facet: "topic"]?.tags == [free])
  }

  @Test(arguments: ReproducibilityTests.plugins)
  func labelsAreGivenFromTheirThresholdsOn(plugin: String) throws {
    let trainer = try Trainer.quick("topic", plugin, .multiLabel)
    let model = try trainer.train(LabelledDocuments(Samples.multiLabel(150))).model
    let thresholds = try #require(model.manifest.thresholds).values
    #expect(thresholds.count == 3 && thresholds.allSatisfy { (0...1).contains($0) })
    var scratch = ModelScratch(model)
    var right = 0
    for (document, labels) in Samples.multiLabel(90, seed: 11) {
      var batch = DocumentBatch()
      batch.append(document)
      _ = model.computeProbabilities(of: batch.records[0], in: batch.bytes.span, scratch: &scratch)
      let tagging = model.tag(document)
      let given = Set(tagging.tags.map(\.label))
      for (number, label) in model.domain.labels.enumerated() {
        #expect(given.contains(label) == (scratch.probabilities[number] >= thresholds[number]))
      }
      #expect(tagging.tags.map(\.probability) == tagging.tags.map(\.probability).sorted(by: >))
      #expect((tagging.withheld == nil) == !tagging.tags.isEmpty)
      if labels.isEmpty, let reason = tagging.withheld { #expect(reason.contains("no label reaches its threshold")) }
      right += given.map(\.path).sorted() == labels ? 1 : 0
    }
    #expect(right >= 81)
  }

  @Test func minimumProbabilityOfSeveralLabels() throws {
    let model = try Trainer.quick("topic", "logistic-regression", .multiLabel).train(
      LabelledDocuments(Samples.multiLabel(150))
    ).model
    let document = Document(body: "nurse vaccine ward clinic judge verdict jury bail week")
    let tags = model.tag(document).tags
    try #require(tags.count == 2)
    let least = min(tags[0].probability, tags[1].probability)
    let most = max(tags[0].probability, tags[1].probability)
    try #require(least < most && most < 1)
    let half = try Tagger([model], minimumProbability: most).tag(document)
    #expect(half[facet: "topic"]?.tags.map(\.probability) == [most])
    let more = (most + 1) / 2
    let none = try Tagger([model], minimumProbability: more).tag(document)
    #expect(none[facet: "topic"]?.tags == [])
    #expect(none[facet: "topic"]?.withheld?.contains("no label reaches \(more)") == true)
  }
}
