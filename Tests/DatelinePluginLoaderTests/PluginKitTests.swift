import DatelineConformance
import DatelineCore
import DatelinePluginKit
import DatelinePluginLoader
import NaiveBayes
import Testing

/// A family of this program's, made a plugin and loaded again: all that goes through the C interface and back.
@Suite struct PluginKitTests {
  @Test func exportedFamiliesAreThoseOfTheirType() throws {
    let own = NaiveBayesPlugin().description
    let plugin = try PluginLoader.plugin(of: exported(NaiveBayesPlugin()))
    let description = plugin.description
    #expect(description.identifier == own.identifier && description.version == own.version)
    #expect(description.capabilities == own.capabilities && description.summary == own.summary)
    #expect(description.parameters.parameters.map(\.name) == own.parameters.parameters.map(\.name))
    #expect(description.parameters.parameters.map(\.help) == own.parameters.parameters.map(\.help))
    let (there, back) = (try Few.train(NaiveBayesPlugin()).model, try Few.train(plugin).model)
    #expect(there.scores(indices: [0, 2], values: [1, 2]) == back.scores(indices: [0, 2], values: [1, 2]))
  }

  @Test func exportedFamiliesPassTheChecks() throws {
    let plugin = try PluginLoader.plugin(of: exported(NaiveBayesPlugin()))
    let names = Conformance.names.filter { $0 != "memory" && $0 != "parameter-bounds-inside" }
    for result in try Conformance(plugin).run(names) {
      if case .failed(let expected, let found) = result.outcome {
        Issue.record("\(result.name): expected \(expected), found \(found)")
      }
    }
  }
}
