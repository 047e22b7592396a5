import DatelineCore
import Testing

@Suite struct TrainTests {
  @Test(arguments: ["logistic-regression", "naive-bayes"]) func reportsAsJSON(plugin: String) throws {
    let shop = try Workshop(model: false)
    let run = try expectSuccess(
      shop.training() + [
        "--plugin", plugin, "--set", plugin == "naive-bayes" ? "alpha=auto" : "C=auto", "--folds", "2", "--format",
        "json",
        "--threads", "2",
      ])
    #expect(run.errors == "")
    let json = try run.json()
    #expect(
      json.members.map(\.name) == [
        "output", "documents", "skipped", "duplicate_identifiers", "features", "elements", "search", "out_of_fold",
        "reduction", "report", "warnings", "seconds",
      ])
    #expect(json["output"] == .string(shop.model))
    #expect(json["documents"] == 60)
    #expect(json["skipped"] == 0)
    #expect(json["out_of_fold"]?.members.map(\.name) == ["accuracy", "micro_f1", "macro_f1", "folds"])
    #expect(json["out_of_fold"]?["folds"] == 2)
    let steps = try #require(json["search"]?.elements)
    #expect(steps.count > 1)
    #expect(steps.allSatisfy { $0.members.map(\.name) == ["parameters", "log_loss", "chosen"] })
    #expect(steps.count { $0["chosen"]?.bool == true } == 1)
  }

  @Test func reportsInWordsOnStandardErrorOnly() throws {
    let shop = try Workshop(model: false)
    let run = try expectSuccess(shop.training() + Workshop.quick)
    #expect(run.output == "")
    #expect(run.errors.contains("60 documents"))
    #expect(run.errors.contains("wrote    \(shop.model)"))
    #expect(!run.errors.contains("\u{1B}"), "no progress bar where there is no terminal")
    #expect(!run.errors.contains("\r"))
  }

  @Test(arguments: [["--plugin", "logistic-regression", "--set", "C=1"], Workshop.quick])
  func sameBytesForAnyNumberOfThreads(options: [String]) throws {
    let shop = try Workshop(model: false)
    var models: Set<[UInt8]> = []
    for threads in ["1", "2", "7"] {
      try expectSuccess(shop.training() + options + ["--folds", "3", "--threads", threads])
      models.insert(try shop.folder.bytes("topic.dateline"))
    }
    #expect(models.count == 1)
  }

  @Test func limitsOfMemory() throws {
    let shop = try Workshop(model: false)
    try expectSuccess(shop.training() + Workshop.quick)
    let model = try shop.folder.bytes("topic.dateline")
    let limited = shop.training() + Workshop.quick + ["--max-memory", "100M"]
    try expectSuccess(limited)
    #expect(try shop.folder.bytes("topic.dateline") == model)
    // A folder of one's own, in which nothing stays.
    let temporary = try TemporaryFolder()
    #expect(try Command.run(limited, environment: ["TMPDIR=\(temporary.path)"]).code == 0)
    #expect(try Command.shell("ls -A", in: temporary).output == "")
    let missing = try Command.run(limited, environment: ["TMPDIR=/no/such/folder"])
    #expect(missing.code == 74 && missing.errors.contains("set TMPDIR"), "\(missing.errors)")
    let hashed = try Command.run(limited + ["--set", "vocabulary=hashed", "--set", "hash-bits=26"])
    #expect(hashed.code == 64 && hashed.errors.contains("1.0 GiB"), "\(hashed.errors)")
  }

  @Test func validation() throws {
    let shop = try Workshop(model: false)
    let json = try expectSuccess(
      shop.training() + Workshop.quick + ["--validation", shop.test, shop.train, "--format", "json"]
    ).jsonLines()
    try #require(json.count == 2)
    #expect(json[0]["documents"] == 60)
    #expect(json[1]["facet"] == "topic")
    #expect(json[1]["documents"] == 90)
    let text = try expectSuccess(shop.training() + Workshop.quick + ["--validation", shop.test])
    #expect(text.output.hasPrefix("topic: 30 documents"))
    #expect(!text.errors.contains("macro average"))
  }

  @Test func whatIsMissingIsFoundBeforeTraining() throws {
    let shop = try Workshop()
    let old = try shop.folder.bytes("topic.dateline")
    let training = shop.training() + ["--plugin", "naive-bayes"]
    try expectError(66, training + ["--validation", shop.folder.file("none.jsonl")], "none.jsonl: no such file")
    #expect(try shop.folder.bytes("topic.dateline") == old)
    let started = try Command.run(
      shop.training(shop.folder.file("none.jsonl"), output: shop.folder.file("none/model.dateline")))
    #expect(started.code == 74, "the folder is looked for first: \(started.errors)")
  }

  @Test func aFailedTrainingLeavesTheOldModel() throws {
    let shop = try Workshop()
    let old = try shop.folder.bytes("topic.dateline")
    let bad = try shop.folder.write("bad.jsonl", try shop.folder.text("train.jsonl") + "{\"topic\":")
    try expectError(65, shop.training(bad), "bad.jsonl:61")
    #expect(try shop.folder.bytes("topic.dateline") == old)
    #expect(shop.folder.names == ["bad.jsonl", "test.jsonl", "topic.dateline", "train.jsonl"])
  }

  @Test func placesThatTakeNoModel() throws {
    let shop = try Workshop(model: false)
    let folder = shop.folder
    try expectError(74, shop.training(output: folder.file("none/m")), "the folder \"\(folder.path)/none\" is not there")
    try expectError(74, shop.training(output: "/dev/null"), "/dev/null: a device")
    try expectError(74, shop.training(output: folder.path), "a folder")
    try expectError(64, shop.training(output: ""), "no path")
    #expect(folder.names == ["test.jsonl", "train.jsonl"])
  }

  @Test func oneLabelIsNothingToLearn() throws {
    let shop = try Workshop(model: false)
    let path = try shop.folder.write(
      "one.jsonl", Samples.jsonLines(Samples.articles(20).filter { $0.label == "sport" }))
    try expectError(65, shop.training(path), "\"sport\"", "at least two labels")
  }

  @Test func nothingToLearnFrom() throws {
    let shop = try Workshop(model: false)
    let empty = try shop.folder.write("empty.jsonl", "")
    let readme = try shop.folder.write("folder/README", "nothing")
    for path in [empty, "/dev/null", String(readme.dropLast(7))] {
      try expectError(65, shop.training(path), "no labelled documents")
    }
    try expectError(64, shop.training("/bin/ls"), "/bin/ls", "plain text, which carries no labels")
  }

  @Test func weights() throws {
    let shop = try Workshop(model: false)
    let articles = Samples.articles(12)
    func line(_ article: Samples.Article, _ weight: String) -> String {
      #"{"id":"\#(article.id)","text":"\#(article.text)","topic":"\#(article.label)"\#(weight)}"# + "\n"
    }
    try shop.folder.write("weighted.jsonl", articles.map { line($0, #","w":2"#) }.joined())
    let bad = try shop.folder.write("bad.jsonl", line(articles[0], "") + line(articles[1], #","w":-1"#))
    try expectSuccess(shop.training(shop.folder.file("weighted.jsonl")) + Workshop.quick + ["--weight-field", "w"])
    try expectError(65, shop.training(bad) + ["--weight-field", "w"], "bad.jsonl:1, field \"w\"")
  }
}
