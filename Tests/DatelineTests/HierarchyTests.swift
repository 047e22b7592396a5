@testable import Dateline
import Testing

@Suite("Labels of a hierarchy")
struct HierarchyTests {
  private func model(_ plugin: String, _ kind: Domain.Kind) throws -> Model {
    try Trainer.quick("region", plugin, kind).train(LabelledDocuments(Samples.hierarchical(180))).model
  }

  @Test(arguments: ReproducibilityTests.plugins)
  func stopsAtTheParentWhenTheCountryIsOpen(plugin: String) throws {
    let model = try model(plugin, .exclusive)
    let european = model.tag(Document(body: "european brussels european week"))
    #expect(european.tags.map(\.label.path) == ["Europe"])
    #expect(european.tags.allSatisfy { $0.probability > 0.8 && $0.probability <= 1 })
    let french = model.tag(Document(body: "paris lyon european brussels paris"))
    #expect(french.tags.map(\.label.path) == ["Europe/France"])
    #expect(french.tags.allSatisfy { $0.probability > 0.5 && $0.probability <= 1 })
  }

  /// With two labels below, the better one always has half of the probability: that alone is no reason to give it.
  @Test(arguments: ReproducibilityTests.plugins)
  func stopsAtAParentOfTwo(plugin: String) throws {
    let samples = Samples.hierarchical(180).filter { $0.labels[0].hasPrefix("Asia") || $0.labels[0] == "Europe/Italy" }
    let model = try Trainer.quick("region", plugin).train(LabelledDocuments(samples)).model
    #expect(model.tag(Document(body: "monsoon asian delhi rupee tokyo yen")).tags.map(\.label.path) == ["Asia"])
    #expect(model.tag(Document(body: "tokyo yen asian tokyo")).tags.map(\.label.path) == ["Asia/Japan"])
  }

  @Test(arguments: ReproducibilityTests.plugins, [Domain.Kind.exclusive, .multiLabel])
  func noLabelIsMoreProbableThanTheOneAbove(plugin: String, kind: Domain.Kind) throws {
    let model = try model(plugin, kind)
    var scratch = ModelScratch(model)
    for (document, _) in Samples.hierarchical(60, seed: 4) + Samples.exclusive(20) {
      var batch = DocumentBatch()
      batch.append(document)
      _ = model.computeProbabilities(of: batch.records[0], in: batch.bytes.span, scratch: &scratch)
      let nodes = model.tree.aggregate(scratch.probabilities)
      for (node, parent) in model.tree.parents.enumerated() where parent >= 0 {
        #expect(nodes[node] <= nodes[parent], "\(model.tree.nodes[node]) in \"\(document.body)\"")
      }
      // What is tagged says the same.
      let tags = model.tag(document).tags
      for tag in tags {
        guard let parent = tag.label.parent, let above = tags.first(where: { $0.label == parent }) else { continue }
        #expect(tag.probability <= above.probability)
      }
    }
  }

  @Test(arguments: ReproducibilityTests.plugins)
  func severalLabelsComeWithTheOnesAboveThem(plugin: String) throws {
    let model = try model(plugin, .multiLabel)
    #expect(model.domain.labels.map(\.path).contains("Europe"))
    let tags = model.tag(Document(body: "paris lyon european brussels paris lyon week")).tags.map(\.label.path)
    #expect(Set(tags) == ["Europe", "Europe/France"])
  }
}
