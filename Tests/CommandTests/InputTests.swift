import DatelineCore
import Testing

/// Every way in.
@Suite struct InputTests {
  private let shop: Workshop
  private var classify: [String] { ["classify", "--model", shop.model, "--format", "json"] }

  init() throws { shop = try Workshop() }

  private func labels(_ run: Run) throws -> [String] {
    try run.jsonLines().map { $0["tags"]?["topic"]?.elements?.first?["label"]?.string ?? "-" }
  }

  private var expected: [String] { Samples.articles(30, from: 100).map(\.label) }

  @Test func standardInput() throws {
    #expect(try labels(expectSuccess(classify, input: shop.test)) == expected)
    #expect(try labels(expectSuccess(classify + ["-"], input: shop.test)) == expected)
    let piped = try Command.shell(
      "head -n 3 test.jsonl | $dateline classify --model topic.dateline --format json -", in: shop.folder)
    #expect(try labels(piped) == Array(expected.prefix(3)))
    try expectError(64, classify + ["-", "-"], "named twice", input: shop.test)
    let trained = try expectSuccess(
      shop.training("-", output: shop.folder.file("b")) + Workshop.quick, input: shop.train)
    #expect(trained.output == "")
    #expect(try shop.folder.bytes("b") == shop.folder.bytes("topic.dateline"), "where documents come from is not kept")
  }

  @Test func compressed() throws {
    let run = try Command.shell(
      """
      gzip -k test.jsonl && $dateline classify --model topic.dateline --format json test.jsonl.gz &&
      gzip -c test.jsonl | $dateline classify --model topic.dateline --format json
      """, in: shop.folder)
    #expect(run.code == 0, "\(run.errors)")
    #expect(try labels(run) == expected + expected)
    let cut = try shop.folder.write("cut.jsonl.gz", Array(try shop.folder.bytes("test.jsonl.gz").dropLast(20)))
    try expectError(65, classify + [cut], "cut.jsonl.gz", "cut off")
  }

  @Test func delimited() throws {
    let rows = Samples.articles(30, from: 100).map { "\($0.label),\"\($0.title)\",\"\($0.text)\"" }
    let plain = try shop.folder.write("plain.csv", rows.joined(separator: "\n"))
    let named = try shop.folder.write("named.csv", "topic,title,text\n" + rows.joined(separator: "\r\n"))
    #expect(try labels(expectSuccess(classify + [named])) == expected)
    #expect(try labels(expectSuccess(classify + ["--text-fields", "title", named])) == expected)
    #expect(try labels(expectSuccess(classify + ["--text-fields", "2,3", plain])) == expected)
    let numbered = try expectSuccess(
      ["evaluate", "--model", shop.model, "--format", "json", "--text-fields", "2,3", "--label-field", "1"]
        + ["--data", plain])
    #expect(try numbered.json()["accuracy"] == 1)
    try expectError(65, classify + ["--text-fields", "2,9", plain], "plain.csv", "9")
    try expectError(65, classify + ["--text-fields", "title,none", named], "named.csv", "none")
    try expectError(64, classify + ["--text-fields", "title,,text", named], "--text-fields")
  }

  @Test func foldersAndText() throws {
    for (number, article) in Samples.articles(12).enumerated() {
      try shop.folder.write("labels/\(article.label)/\(number).txt", article.text)
    }
    try shop.folder.write("labels/sport/.hidden", "nothing")
    let labelled = shop.folder.file("labels")
    let evaluation = try expectSuccess(["evaluate", "--model", shop.model, "--data", labelled, "--format", "json"])
    #expect(try evaluation.json()["documents"] == 12)
    #expect(evaluation.errors.contains("1 file or folder passed over by name: \(labelled)/sport/.hidden"))
    let documents = try expectSuccess(classify + [labelled]).jsonLines()
    #expect(documents.count == 12)
    #expect(documents.first?["id"] == "politics/0.txt")
    let page = try shop.folder.write("page.txt", "The striker scored\n\na goal in the match.")
    let run = try expectSuccess(["classify", "--model", shop.model, page])
    #expect(run.output.hasPrefix("page.txt\n  topic  "))
    #expect(run.output.contains("  sport  (") && run.output.contains("striker"), "the words that decided")
    try expectError(
      64, ["evaluate", "--model", shop.model, "--data", page], "page.txt", "plain text, which carries no labels")
  }

  @Test func nothingToClassify() throws {
    let empty = try shop.folder.write("empty.jsonl", "")
    try shop.folder.write("folder/.hidden", "nothing")
    for path in [empty, "/dev/null", shop.folder.file("folder")] {
      let run = try expectSuccess(classify + [path])
      #expect(run.output == "")
      #expect(run.errors.contains("nothing to classify"))
    }
    try expectError(65, classify + ["/bin/ls"], "/bin/ls", "NUL", "binary")
    try expectError(66, classify + [shop.test, shop.folder.file("none")], "none: no such file or folder")
    try expectError(64, classify + [""], "empty path")
  }

  @Test func splitsOfFormatsWithoutSplits() throws {
    try expectError(64, classify + ["--split", "train", shop.test], "--split train", "reuters-sgml")
    try expectError(64, classify + ["--split", "dev", shop.test], "dev")
  }

  @Test func labelFields() throws {
    let arguments = ["evaluate", "--model", shop.model, "--data", shop.test]
    try expectError(65, arguments + ["--label-field", "none"], "test.jsonl:1, field \"none\"")
    #expect(try expectSuccess(arguments + ["--label-field", "topic"]).output.contains("30 documents"))
  }
}
