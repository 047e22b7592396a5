import Testing

@Suite struct UsageTests {
  @Test func unknownWords() throws {
    let shop = try Workshop(model: false)
    try expectError(64, ["frobnicate"], "frobnicate")
    let verbs = [
      shop.training(), ["classify", "--model", shop.model], ["evaluate", "--model", shop.model, "--data", shop.test],
      ["inspect", shop.model], ["plugins", "list"], ["plugins", "show", "naive-bayes"],
    ]
    for verb in verbs { try expectError(64, verb + ["--frobnicate"], "--frobnicate", "dateline \(verb[0])") }
    try expectError(64, shop.training() + ["--plugin", "none"], "\"none\"", "naive-bayes")
    try expectError(64, shop.training() + ["--input-format", "xml"], "\"xml\"", "jsonl")
    try expectError(64, shop.training() + ["--calibration", "maybe"], "vector-scaling")
    try expectError(64, shop.training() + ["--format", "xml"], "json")
  }

  @Test func allBadParametersInOneMessage() throws {
    let shop = try Workshop(model: false)
    try expectError(
      64, shop.training() + ["--set", "C=-1", "--set", "bogus=3", "--set", "ngrams=9-1", "--set", "min-df=x"],
      "C=-1", "bogus: no such parameter", "ngrams=9-1", "min-df=x", "there are C, ")
    try expectError(64, shop.training() + ["--set", "C"], "KEY=VALUE")
    try expectError(64, shop.training() + ["--set", "C=1", "--set", "C=2"], "C is given twice")
  }

  @Test func valuesOutOfRange() throws {
    let shop = try Workshop(model: false)
    for (option, value) in [
      ("--threads", "0"), ("--threads", "1025"), ("--threads", "two"), ("--folds", "1"), ("--folds", "101"),
      ("--seed", "-1"), ("--max-skipped", "-1"), ("--on-error", "weep"), ("--encoding", "ebcdic"),
    ] {
      try expectError(64, shop.training() + ["\(option)=\(value)"], option, value)
    }
    try expectError(64, shop.training() + ["--thresholds", "micro-f1"], "--thresholds needs --multi-label")
    try expectError(64, shop.training() + ["--multi-label", "--thresholds", "precision:2"], "precision")
    try expectError(64, ["train", "--data", "", "--facet", "topic", "--output", "x"], "--data", "empty path")
    try expectError(64, ["train", "--data", shop.train, "--facet", "a b", "--output", "x"], "facet name")
    try expectError(64, ["train", "--facet", "topic", "--output", "x"], "--data")
    #expect(shop.folder.names == ["test.jsonl", "train.jsonl"])
  }

  @Test(arguments: [
    [], ["train"], ["classify"], ["evaluate"], ["inspect"], ["plugins"], ["plugins", "list"], ["plugins", "show"],
  ]) func help(verb: [String]) throws {
    let run = try expectSuccess(verb + ["--help"])
    #expect(run.errors == "")
    #expect(run.output.contains("USAGE: \((["dateline"] + verb).joined(separator: " "))"))
    #expect(try expectSuccess(verb + ["--version"]).output.split(separator: ".").count == 3)
  }
}
