import DatelineCore
import Glibc
import TestSupport
import Testing

/// Families of somebody else's, used like those that come along.
@Suite struct PluginsTests {
  private let shop: Workshop
  private let plugin: String

  init() throws {
    shop = try Workshop()
    plugin = try CompiledPlugin.build("Examples/NearestCentroid/nearest_centroid.c")
  }

  private func train(_ output: String, _ options: [String] = []) -> [String] {
    [
      "train", "--data", shop.train, "--facet", "topic", "--plugin", "nearest-centroid", "--output",
      shop.folder.file(output),
    ] + options
  }

  @Test func everyVerbTakesOne() throws {
    let load = ["--load-plugin", plugin]
    let trained = try expectSuccess(train("nc", load + ["--set", "contrast=0.5"]))
    #expect(trained.errors.contains("nearest-centroid") && trained.errors.contains("centroids 3"))
    let model = ["--model", shop.folder.file("nc")]
    let evaluation = try expectSuccess(["evaluate"] + model + load + ["--data", shop.test, "--format", "json"])
    #expect(try #require(evaluation.json()["accuracy"]?.number) > 0.9)
    let tagged = try expectSuccess(["classify"] + model + load + ["--format", "json", shop.test]).jsonLines()
    #expect(tagged.count == 30 && tagged[0]["tags"]?["topic"]?.elements?.count == 1)
    let explained = try expectSuccess(["explain"] + model + load + ["--format", "json", shop.test]).jsonLines()
    #expect(explained.count == 30)
    let inspected = try expectSuccess(["inspect", shop.folder.file("nc")] + load)
    #expect(inspected.output.contains("nearest-centroid 1.0  contrast=0.5") && inspected.errors == "")
    let shown = try expectSuccess(["plugins", "show", "nearest-centroid"] + load)
    #expect(shown.output.contains("contrast=0.9  (number from 0 to 1)"))
    #expect(try expectSuccess(["plugins"] + load).output.contains("nearest-centroid"))
  }

  @Test func theEnvironmentNamesThem() throws {
    let environment = ["DATELINE_PLUGINS=\(plugin)"]
    try expectSuccess(train("a"), environment: environment)
    // Named twice, it is loaded once.
    let parts = plugin.split(separator: "/")
    let other = "/" + parts.dropLast().joined(separator: "/") + "/./" + (parts.last ?? "")
    try expectSuccess(train("b", ["--load-plugin", other, "--load-plugin", plugin]), environment: environment)
    #expect(try shop.folder.bytes("a") == shop.folder.bytes("b"))
    let remedies = ["nearest-centroid", "--load-plugin", "DATELINE_PLUGINS"]
    let classify = ["classify", "--model", shop.folder.file("a"), shop.test]
    for remedy in remedies { try expectError(65, classify, remedy) }
    let inspected = try expectSuccess(["inspect", shop.folder.file("a")])
    #expect(inspected.errors.contains("--load-plugin") && inspected.output.contains("nearest-centroid"))
  }

  @Test func settingsAreChecked() throws {
    try expectError(64, train("x", ["--load-plugin", plugin, "--set", "contrast=2"]), "contrast=2", "0 to 1")
    try expectError(64, train("x", ["--load-plugin", plugin, "--set", "depth=2"]), "depth", "no such parameter")
  }

  static let mistakes: [(String, Int32, String)] = [
    ("FAILS", 65, "never learns"), ("NO_TABLE", 65, "no table"), ("OTHER_ABI", 65, "plugin ABI 2"),
    ("TAKEN_NAME", 65, "the vectorizer both have a parameter called hash-bits"), ("HUGE_WRITE", 70, "no model has"),
    ("WILD_WRITE", 70, "where they are not"), ("FAILS_SCORE", 70, "never scores"),
    ("NOT_A_NUMBER", 70, "finite"),
  ]

  @Test(arguments: mistakes) func mistakesEndWithAReason(mistake: String, code: Int32, words: String) throws {
    let broken = try CompiledPlugin.build("Tests/DatelinePluginLoaderTests/Fixtures/broken.c", ["-DMISTAKE=" + mistake])
    let output = shop.folder.file("broken")
    try expectError(
      code,
      [
        "train", "--data", shop.train, "--facet", "topic", "--load-plugin", broken, "--plugin", "broken", "--output",
        output,
      ],
      words)
    #expect(access(output, F_OK) != 0, "a model that could not be written is not there")
  }

  /// A model that was learnt well can fail later: by a plugin of the same name that is not what it was.
  @Test func scoresThatFailEndClassify() throws {
    func build(_ mistake: String) throws -> String {
      try CompiledPlugin.build("Tests/DatelinePluginLoaderTests/Fixtures/broken.c", ["-DMISTAKE=" + mistake])
    }
    let model = shop.folder.file("sound")
    try expectSuccess(
      [
        "train", "--data", shop.train, "--facet", "topic", "--plugin", "broken", "--output", model, "--load-plugin",
        build("NONE"),
      ])
    for verb in [["classify"], ["evaluate", "--data"]] {
      let arguments =
        [verb[0], "--model", model, "--load-plugin", try build("FAILS_SCORE")] + verb.dropFirst() + [shop.test]
      try expectError(70, arguments, "this family never scores")
    }
  }

  @Test func check() throws {
    let run = try expectSuccess(["plugins", "check", plugin])
    #expect(run.lines.count { $0.hasSuffix(": ok") } >= 25 && run.errors.contains("checks passed"))
    let json = try expectSuccess(["plugins", "check", "naive-bayes", "--only", "learns", "--format", "json"]).json()
    #expect(json["check"] == "learns" && json["outcome"] == "passed")
    for path in ["/bin/ls", shop.train, "/nowhere.so"] {
      let failed = try Command.run(["plugins", "check", path])
      #expect(failed.code == (path == "/nowhere.so" ? 66 : 65) && failed.errors.contains(path), "\(failed.errors)")
    }
    let broken = try CompiledPlugin.build(
      "Tests/DatelinePluginLoaderTests/Fixtures/broken.c", ["-DMISTAKE=NOT_A_NUMBER"])
    let failed = try Command.run(["plugins", "check", broken, "--only", "learns", "--seed", "3"])
    #expect(failed.code == 65 && failed.output.contains("learns: FAILED") && failed.errors.contains("--seed 3"))
    try expectError(64, ["plugins", "check", "naive-bayes", "--only", "nothing"], "no check is called")
    try expectError(64, ["plugins", "check", "no-such-family"], "no plugin is called")
  }
}
