import DatelineExtraction
import Testing

@Suite("Broken and hostile markup")
struct MarkupTests {
  private let last = "in a single night"
  /// U+FDD0, which no string literal may hold.
  private let mark: [UInt8] = [0xEF, 0xB7, 0x90]
  private var markComment: [UInt8] { Array("<!--".utf8) + mark + Array("-->".utf8) }

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

  @Test("noncharacters are left out of long text, and control characters are spaces in it")
  func noCharacters() throws {
    let signs: [[UInt8]] = [[0xEF, 0xBF, 0xBE], [0xEF, 0xBF, 0xBF]]
    for sign in signs {
      let parts = Samples.page(Samples.story).split(separator: "Nine mem", maxSplits: 1).map { Array($0.utf8) }
      let page = parts[0] + Array("Nine\u{2}mem".utf8) + sign + parts[1]
      #expect(try PageExtractor().extract(page).body.contains("Nine members voted"))
    }
  }

  /// In short text, and in long text, which goes round the parser.
  @Test("a control character is a space", arguments: ["a\u{2}b", "Nine of them\u{1F}and ten"])
  func controlCharacters(_ text: String) throws {
    let page = Samples.page(Samples.story.replacing("Nine", with: "<b></b>\(text)<b></b> &amp; Nine"))
    let expected = String(text.map { $0.isASCII && $0 < " " ? " " : $0 })
    #expect(try extract(page).body.contains("\(expected) & Nine"))
  }

  @Test(
    "comments end where browsers end them",
    arguments: ["<!-->", "<!--->", "<!-- a -- b -->", "<!-- a --!>", "<!---->", "<!--a--!b-->"])
  func comments(_ comment: String) throws {
    let story = Samples.story.replacing("went on", with: "went\(comment) far<!-- later --> on")
    #expect(try extract(Samples.page(story)).body.contains("went far on"))
  }

  /// The tag behind a reference without a semicolon can be left out.
  @Test(
    "references end with their text",
    arguments: [
      ("&#163<span>250", "£250"), ("&#xA3<b>25", "£25"), ("costs &#36<img>100", "costs $100"),
      ("AT&#38<!-- x -->38;T", "AT&38;T"), ("&#<b>38;", "&#38;"), ("&<b>amp;", "&amp;"), ("&#x<i>26;", "&#x26;"),
      ("&#163a<span>b", "£ab"), ("R&<b>D", "R&D"),
    ])
  func endingReferences(_ text: String, _ expected: String) throws {
    let page = Array(Samples.page(Samples.story.replacing("went on", with: "went \(text) on")).utf8)
    for bytes in [page, page + markComment] {
      #expect(try PageExtractor().extract(bytes).body.contains("went \(expected) on"), "\(text)")
    }
  }

  @Test("references, those of Windows-1252 too")
  func references() throws {
    let story = Samples.story.replacing("went on", with: "w&eacute;nt &#147;on&#148; &#x4E2D; &amp; &lt;up&gt;")
    #expect(try extract(Samples.page(story)).body.contains("wént “on” 中 & <up> until"))
  }

  /// A page that holds the mark of references (U+FDD0) itself goes through the parser as it is, so that what goes round it
  /// can be compared.
  @Test("text that goes round the parser is the text that goes through it")
  func textRuns() throws {
    let seed: UInt64 = 20_261_127
    var state = seed
    let fragments = [
      "a few words that are long enough, ", "words ", "& more, ", "&amp;", "&nbsp;", "&eacute",
      "&#8212;and so on to the end", "&#163", "&#x2014", "&#", "\u{2}", "7",
      "<b>", "</b>", "<span>", "<br>", "<p>", "</p>", "<div class=related>", "</div>", "<li>", "</li></ul>",
      "\r\n   \t",
      "é—中文、等等。这是一个很长的句子，", "</", "< 3 and more than that ", "<title>", "</title>", "<a href=x>", "</a>",
      "<option>", "<td>",
    ]
    var withText = 0
    for round in 0..<400 {
      var content = ""
      for _ in 0..<80 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        content += fragments[Int(state >> 33) % fragments.count]
      }
      let page = Samples.page(Samples.story.replacing("went on", with: "went on \(content)"))
      let around = try PageExtractor(explains: true).extract(Array(page.utf8))
      let through = try PageExtractor(explains: true).extract(Array(page.utf8) + markComment)
      #expect(around == through, "round \(round), seed \(seed)")
      withText += around.body.contains("a few words") ? 1 : 0
    }
    #expect(withText > 100)
  }

  @Test("many runs of text in one paragraph, more than the parser reports at once", arguments: 0..<10)
  func manyRuns(_ offset: Int) throws {
    let words = (1...900).map { "and the number of this part is \($0)" }
    let start = String(repeating: "x", count: offset)
    let page = try extract(Samples.page("\(Samples.story)<p>\(start) \(words.joined(separator: "<span> </span>"))</p>"))
    #expect(page.body.contains(words.joined(separator: " ")))
  }

  @Test(
    "a page cannot refer to text by references of its own",
    arguments: ["&#xFDD0;", "&#64976", "&#xFD<span>D0;"],
    ["@@@@@@", "@@@@@A", "@@@@@J", "@@@@AA", "______", "@@", "zz", ""])
  func forgedReferences(_ mark: String, _ number: String) throws {
    let story = Samples.story.replacing("went on", with: "went on \(mark)\(number)<i>!</i>")
    let page = try extract(Samples.page("\(story)<p>Here \(mark)ends what there is to say of it, \(mark)\(number)</p>"))
    for text in Samples.marks.dropFirst() + ["went on", "ends what there is to say of it"] {
      #expect(page.body.ranges(of: text).count == 1, "\(text)")
    }
  }

  @Test(
    "elements that are not shown",
    arguments: [
      "hidden", "HIDDEN=''", "style=\"display:none\"", "style='x: y; Display : NONE'", "style=visibility:hidden",
      "a=b/ style =\n\"color:red;visibility: hidden\"", "@click=\"a > b\" hidden", "style=display:none style=x",
    ])
  func hidden(_ attribute: String) throws {
    let secret = "Nobody is meant to read this sentence, which stands in the page all the same."
    func body(_ attribute: String) throws -> String {
      try extract(Samples.page("\(Samples.story)<p \(attribute)>\(secret)</p><p>\(Samples.paragraphs[1])</p>")).body
    }
    #expect(try !body(attribute).contains("Nobody is meant"))
    #expect(try body("title=\"\(attribute.replacing("\"", with: ""))\"").contains("Nobody is meant"))
  }

  @Test(
    "what a block is called, however its attributes are written",
    arguments: [
      "class=\"comments\"", "CLASS='Comments'", "id=comments", "class=x role='comments'", "itemprop = comment",
      "data-x=\"class='story'>\" class=comments", "=\"x\" class=\"comments\"", "class=\"comments\" class=\"story\"",
      "x/class=comments", "class=\"userComments\" / x",
    ])
  func names(_ attribute: String) throws {
    func reasons(_ attribute: String) throws -> [String] {
      let content = "\(Samples.story)<div \(attribute)><p>I do not think so.</p><p>I do.</p></div>"
      return try extract(Samples.page(content), explains: true).blocks
        .filter { $0.text.hasPrefix("I do") }.map(\.reason)
    }
    #expect(try reasons(attribute) == reasons("class=\"comment\""))
    #expect(try reasons(attribute) != reasons(""))
  }

  @Test("titles that begin with a quotation", arguments: ["\"'I love it': a bridge\"", "'\"I love it\": a bridge'"])
  func quotedTitle(_ content: String) throws {
    let page = "<html><head><meta property=og:title content=\(content)></head><body>\(Samples.story)</body></html>"
    #expect(try extract(page).title == String(content.dropFirst().dropLast()))
  }

  @Test("a title that goes on and on is cut between characters")
  func longTitle() throws {
    let page = "<title>x\(String(repeating: "題", count: 5_000))</title>\(Samples.story)"
    let title = try #require(try extract(page, input: .html).title)
    #expect(title.utf8.count <= 4096 && title.utf8.count > 4000 && title.allSatisfy { $0 == "x" || $0 == "題" })
  }

  @Test("what a page says of itself, however its attributes are written")
  func pageAttributes() throws {
    let head = """
      <meta @x="a b" Property = 'article:published_time' data-y=">" CONTENT=2024-03-01 content="1999-01-01">
      """
    let page = Samples.page(head: head, Samples.story).replacing(
      "<html lang=\"en\">", with: "<HTML class=x xml:LANG='pt-BR'>")
    let found = try extract(page)
    #expect(found.date == "2024-03-01" && found.language == "pt-BR")
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

  @Test("a tag with very many attributes", .timeLimit(.minutes(1)), arguments: ["div", "meta", "time", "html", "b"])
  func attributes(_ element: String) throws {
    let attributes = (0..<50_000).map { " a\($0)" }.joined()
    for tag in [attributes, " @x=\"\(attributes)\"", String(repeating: " content=x class=y", count: 20_000)] {
      let page = try extract(Samples.page("<\(element)\(tag)>\(Samples.story)</\(element)>"))
      #expect(page.body.contains(last))
    }
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
