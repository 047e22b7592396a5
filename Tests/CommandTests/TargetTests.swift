import DatelineCore
import Testing

/// Tone towards a target, from training to explaining.
@Suite struct TargetTests {
  private func training() -> String {
    let verbs = [
      ("negative", ["booed", "blamed"]), ("neutral", ["met", "phoned"]), ("positive", ["praised", "thanked"]),
    ]
    var lines = ""
    for number in 0..<60 {
      let (label, own) = verbs[number % 3]
      let json: JSONValue = [
        "text": .string(
          "On day \(number % 7) the crowd \(own[number / 3 % 2]) Ada Brandt by the river in town \(number % 5)."),
        "whom": "Ada Brandt", "sentiment": .string(label),
      ]
      lines += json.text + "\n"
    }
    return lines
  }

  @Test func fromTrainingToExplaining() throws {
    let folder = try TemporaryFolder()
    let data = try folder.write("train.jsonl", training())
    let model = folder.file("sentiment.dateline")
    let common = ["--facet", "sentiment", "--unit", "sentence", "--target-field", "whom"]
    try expectSuccess(
      ["train", "--data", data, "--output", model, "--features", "tone", "--set", "fields=separate"] + common)
    let measured = try expectSuccess(
      ["evaluate", "--model", model, "--data", data, "--target-field", "whom", "--format", "json"])
    #expect(try measured.json()["accuracy"]?.number == 1)
    let text = try folder.write("text.txt", "On day 3 the crowd praised Ole Lund by the river in town 2.")
    let lund = try expectSuccess(
      ["classify", "--model", model, "--target", "Ole Lund", "--format", "json", text]).json()
    #expect(lund["tags"]?["sentiment"]?.elements?.first?["label"]?.string == "positive")
    let nobody = try expectSuccess(
      ["classify", "--model", model, "--target", "Eva Moe", "--format", "json", text]).json()
    #expect(nobody["withheld"]?["sentiment"]?.string?.contains("does not mention") == true)
    try expectSuccess(["explain", "--model", model, "--target", "Lund", text])
  }

  /// What the articles add to the file counts as well.
  @Test func aLimitOfSizeHoldsWithArticles() throws {
    let folder = try TemporaryFolder()
    let data = try folder.write("train.jsonl", training())
    func train(_ name: String, _ further: String...) throws -> [String] {
      ["train", "--data", data, "--facet", "sentiment", "--unit", "sentence", "--output", folder.file(name)] + further
    }
    try expectSuccess(train("plain"))
    try expectSuccess(train("articles", "--articles", data))
    let (plain, full) = (try folder.bytes("plain").count, try folder.bytes("articles").count)
    try #require(plain < full)
    try expectError(
      64, train("small", "--articles", data, "--max-model-size", "\(full - 1)"),
      "the model takes \(full) bytes with what")
    #expect(!folder.names.contains("small"))
    try expectSuccess(train("small", "--articles", data, "--max-model-size", "\(full)"))
  }

  @Test func mistakes() throws {
    let folder = try TemporaryFolder()
    let data = try folder.write("train.jsonl", training())
    let train = ["train", "--data", data, "--facet", "sentiment", "--output", folder.file("m")]
    try expectError(64, train + ["--target-field", "whom"], "--unit sentence")
    try expectError(64, train + ["--articles", data], "--unit sentence")
    try expectError(64, train + ["--min-probability", "2"], "0 to 1")
    try expectError(64, ["classify", "--model", "m", "--target", " ", data], "--target")
    try expectError(64, ["classify", "--model", "m", "--target", "A", "--target-field", "b", data], "one of the two")
    let number = try folder.write("number.jsonl", #"{"text":"a b","whom":3,"sentiment":"neutral"}"# + "\n")
    try expectError(
      65, ["train", "--data", number, "--unit", "sentence", "--target-field", "whom"] + train.suffix(4), "a name")
    let table = try folder.write("table.csv", "text,sentiment\nA b,neutral\n")
    try expectError(
      65, ["train", "--data", table, "--unit", "sentence", "--target-field", "whom"] + train.suffix(4), "\"whom\"")
  }
}
