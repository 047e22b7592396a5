import DatelineCore
import Testing

/// Pages are read where documents without labels are.
@Suite struct PageTests {
  private static let story = [
    "The coach praised the striker after the match, in which the team scored a goal in each half of a wet evening.",
    "The league had moved the match by a day, since the team of the visitors came home late from a cup, said the coach.",
    "A goal of the striker decided it, and the team of the coach is now at the top of the league for the first time.",
  ]

  private static func html(encoding: String = "utf-8") -> String {
    """
    <!DOCTYPE html><html lang="en"><head><meta charset="\(encoding)"><title>The striker and the league</title></head><body>
    <nav><ul><li><a href="/a">Parliament</a></li><li><a href="/b">Senate vote</a></li><li><a href="/c">Treaty</a></li>
    </ul></nav><h1>The striker and the league</h1><article>\(story.map { "<p>\($0)</p>" }.joined())</article>
    <aside><ul><li><a href="/d">Parliament: the vote on the treaty</a></li><li><a href="/e">Ballot for the senate</a></li>
    </ul></aside></body></html>
    """
  }

  private static let copied = """
    Skip to content
    Home
    Parliament
    Senate

    The striker and the league

    \(story.joined(separator: "\n\n"))

    Read more
    Parliament: the vote on the treaty
    Minister wins ballot
    """

  private func classify(_ shop: Workshop, _ path: String, _ more: String...) throws -> [JSONValue] {
    try expectSuccess(["classify", "--model", shop.model, "--format", "json"] + more + [path]).jsonLines()
  }

  private func label(_ document: JSONValue) -> String? { document["tags"]?["topic"]?.elements?.first?["label"]?.string }

  @Test func htmlAndCopiedPages() throws {
    let shop = try Workshop()
    for (name, content) in [
      ("page.html", PageTests.html()), ("page", PageTests.html()), ("page.txt", PageTests.copied),
    ] {
      let found = try classify(shop, try shop.folder.write("pages/" + name, content))
      #expect(found.count == 1 && label(found[0]) == "sport", "\(name): \(found.map(\.text))")
    }
    // The story decides: the page as it stands has words of both.
    let path = try shop.folder.write("page.txt", PageTests.copied)
    let (page, text) = (try classify(shop, path), try classify(shop, path, "--input-format", "text"))
    let probabilities = [page, text].map { $0[0]["tags"]?["topic"]?.elements?.first?["probability"]?.number ?? 0 }
    #expect(probabilities[0] > probabilities[1])
  }

  @Test func pagesInUTF16AndLatin1() throws {
    let shop = try Workshop()
    var utf16: [UInt8] = [0xFF, 0xFE]
    for unit in PageTests.html(encoding: "utf-16").utf16 { utf16 += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    var latin1: [UInt8] = []
    for scalar in PageTests.html(encoding: "iso-8859-1").replacing("wet", with: "très").unicodeScalars {
      latin1.append(UInt8(truncatingIfNeeded: scalar.value))
    }
    for (name, bytes) in [("wide.html", utf16), ("narrow.html", latin1)] {
      let found = try classify(shop, try shop.folder.write(name, bytes))
      #expect(found.count == 1 && label(found[0]) == "sport", "\(name)")
    }
  }

  @Test func binaryFilesAreRefused() throws {
    let shop = try Workshop()
    let bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 1, 2, 3, 0, 0, 0xFF]
    let path = try shop.folder.write("picture.html", bytes)
    try expectError(65, ["classify", "--model", shop.model, path], "picture.html", "binary")
    // Others are read where damage is skipped.
    try shop.folder.write("mixed/a.html", PageTests.html())
    try shop.folder.write("mixed/b.html", bytes)
    let found = try classify(shop, shop.folder.file("mixed"), "--on-error", "skip")
    #expect(found.count == 1 && label(found[0]) == "sport")
  }

  @Test func foldersOfPages() throws {
    let shop = try Workshop()
    for name in ["c.html", "a.html", "sub/b.htm"] { try shop.folder.write("site/" + name, PageTests.html()) }
    try shop.folder.write("site/d.txt", PageTests.copied)
    let found = try classify(shop, shop.folder.file("site"))
    #expect(found.count == 4 && found.allSatisfy { label($0) == "sport" })
    let identifiers = found.compactMap { $0["id"]?.string }
    #expect(identifiers == identifiers.sorted() && Set(identifiers).count == 4, "\(identifiers)")
  }

  @Test func trainingOnPagesIsRefused() throws {
    let shop = try Workshop(model: false)
    let path = try shop.folder.write("page.html", PageTests.html())
    try expectError(64, shop.training(path) + Workshop.quick, "page.html", "page", "labels", "--input-format")
    #expect(!shop.folder.names.contains("topic.dateline"))
    let model = try Workshop()
    try expectError(
      64, ["classify", "--model", model.model, "--text-fields", "title,text", path], "page", "--text-fields")
  }
}

/// Where models are looked for that nobody names.
@Suite struct ModelFolderTests {
  private func facets(_ run: Run) throws -> [String] {
    try #require(run.code == 0, "\(run.errors)")
    return try run.jsonLines().first?["tags"]?.members.map(\.name) ?? []
  }

  @Test func theEnvironmentComesBeforeTheCurrentFolder() throws {
    let shop = try Workshop()
    func train(_ facet: String, _ output: String) throws {
      try shop.folder.write(output + "/none.txt", "")
      try expectSuccess(
        ["train", "--data", shop.train, "--facet", facet, "--label-field", "topic", "--output"]
          + [shop.folder.file("\(output)/\(facet).dateline")] + Workshop.quick)
    }
    try train("zeta", "Models")
    try train("alpha", "Models")
    try train("named", "other")
    let classify = "\"$dateline\" classify --format json test.jsonl"
    // In the order of their names, and nothing but models.
    try shop.folder.write("Models/.hidden.dateline", "no model")
    try shop.folder.write("Models/notes.md", "no model")
    #expect(try facets(Command.shell(classify, in: shop.folder)) == ["alpha", "zeta"])
    #expect(try facets(Command.shell("DATELINE_MODELS=other " + classify, in: shop.folder)) == ["named"])
    #expect(
      try facets(
        Command.shell("\"$dateline\" classify --model other/named.dateline --format json test.jsonl", in: shop.folder))
        == ["named"])
    // An empty folder that is named is an error, and no reason to look elsewhere.
    try shop.folder.write("empty/none.txt", "")
    let empty = try Command.shell("DATELINE_MODELS=empty " + classify, in: shop.folder)
    #expect(empty.code == 66 && empty.errors.contains("empty") && empty.errors.contains(".dateline"))
    // A damaged one is named.
    try shop.folder.write("Models/beta.dateline", "no model")
    let damaged = try Command.shell(classify, in: shop.folder)
    #expect(damaged.code == 65 && damaged.errors.contains("beta.dateline"), "\(damaged.errors)")
  }
}
