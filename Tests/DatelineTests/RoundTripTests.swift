import Dateline
import Testing

@Suite("Saving, loading and tagging")
struct RoundTripTests {
  @Test(arguments: ReproducibilityTests.plugins, [Domain.Kind.exclusive, .multiLabel])
  func loadedModelTagsAsTheOneThatWasSaved(plugin: String, kind: Domain.Kind) throws {
    let folder = try TemporaryFolder()
    let samples = kind == .exclusive ? Samples.exclusive(90) : Samples.multiLabel(90)
    let model = try Trainer.quick("topic", plugin, kind).train(LabelledDocuments(samples)).model
    try model.write(to: folder.path + "/a.dateline")
    let loaded = try Model(contentsOf: folder.path + "/a.dateline")
    #expect(loaded.domain == model.domain)
    #expect(loaded.manifest.json == model.manifest.json)
    var tagged = 0
    for (document, _) in Samples.exclusive(40, seed: 5) + Samples.multiLabel(40, seed: 6) {
      let tagging = model.tag(document)
      #expect(loaded.tag(document) == tagging)
      tagged += tagging.tags.isEmpty ? 0 : 1
    }
    #expect(tagged >= 40)
    try loaded.write(to: folder.path + "/b.dateline")
    #expect(try folder.bytes("a.dateline") == folder.bytes("b.dateline"))
  }

  @Test(arguments: ReproducibilityTests.plugins)
  func learntLabelsComeBack(plugin: String) throws {
    let model = try Trainer.quick("topic", plugin).train(LabelledDocuments(Samples.exclusive(90))).model
    for (document, labels) in Samples.exclusive(60, seed: 7) {
      let tagging = model.tag(document)
      #expect(tagging.tags.map(\.label.path) == labels)
      #expect(tagging.tags.allSatisfy { (0.5...1).contains($0.probability) })
      #expect(tagging.withheld == nil)
    }
  }

  @Test func taggerAsksEveryModelInOrder() throws {
    let folder = try TemporaryFolder()
    let topic = try Trainer.quick("topic").train(LabelledDocuments(Samples.exclusive(60))).model
    let region = try Trainer.quick("region").train(LabelledDocuments(Samples.hierarchical(60))).model
    try topic.write(to: folder.path + "/topic.dateline")
    try region.write(to: folder.path + "/region.dateline")
    let tagger = try Tagger(modelsAt: [folder.path + "/topic.dateline", folder.path + "/region.dateline"])
    let document = Document(id: "1", title: "Verdict in Paris", body: "judge jury bail paris lyon", source: "wire")
    let tagged = tagger.tag(document)
    #expect(tagged.taggings.map(\.facet.name) == ["topic", "region"])
    #expect(tagged[facet: "topic"] == topic.tag(document))
    #expect(tagged[facet: "region"] == region.tag(document))
    #expect(tagged[facet: "sentiment"] == nil)
    #expect(tagged[facet: "topic"]?.tags.first?.label.path == "law")
    #expect(tagged[facet: "region"]?.tags.first?.label.path == "Europe/France")
    #expect(tagged.json["id"] == "1")
    #expect(tagged.json["source"] == "wire")
    #expect(tagged.json["tags"]?["topic"]?.elements?.first?["label"] == "law")
    #expect(tagged.json["withheld"] == .object([]))
  }

  @Test func evaluationCountsEveryDocument() throws {
    let model = try Trainer.quick("topic").train(LabelledDocuments(Samples.exclusive(90))).model
    let counts = try model.evaluate(LabelledDocuments(Samples.exclusive(60, seed: 8)), workers: WorkerPool(threads: 2))
    let evaluation = Evaluation(counts, seconds: 0)
    #expect(evaluation.documents == 60)
    #expect(evaluation.accuracy == 1)
    #expect(evaluation.labels.map(\.support) == [20, 20, 20])
  }
}
