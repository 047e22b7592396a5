import DatelineConformance
import DatelineCore
import DatelinePluginLoader
import NaiveBayes
import Testing

@testable import DatelinePluginKit

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

  /// What the C interface has no place for is said before a host finds it.
  @Test func whatCannotBeExportedIsSaid() {
    func problem(_ parameter: Parameter, grid: [ParameterValue] = []) -> String? {
      Exported.problem(
        PluginDescription(
          identifier: "x", version: "1", summary: "x", parameters: ParameterSchema([parameter]),
          searchGrid: ["p": grid], capabilities: []))
    }
    let pattern = Parameter(
      "p", .pattern(form: "1-2", allowed: { _ in true }), default: .choice("1-2"), help: "A range.")
    #expect(problem(pattern)?.contains("pattern") == true)
    let automatic = Parameter("p", .number(0...9, automatic: true), default: .choice("auto"), help: "A number.")
    #expect(problem(automatic)?.contains("auto") == true)
    #expect(problem(automatic, grid: [.number(1), .number(2), .number(3)]) == nil)
    #expect(problem(Parameter("p", .flag, default: .flag(true), help: "A flag.")) == nil)
    #expect(Exported.problem(NaiveBayesPlugin().description) == nil)
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
