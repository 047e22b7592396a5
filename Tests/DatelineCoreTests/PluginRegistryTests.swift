import DatelineCore
import Testing

@Suite struct PluginRegistryTests {
  private struct Fake: ClassifierPlugin {
    let description: PluginDescription

    init(_ identifier: String) {
      description = PluginDescription(
        identifier: identifier, version: "1", summary: "", parameters: ParameterSchema([]), capabilities: [])
    }

    func train(
      _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
    ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
      throw DatelineError(.internal, "does not train")
    }

    func load(_ payloads: Payloads, domain: Domain) throws(DatelineError) -> any Classifier {
      throw DatelineError(.internal, "does not load")
    }
  }

  @Test func knownNames() throws {
    var registry = try PluginRegistry([Fake("b"), Fake("a")])
    #expect(try registry.plugin("a").description.identifier == "a")
    try registry.add(Fake("c"))
    #expect(registry.plugins.map(\.description.identifier) == ["b", "a", "c"], "in the order of adding")
  }

  @Test func duplicates() throws {
    let error = failure { () throws(DatelineError) in try PluginRegistry([Fake("a"), Fake("b"), Fake("a")]) }
    #expect(error.code == .usage && error.message.contains("two plugins are called \"a\""))
    var registry = try PluginRegistry([Fake("a")])
    #expect(throws: DatelineError.self) { try registry.add(Fake("a")) }
    #expect(registry.plugins.count == 1)
  }

  @Test func unknownNamesListTheKnownOnes() throws {
    let registry = try PluginRegistry([Fake("naive-bayes"), Fake("logistic-regression")])
    let error = failure { () throws(DatelineError) in try registry.plugin("svm") }
    #expect(error.code == .usage)
    #expect(error.message == "no plugin is called \"svm\"; there are naive-bayes, logistic-regression")
  }

  @Test func capabilityNames() {
    let all: PluginDescription.Capabilities = [.linear, .multiLabel, .nonNegativeOnly, .incremental]
    #expect(all.names == ["multi-label", "non-negative-only", "incremental", "linear"])
    #expect(PluginDescription.Capabilities().names.isEmpty)
  }
}
