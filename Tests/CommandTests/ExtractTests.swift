import DatelineCore
import Testing

@Suite("dateline extract")
struct ExtractTests {
  private let story = """
    <p>The council has voted to rebuild the lighthouse that a storm destroyed eleven years ago, after a long debate.</p>
    <p>Nine members voted in favour and four against, and the work is expected to take two years, said the mayor.</p>
    <p>Opponents said the money was needed for the school, where two classrooms have been closed since the autumn.</p>
    """

  private func page(in folder: TemporaryFolder, _ name: String = "page.html") throws -> String {
    try folder.write(
      name,
      """
      <html lang="en"><head><title>Town rebuilds lighthouse</title><meta name="date" content="2024-05-01"></head><body>
      <ul class="menu"><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul>
      <h1>Town rebuilds lighthouse</h1><div class="story">\(story)</div></body></html>
      """)
  }

  @Test("JSON has the page's parts and where they are from, one object for each page, in the order of the pages")
  func json() throws {
    let folder = try TemporaryFolder()
    let text = try folder.write("plain.txt", "Late goal decides the final")
    let run = try expectSuccess(["extract", "--format", "json", page(in: folder), text])
    let pages = try run.jsonLines()
    #expect(pages.count == 2)
    #expect(pages[0].members.map(\.name) == ["title", "body", "date", "language", "id", "source"])
    #expect(pages[0]["title"]?.string == "Town rebuilds lighthouse")
    #expect(pages[0]["body"]?.string?.hasPrefix("The council has voted") == true)
    #expect(pages[1]["id"]?.string == text && pages[1]["source"] == .null)
    #expect(pages[0]["date"]?.string == "2024-05-01" && pages[0]["language"]?.string == "en")
    #expect(pages[1]["body"]?.string == "Late goal decides the final" && pages[1]["title"] == .null)
  }

  @Test("text for people: the headline, an empty line, the story")
  func text() throws {
    let folder = try TemporaryFolder()
    let lines = try expectSuccess(["extract", page(in: folder)]).output.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "Town rebuilds lighthouse" && lines[1] == "" && lines[2].hasPrefix("The council"))
  }

  @Test("standard input, and --explain")
  func explain() throws {
    let folder = try TemporaryFolder()
    let run = try expectSuccess(["extract", "--explain", "-"], input: page(in: folder))
    #expect(
      run.output.contains("drop   Home") && run.output.contains("keep   The council")
        && run.output.contains("title  Town"))
    let json = try expectSuccess(["extract", "--explain", "--format", "json"], input: page(in: folder)).json()
    #expect(json["blocks"]?.elements?.allSatisfy { $0["reason"]?.string?.isEmpty == false } == true)
  }

  @Test("a folder stands for its pages, in the order of their names")
  func folders() throws {
    let folder = try TemporaryFolder()
    let names = try ["b/two.html", "a.html", "b/one.html"].map { try page(in: folder, "pages/\($0)") }
    let pages = try expectSuccess(["extract", "--format", "json", folder.path + "/pages"]).jsonLines()
    #expect(pages.map { $0["id"]?.string } == [names[1], names[2], names[0]])
    try folder.write("empty/.hidden", "")
    try expectError(66, ["extract", folder.path + "/empty"], "empty", "no page")
    try folder.write("notes/README.txt", "about")
    let notice = try page(in: folder, "notes/notice-of-strike.html")
    let run = try expectSuccess(["extract", "--format", "json", folder.path + "/notes"])
    #expect(try run.jsonLines().map { $0["id"]?.string } == [notice])
    #expect(run.errors.contains("notes/README.txt"))
  }

  @Test("pages that cannot be read are named, and the others shown")
  func others() throws {
    let folder = try TemporaryFolder()
    let good = try page(in: folder)
    let missing = folder.path + "/none.html"
    let run = try Command.run(
      ["extract", "--format", "json", folder.write("x.bin", "a\0b"), good, missing, good])
    #expect(run.code == 65)
    for word in ["x.bin", "none.html", "2 pages"] { #expect(run.errors.contains(word), "\(run.errors)") }
    #expect(try run.jsonLines().map { $0["id"]?.string } == [good, good])
  }

  @Test("a page may be compressed with gzip")
  func compressed() throws {
    let folder = try TemporaryFolder()
    let plain = try expectSuccess(["extract", page(in: folder, "a.html")]).output
    let run = try Command.shell(
      "gzip -k a.html && $dateline extract a.html.gz && gzip -c a.html | $dateline extract", in: folder)
    #expect(run.code == 0 && run.output == plain + plain, "\(run.errors)")
  }

  @Test("what a message quotes does nothing to a terminal")
  func escapes() throws {
    let folder = try TemporaryFolder()
    let run = try Command.run(["extract", folder.path + "/no\u{1B}[31m.html"])
    #expect(run.code == 66 && run.errors.contains("/no [31m.html") && !run.errors.contains("\u{1B}"))
  }

  @Test("mistakes are named")
  func mistakes() throws {
    let folder = try TemporaryFolder()
    try expectError(66, ["extract", folder.path + "/none.html"], "none.html", "no such file")
    try expectError(65, ["extract", folder.write("x.bin", "a\0b")], "x.bin", "NUL")
    try expectError(64, ["extract", "--input-format", "pdf"], "pdf")
    try expectError(64, ["extract", "--threads", "0"], "--threads")
  }
}
