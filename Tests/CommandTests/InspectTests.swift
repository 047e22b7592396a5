import DatelineCore
import Testing

@Suite struct InspectTests {
  @Test func saysWhatTheFileHolds() throws {
    let shop = try Workshop()
    let json = try expectSuccess(["inspect", shop.model, "--format", "json"]).json()
    #expect(
      json.members.map(\.name) == [
        "file", "size", "facet", "kind", "labels", "support", "plugin", "vectorizer", "calibration", "thresholds",
        "training", "provenance", "sections",
      ])
    #expect(json["labels"] == ["politics", "science", "sport"])
    #expect(json["support"] == [20, 20, 20])
    #expect(json["plugin"]?["parameters"]?["alpha"] == 0.5)
    #expect(json["size"] == JSONValue(try shop.folder.bytes("topic.dateline").count))
    let text = try expectSuccess(["inspect", shop.model]).output
    #expect(text.contains("all checksums hold"))
    #expect(text.contains("politics  20 documents"))
  }

  @Test func damage() throws {
    let shop = try Workshop()
    let good = try shop.folder.bytes("topic.dateline")
    var flipped = good
    flipped[100] ^= 0x40
    let files = [
      (try shop.folder.write("cut", Array(good.dropLast(9))), "cut: "),
      (try shop.folder.write("flipped", flipped), "checksum"),
      (try shop.folder.write("empty", []), "an empty file"),
      (shop.train, "not a Dateline model"),
      (shop.folder.path, "a folder"),
      ("/dev/null", "a device"),
    ]
    for (path, words) in files {
      try expectError(65, ["inspect", path], path, words)
      try expectError(65, ["classify", "--model", path, shop.test], path, words)
      try expectError(65, ["evaluate", "--model", path, "--data", shop.test], path, words)
    }
    // Naive Bayes' counts are for learning on: they come last, and only inspect reads them all.
    var unused = good
    unused[unused.count - 1] ^= 0x40
    try expectError(65, ["inspect", try shop.folder.write("unused", unused)], "checksum")
    try expectError(66, ["inspect", shop.folder.file("none")], "no such file")
  }

  @Test func plugins() throws {
    let list = try expectSuccess(["plugins", "list", "--format", "json"]).jsonLines()
    #expect(list.map { $0["identifier"]?.string } == ["logistic-regression", "naive-bayes", "candidate-scorer"])
    #expect(list.allSatisfy { $0.members.map(\.name) == ["identifier", "version", "summary", "capabilities"] })
    #expect(try expectSuccess(["plugins"]).lines.count == 3)
    for plugin in list.compactMap({ $0["identifier"]?.string }) {
      let json = try expectSuccess(["plugins", "show", plugin, "--format", "json"]).json()
      let parameters = try #require(json["parameters"]?.elements)
      #expect(parameters.allSatisfy { $0.members.map(\.name) == ["name", "default", "allowed", "help"] })
      let text = try expectSuccess(["plugins", "show", plugin]).output
      for parameter in parameters {
        #expect(text.contains("\(parameter["name"]?.string ?? "?")=\(parameter["default"]?.string ?? "?")"))
      }
    }
    try expectError(64, ["plugins", "show", "none"], "\"none\"", "naive-bayes")
    try expectError(64, ["plugins", "check"], "check")
  }
}
