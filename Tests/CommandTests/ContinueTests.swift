import DatelineCore
import Testing

@Suite struct ContinueTests {
  private static let plain = Workshop.quick + ["--calibration", "none"]

  /// Learning on is learning everything at once, to the last byte; also with a label that is new. Thresholds are chosen
  /// on folds of the further documents alone, so with them it is the learnt numbers that are equal.
  @Test(arguments: [false, true]) func equalsTrainingOnBoth(multiLabel: Bool) throws {
    let shop = try Workshop(model: false)
    let folder = shop.folder
    let kind = multiLabel ? ["--multi-label"] : []
    func label(_ article: Samples.Article) -> JSONValue {
      multiLabel ? [.string(article.label), "news/all"] : .string(article.label)
    }
    let first = Samples.articles(40).filter { $0.label != "sport" }
    let second = Samples.articles(30, from: 50)
    let (one, two) = (Samples.jsonLines(first, label: label), Samples.jsonLines(second, label: label))
    try folder.write("one.jsonl", one)
    try folder.write("two.jsonl", two)
    try folder.write("both.jsonl", one + two)
    try expectSuccess(shop.training(folder.file("one.jsonl"), output: folder.file("a")) + Self.plain + kind)
    try expectSuccess(shop.training(folder.file("both.jsonl"), output: folder.file("all")) + Self.plain + kind)
    try expectSuccess(
      shop.training(folder.file("two.jsonl"), output: folder.file("b"))
        + ["--continue", folder.file("a"), "--calibration", "none"])
    if multiLabel {
      #expect(try sections("b", in: folder) == sections("all", in: folder))
    } else {
      #expect(try folder.bytes("b") == folder.bytes("all"))
    }
  }

  private func sections(_ name: String, in folder: TemporaryFolder) throws -> [[UInt8]] {
    let bytes = try folder.bytes(name)
    let json = try expectSuccess(["inspect", folder.file(name), "--format", "json"]).json()
    return try #require(json["sections"]?.elements).map { section in
      let offset = try #require(section["offset"]?.integer)
      return Array(bytes[offset..<offset + (try #require(section["length"]?.integer))])
    }
  }

  @Test func refusals() throws {
    let shop = try Workshop(model: false)
    let folder = shop.folder
    func model(_ name: String, _ options: [String]) throws -> String {
      try expectSuccess(shop.training(output: folder.file(name)) + options + ["--calibration", "none"])
      return folder.file(name)
    }
    let again = shop.training(output: folder.file("new")) + ["--calibration", "none", "--continue"]
    let logistic = try model("lr", ["--set", "C=1"])
    try expectError(64, again + [logistic], "logistic-regression cannot learn on", "--plugin naive-bayes")
    let rare = try model("rare", Workshop.quick + ["--set", "min-df=2"])
    try expectError(64, again + [rare], "min-df")
    let plain = try model("plain", Workshop.quick)
    try expectError(64, again + [plain, "--set", "alpha=1"], "leave --set and --features out")
    try expectError(64, again + [plain, "--multi-label"], "--multi-label", "exclude each other")
    try expectError(64, again + [plain, "--plugin", "logistic-regression"], "cannot learn on with logistic-regression")
    try expectError(66, again + [folder.file("none")], "no such file")
    let other = ["train", "--data", shop.train, "--facet", "region", "--output", folder.file("new")]
    try expectError(64, other + ["--label-field", "topic", "--continue", plain], "facet \"topic\", not \"region\"")
    #expect(!folder.names.contains("new"))
  }
}
