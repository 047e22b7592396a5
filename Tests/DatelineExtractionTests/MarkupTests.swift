import DatelineExtraction
import Testing

@Suite("Broken and hostile markup")
struct MarkupTests {
  private let last = "in a single night"

  @Test(
    "broken markup",
    arguments: [
      "<p>\(Samples.paragraphs.joined(separator: "<p>"))",
      "<div><p>\(Samples.paragraphs.joined(separator: "</p></div></span></table><p>"))",
      "<p class=\"a>\(Samples.paragraphs[0])</p><p class=\"b\">\(Samples.paragraphs.joined(separator: "</p><p>"))</p>",
      "<p>\(Samples.paragraphs.joined(separator: "</p><p title='it's'>"))</p>",
      "<b><i><p>\(Samples.paragraphs.joined(separator: "</b></p></i><b><i><p>"))",
      "<p>1 < 2 && 3 > 2 &nosuch; &#x110000; &#0;</p><p>\(Samples.paragraphs.joined(separator: "</p><p>"))",
      "<p\n>\(Samples.paragraphs.joined(separator: "</p\n><P >"))</p",
      "<![CDATA[ x ]]><?php echo 1 ?><p>\(Samples.paragraphs.joined(separator: "</p><!-- -- > --><p>"))</p>",
      "<p>\(Samples.paragraphs.joined(separator: "</p><p>"))</p><!-- a comment without an end",
      "<p>\(Samples.paragraphs.joined(separator: "</p><p>"))</p><script>var x = '<p>';",
    ])
  func broken(_ content: String) throws {
    let page = try extract(Samples.page(content))
    for mark in Samples.marks { #expect(page.body.contains(mark), "missing: \(mark)") }
  }

  @Test("NUL does not end the page")
  func nul() throws {
    let page = try extract(Samples.page(Samples.story.replacing("Nine members", with: "Nine\0members")))
    #expect(page.body.contains("Nine members") && page.body.contains(last))
  }

  @Test("signs that nobody sees are left out, and spaces collapsed")
  func invisible() throws {
    let story = Samples.story.replacing("Nine members", with: "Ni\u{AD}ne\u{A0}\n\t mem\u{200B}bers&nbsp;&#32;")
    #expect(try extract(Samples.page(story)).body.contains("Nine members voted"))
  }

  @Test("references, those of Windows-1252 too")
  func references() throws {
    let story = Samples.story.replacing("went on", with: "w&eacute;nt &#147;on&#148; &#x4E2D; &amp; &lt;up&gt;")
    #expect(try extract(Samples.page(story)).body.contains("wént “on” 中 & <up> until"))
  }

  /// Each would take hours if the time grew with the square of the length.
  @Test(
    "hostile pages take linear time", .timeLimit(.minutes(1)),
    arguments: [
      ("<div>", ""), ("<div>", "</span>"), ("<span><div><x>", "</span>"), ("<b>", "</b>"), ("<a \"", ""), ("<!--", ""),
      ("<a a='", ""), ("<table><tr><td>", ""), ("<p>x", ""), ("<", ""), ("</p>", ""), ("&amp", ""), ("<script>", ""),
      ("<li>x\n", ""), ("<h1>x", "</h1>"), ("<p><a href=x>y</a>", ""), ("<br>", ""), ("<select><option>", ""),
      ("<title>a b ", ""), ("<meta name=date content=2>", ""),
    ])
  func hostile(_ opening: String, _ closing: String) throws {
    let count = 25_000
    let page =
      "<html><body>" + String(repeating: opening, count: count) + String(repeating: closing, count: count)
      + Samples.story
    _ = try extract(page)
  }

  @Test("a tag with very many attributes", .timeLimit(.minutes(1)))
  func attributes() throws {
    let attributes = (0..<50_000).map { " a\($0)" }.joined()
    let page = try extract(Samples.page("<div\(attributes)>\(Samples.story)</div>"))
    #expect(page.body.contains(last))
  }

  @Test("deep nesting keeps the text")
  func nesting() throws {
    let depth = 5_000
    let content = String(repeating: "<div>", count: depth) + Samples.story + String(repeating: "</div>", count: depth)
    #expect(try extract(Samples.page(content)).body.contains(last))
  }

  @Test("any bytes at all give a page or an error, never a crash")
  func randomBytes() throws {
    var state: UInt64 = 42
    let fragments = [
      "<", ">", "</", "div", "p", "\"", "'", "=", " ", "<!--", "-->", "<script", "&", ";", "#", "é", "\u{0}", "a",
    ]
    for _ in 0..<300 {
      var page = "<html><p>"
      for _ in 0..<60 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        page += fragments[Int(state >> 33) % fragments.count]
      }
      _ = try extract(page)
      let bytes = Array(page.utf8).map { $0 ^ UInt8(truncatingIfNeeded: state >> 40) & 0x80 }
      _ = try? PageExtractor().extract(bytes)
    }
  }
}
