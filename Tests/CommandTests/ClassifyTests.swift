import DatelineCore
import Testing

@Suite struct ClassifyTests {
  @Test func membersOfJSON() throws {
    let shop = try Workshop()
    let run = try expectSuccess(["classify", "--model", shop.model, "--format", "json", shop.test])
    #expect(run.errors == "")
    let documents = try run.jsonLines()
    #expect(documents.map { $0["id"]?.string } == (100..<130).map { "d\($0)" }, "one for each, in their order")
    let labels = Samples.articles(30, from: 100).map(\.label)
    for (document, label) in zip(documents, labels) {
      #expect(document.members.map(\.name) == ["id", "source", "tags", "withheld"])
      #expect(document["source"] == .null)
      #expect(document["withheld"] == .object([]))
      #expect(document["tags"]?.members.map(\.name) == ["topic"])
      let tags = try #require(document["tags"]?["topic"]?.elements)
      try #require(tags.count == 1)
      #expect(tags[0].members.map(\.name) == ["label", "probability"])
      #expect(tags[0]["label"]?.string == label)
      #expect((0...1).contains(try #require(tags[0]["probability"]?.number)))
    }
  }

  @Test func sameBytesForAnyNumberOfThreads() throws {
    let shop = try Workshop()
    // More than one piece of a corpus, so that threads have something to mix up.
    let path = try shop.folder.write(
      "many.jsonl", String(repeating: Samples.jsonLines(Samples.articles(100)), count: 60))
    for format in ["json", "text"] {
      var outputs: Set<String> = []
      for threads in ["1", "2", "7"] {
        let arguments = ["classify", "--model", shop.model, "--format", format, "--threads", threads, path]
        outputs.insert(try expectSuccess(arguments).output)
      }
      #expect(outputs.count == 1)
      #expect(outputs.first?.split(separator: "\n").count == (format == "json" ? 6000 : 12000))
    }
  }

  @Test func severalModels() throws {
    let shop = try Workshop()
    let other = shop.folder.file("models/region.dateline")
    try shop.folder.write("models/notes.txt", "no model")
    try expectSuccess(
      ["train", "--data", shop.train, "--facet", "region", "--label-field", "topic", "--output", other]
        + Workshop.quick)
    let both = try expectSuccess(
      ["classify", "--model", other, "--model", shop.model, "--format", "json", shop.test]
    ).jsonLines()
    #expect(both.first?["tags"]?.members.map(\.name) == ["region", "topic"])
    try expectError(
      64, ["classify", "--model", other, "--model", other, shop.test], "two models are of one facet")
    let folder = try expectSuccess(
      ["classify", "--format", "json", shop.test], environment: ["DATELINE_MODELS=\(shop.folder.path)/models"]
    ).jsonLines()
    #expect(folder.first?["tags"]?.members.map(\.name) == ["region"])
    try expectError(66, ["classify", shop.test], "no models", "none", environment: ["DATELINE_MODELS=/none"])
    try expectError(66, ["classify", shop.test], ".dateline", environment: ["DATELINE_MODELS=/dev/fd"])
  }

  @Test func textsThatAModelHardlyKnows() throws {
    let shop = try Workshop(model: false)
    let arguments = shop.training() + Workshop.quick
    try expectSuccess(arguments + ["--min-coverage", "0.5"])
    let text = try shop.folder.write("foreign.txt", "match Boxkämpfer jagen Viktor quer über den Deich")
    let json = try expectSuccess(["classify", "--model", shop.model, "--format", "json", text]).json()
    #expect(json["tags"] == .object([]))
    let reason = try #require(json["withheld"]?["topic"]?.string)
    #expect(
      reason.hasPrefix("the model knows 1 of the 15 terms (words, n-grams, names) of the text, a share below 0.5"),
      "\(reason)")
    let table = try expectSuccess(["classify", "--model", shop.model, "--format", "csv", text]).output
    #expect(table.contains("the model knows 1 of the 15 terms"))
    let explained = try expectSuccess(["explain", "--model", shop.model, text]).output
    #expect(explained.contains("topic  withheld: the model knows 1 of the 15 terms"))
    #expect(
      try expectSuccess(["inspect", shop.model]).output.contains("answers      where 0.5 of a text's terms are known"))
    for bad in ["1.5", "-0.1", "nan", "x"] {
      try expectError(64, arguments + ["--min-coverage=\(bad)"], "--min-coverage")
    }
    try expectError(
      64, arguments + ["--min-coverage", "0.2", "--set", "vocabulary=hashed"], "takes every word for one that it knows")
    try expectError(
      64,
      ["train", "--continue", shop.model, "--data", shop.train, "--facet", "topic", "--min-coverage", "0.2"]
        + ["--output", shop.model], "--min-coverage out")
  }

  @Test func withholding() throws {
    let shop = try Workshop()
    let unknown = try shop.folder.write("page.txt", "Zwölf Boxkämpfer jagen Viktor")
    let json = try expectSuccess(["classify", "--model", shop.model, "--format", "json", unknown]).json()
    #expect(json["tags"] == .object([]))
    #expect(json["withheld"]?["topic"]?.string?.contains("no word of the text") == true)
    let known = try shop.folder.write("known.txt", "A match and a minister.")
    let arguments = ["classify", "--model", shop.model, known]
    let reason = try expectSuccess(arguments + ["--format", "json", "--min-probability", "1"]).json()
    #expect(reason["tags"] == .object([]))
    let words = try #require(reason["withheld"]?["topic"]?.string)
    #expect(words.contains("below 1.0"))
    #expect(words.contains("probability of 0."), "what is below 1 does not look like 1: \(words)")
    #expect(try expectSuccess(arguments + ["--min-probability", "1"]).output.contains("withheld: the most probable"))
    for bad in ["2", "nan", "inf", "-1", "x"] {
      try expectError(64, arguments + ["--min-probability=\(bad)"], "--min-probability")
    }
  }

  @Test func damagedRecords() throws {
    let shop = try Workshop()
    let good = try shop.folder.text("test.jsonl")
    let bad = try shop.folder.write("bad.jsonl", good + "{\"text\": oops}\n{\"text\": 3}\n" + good)
    let arguments = ["classify", "--model", shop.model, "--format", "json", bad]
    try expectError(65, arguments, "bad.jsonl:31")
    let skipping = try expectSuccess(arguments + ["--on-error", "skip"])
    #expect(skipping.lines.count == 60)
    #expect(skipping.errors.contains("warning: 2 damaged records skipped"))
    #expect(skipping.errors.contains("bad.jsonl:31"))
    try expectError(
      65, arguments + ["--on-error", "skip", "--max-skipped", "1"], "more than 1 damaged record,", "bad.jsonl:31")
    #expect(try expectSuccess(arguments + ["--on-error", "skip", "--max-skipped", "2"]).lines.count == 60)
  }

  @Test func hierarchies() throws {
    let shop = try Workshop(model: false)
    let path = try shop.folder.write(
      "paths.jsonl",
      Samples.jsonLines(Samples.articles(60)) {
        .string($0.label == "sport" ? "Leisure/Sport" : "World/\($0.label)")
      })
    try expectSuccess(shop.training(path) + Workshop.quick)
    let documents = try expectSuccess(["classify", "--model", shop.model, "--format", "json", shop.test]).jsonLines()
    let labels = documents.map { $0["tags"]?["topic"]?.elements?.first?["label"]?.string }
    #expect(Set(labels) == ["Leisure/Sport", "World/politics", "World/science"])
    let evaluation = try expectSuccess(["evaluate", "--model", shop.model, "--data", path, "--format", "json"]).json()
    #expect(try #require(evaluation["top_level_accuracy"]?.number) >= (try #require(evaluation["accuracy"]?.number)))
    let bad = try shop.folder.write("bad.jsonl", #"{"text":"a b","topic":"Europe//Ukraine"}"#)
    try expectError(65, shop.training(bad), "bad.jsonl:1, field \"topic\"", "empty step")
  }

  @Test(arguments: ["micro-f1", "macro-f1", "balanced", "precision:0.9"]) func multiLabel(objective: String) throws {
    let shop = try Workshop(model: false)
    let path = try shop.folder.write(
      "several.jsonl",
      Samples.jsonLines(Samples.articles(60)) {
        $0.label == "science" ? [] : .array([.string($0.label), "news"])
      })
    try expectError(65, shop.training(path), "several.jsonl:1", "--multi-label")
    try expectSuccess(
      shop.training(path) + Workshop.quick + ["--multi-label", "--thresholds", objective, "--folds", "3"])
    let documents = try expectSuccess(["classify", "--model", shop.model, "--format", "json", path]).jsonLines()
    let counts = documents.map { $0["tags"]?["topic"]?.elements?.count ?? 0 }
    #expect(counts.max() == 2)
    for document in documents {
      let probabilities = document["tags"]?["topic"]?.elements?.compactMap { $0["probability"]?.number } ?? []
      #expect(probabilities == probabilities.sorted(by: >), "the most probable first")
      #expect(probabilities.isEmpty == (document["withheld"]?["topic"] != nil))
    }
    let evaluation = try expectSuccess(["evaluate", "--model", shop.model, "--data", path, "--format", "json"]).json()
    #expect(evaluation["kind"] == "multi-label")
    #expect(evaluation["confusion"] == [])
  }
}
