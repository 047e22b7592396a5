import DatelineConformance
import DatelineCore
import DatelineParallel
import DatelinePluginLoader
import DatelineVectors
import Foundation
import TestSupport
import Testing

@Suite struct PluginLoaderTests {
  private func error(_ body: () throws -> Void) throws -> DatelineError {
    do { try body() } catch let error as DatelineError { return error }
    throw DatelineError(.internal, "there was no error")
  }

  @Test func pluginsOfTheFirstVersionLoad() throws {
    let plugin = try PluginLoader.load(try CompiledPlugin.fixture("version_1.c"))
    #expect(plugin.description.identifier == "version-one" && plugin.description.capabilities == [])
    #expect(plugin as? any IncrementalClassifierPlugin == nil)
    let (model, report) = try Few.train(plugin)
    #expect(report["documents"] == .number(3) && report.warnings == ["a warning of the fixture"])
    #expect(model.scores(indices: [1], values: [2]) == [2, 4])
    var together = [Double](repeating: 0, count: 6)
    var span = together.mutableSpan
    try #require(model as? any BatchClassifier).score(Few.set().features, into: &span)
    #expect(together == [1, 2, 2, 4, 0, 0])
    let loaded = try plugin.load(Payloads(model.payloads()), domain: Few.set().domain)
    #expect(loaded.scores(indices: [1], values: [2]) == [2, 4] && loaded.featureCount == 3)
    let doubled = try plugin.train(
      Few.set(), parameters: Hyperparameters(plugin.description.parameters, settings: ["factor": "2"]),
      context: TrainingContext(workers: .init(threads: 1))
    ).model
    #expect(doubled.scores(indices: [1], values: [2]) == [4, 8])
    let stopped = try error { _ = try Few.train(plugin) { _, _ in false } }
    #expect(stopped.code == .cancelled)
  }

  @Test func multiLabelIsRefusedForFamiliesThatCannot() throws {
    let plugin = try PluginLoader.load(try CompiledPlugin.fixture("version_1.c"))
    let refused = try error {
      _ = try plugin.train(
        Few.set(kind: .multiLabel), parameters: Hyperparameters(plugin.description.parameters),
        context: TrainingContext(workers: .init(threads: 1)))
    }
    #expect(refused.code == .usage && refused.message.contains("--multi-label"))
  }

  static let refusals = [
    ("NO_TABLE", "no table"), ("WILD_TABLE", "where nothing is"), ("OTHER_ABI", "plugin ABI 2, this host offers 1"),
    ("SMALL", "sizeof(dateline_plugin)"), ("NO_TRAIN", "\"train\""), ("NO_NAME", "identifier"),
    ("WILD_NAME", "identifier"), ("BAD_DEFAULT", "\"ten\""), ("BAD_PARAMETER_SIZE", "sizeof(dateline_parameter)"),
    ("NO_UPDATE", "\"update\""), ("WILD_TRAIN", "no function"), ("INFINITE_RANGE", "range"),
  ]

  @Test(arguments: refusals) func mistakesInTheTableAreRefused(mistake: String, words: String) throws {
    let path = try CompiledPlugin.broken(mistake)
    let error = try error { _ = try PluginLoader.load(path) }
    #expect(error.code == .incompatible && error.message.contains(words), "\(error)")
    #expect(error.location?.file == path)
  }

  /// Of two figures with one name the later one counts; a model file holds one of a name. A file holds no escapes.
  @Test func reportsAreMadeFitForFiles() throws {
    let plugin = try PluginLoader.load(try CompiledPlugin.broken("CHATTY"))
    let report = try Few.train(plugin).report
    #expect(report.figures.map(\.name) == ["passes", "a b"] && report["passes"] == .number(9))
    #expect(report.warnings == ["red [31m text"])
    #expect(plugin.description.summary == "A plugin with a mistake.")
  }

  /// A table that says it is larger has members that this version does not know.
  @Test func largerTablesLoad() throws {
    #expect(try PluginLoader.load(try CompiledPlugin.broken("LYING_SIZE")).description.identifier == "broken")
  }

  static let failures: [(String, DatelineError.Code, String)] = [
    ("FAILS", .invalidData, "this family never learns"), ("SILENT", .internal, "no reason"),
    ("NO_MODEL", .internal, "no model"), ("ODD_STATUS", .internal, "nobody asked"), ("NO_END", .internal, "xxx"),
  ]

  @Test(arguments: failures) func trainingsThatFailSayWhy(mistake: String, code: DatelineError.Code, words: String)
    throws
  {
    let plugin = try PluginLoader.load(try CompiledPlugin.broken(mistake))
    let error = try error { _ = try Few.train(plugin) }
    #expect(error.code == code && error.message.contains(words), "\(error)")
    #expect(error.message.hasPrefix("broken: ") && error.message.utf8.count < 1000)
  }

  @Test(arguments: [("FAILS_SCORE", "never scores"), ("NOT_A_NUMBER", "no finite number")])
  func scoresThatFailAreTold(mistake: String, words: String) throws {
    let plugin = try PluginLoader.load(try CompiledPlugin.broken(mistake))
    let model = try Few.train(plugin).model
    #expect(model.failure == nil)
    #expect(model.scores(indices: [0], values: [1]) == [0, 0])
    #expect(try #require(model.failure).message.contains(words))
    #expect(try error { try model.checkForFailure() }.code == .internal)
  }

  @Test(arguments: [("HUGE_WRITE", "which no model has"), ("WILD_WRITE", "where they are not")])
  func writesOfWhatIsNotThereAreRefused(mistake: String, words: String) throws {
    let plugin = try PluginLoader.load(try CompiledPlugin.broken(mistake))
    let model = try Few.train(plugin).model
    let error = try error { _ = try model.payloads() }
    #expect(error.code == .internal && error.message.contains(words), "\(error)")
  }

  @Test func otherFilesAreNoPlugins() throws {
    for path in ["/bin/ls", #filePath, "/dev/null", "/tmp"] {
      let error = try error { _ = try PluginLoader.load(path) }
      #expect(error.code == .incompatible && error.message.contains("shared object"), "\(error)")
    }
    let whole = try CompiledPlugin.fixture("version_1.c")
    let cut = whole + ".cut"
    try Data(contentsOf: URL(fileURLWithPath: whole)).prefix(2000).write(to: URL(fileURLWithPath: cut))
    #expect(try error { _ = try PluginLoader.load(cut) }.message.contains("cut off"))
    let unlinked = try CompiledPlugin.fixture("broken.c", ["-DMISTAKE=NONE", "-DNEEDS=what_is_not_there"])
    #expect(try error { _ = try PluginLoader.load(unlinked) }.message.contains("link it with what it uses"))
    #expect(try error { _ = try PluginLoader.load("/nowhere/plugin.so") }.code == .missingInput)
    let library = try CompiledPlugin.fixture("empty.c")
    #expect(try error { _ = try PluginLoader.load(library) }.message.contains("without dateline_plugin_v1"))
  }

  @Test func twoOfOneNameAreRefused() throws {
    let path = try CompiledPlugin.fixture("version_1.c")
    var registry = try PluginRegistry([])
    try registry.load([path])
    #expect(try error { try registry.load([path]) }.message.contains("version-one"))
  }

  @Test func theExampleInCPassesTheChecks() throws {
    let plugin = try PluginLoader.load(try CompiledPlugin.build("Examples/NearestCentroid/nearest_centroid.c"))
    for result in try Conformance(plugin).run(Conformance.names.filter { $0 != "memory" }) {
      if case .failed(let expected, let found) = result.outcome {
        Issue.record("\(result.name): expected \(expected), found \(found)")
      }
    }
  }

  /// What certifies finds what is wrong behind the interface, too.
  @Test func brokenPluginsFailTheirChecks() throws {
    let wanted = [("NOT_A_NUMBER", "learns"), ("WILD_WRITE", "saved-and-loaded"), ("NONE", "learns")]
    for (mistake, check) in wanted {
      let plugin = try PluginLoader.load(try CompiledPlugin.broken(mistake))
      let result = try #require(try Conformance(plugin).run([check]).first)
      if case .failed = result.outcome { continue }
      Issue.record("\(mistake) passes \(check)")
    }
  }
}
