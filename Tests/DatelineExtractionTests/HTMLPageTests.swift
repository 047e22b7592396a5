import DatelineExtraction
import Testing

@Suite("Pages in HTML")
struct HTMLPageTests {
  /// Expects the whole story, the headline, and nothing of the frame.
  private func expectStory(
    _ page: ExtractedPage, without words: [String] = [], at place: SourceLocation = #_sourceLocation
  ) {
    #expect(page.kind == .html, sourceLocation: place)
    #expect(page.title == Samples.headline, sourceLocation: place)
    for mark in Samples.marks { #expect(page.body.contains(mark), "missing: \(mark)", sourceLocation: place) }
    for word in words + ["Television", "Brazil", "Japan", "Kenya", "rights reserved", "Terms of use", Samples.headline]
    {
      #expect(!page.body.contains(word), "in the body: \(word)", sourceLocation: place)
    }
  }

  @Test("menu, trending list and footer stay out")
  func frame() throws { expectStory(try extract(Samples.page(Samples.story))) }

  @Test("paragraphs have an empty line between them")
  func paragraphs() throws {
    #expect(try extract(Samples.page(Samples.story)).body == Samples.paragraphs.joined(separator: "\n\n"))
  }

  @Test(
    "clutter beside and inside of the story",
    arguments: [
      #"<div class="cookie-banner"><p>We use cookies to make this site better. By going on you accept them.</p></div>"#,
      #"<div id="newsletter-signup"><p>Sign up for our newsletter and get the news every morning.</p></div>"#,
      #"<figure><img src="x.jpg"><figcaption>The tower in 1990. Photo: Cookie Larsen</figcaption></figure>"#,
      #"<div class="share-bar"><a href="/s">Share on Facebook</a> <a href="/s">Cookie tweet</a></div>"#,
      #"<ul class="related-links"><li><a href="/9">Cookie prices rise in Chile</a></li><li><a href="/8">Newsletter of Peru</a></li></ul>"#,
      #"<div class="advertisement">Advertisement</div>"#,
      #"<script>document.write("<p>Cookie script, not a text of the page at all.</p>")</script>"#,
      #"<style>p.cookie { color: red }</style><noscript><p>Cookie: this page needs scripts.</p></noscript>"#,
      #"<div style="display: none"><p>Cookie text that nobody sees, although it is long and ends in a stop.</p></div>"#,
      #"<!-- <p>Cookie comment, long enough to be a paragraph, with a full stop at its end.</p> -->"#,
    ])
  func clutter(_ markup: String) throws {
    let parts = Samples.paragraphs.map { "<p>\($0)</p>" }
    let content = parts[..<2].joined() + markup + parts[2...].joined()
    let words = ["cookie", "Cookie", "newsletter", "Newsletter", "Advertisement", "Facebook"]
    expectStory(try extract(Samples.page(content)), without: words)
  }

  @Test("comments under the story stay out")
  func comments() throws {
    let comments = (0..<4).map {
      "<li class=\"comment\"><p>Comment \($0): I have lived here all my life, and I say it was time.</p></li>"
    }
    let page = try extract(Samples.page(Samples.story + "<ol id=\"comments\">\(comments.joined())</ol>"))
    expectStory(page, without: ["I have lived here"])
  }

  @Test("teasers of other stories stay out, long ones too")
  func teasers() throws {
    let teasers = ["Finland", "Portugal", "Ghana"].map {
      "<div class=\"teaser\"><h4><a href=\"/t\">\($0) elects a new parliament</a></h4><p><a href=\"/t\">Voters in \($0) went to the polls on Sunday after a long campaign about prices...</a></p></div>"
    }
    let page = try extract(
      Samples.page(Samples.story + "<div class=\"related\"><h3>More stories</h3>\(teasers.joined())</div>"))
    expectStory(page, without: ["Finland", "Portugal", "Ghana", "More stories"])
  }

  @Test("a form around the page loses nothing")
  func form() throws {
    let page = Samples.page(Samples.story).replacing(
      "<div class=\"content\">", with: "<form action=\"/\"><div class=\"content\">")
    expectStory(try extract(page.replacing("</body>", with: "</form></body>")))
  }

  @Test("quotes, lists and sub-headings of the story stay in")
  func structure() throws {
    let parts = Samples.paragraphs.map { "<p>\($0)</p>" }
    let quote = "We steer by what we know, and we have known that light since we were children."
    let items = [
      "The tower will be 31 metres high, one metre more than the old one.",
      "It will have a lamp that needs no keeper and is seen for twenty miles.",
    ]
    let list = items.map { "<li>\($0)</li>" }.joined()
    let middle =
      "<h2>Why the tower matters to the boats</h2>\(parts[2])<blockquote><p>\(quote)</p></blockquote><ul>\(list)</ul>"
    let content = parts[..<2].joined() + middle + parts[3...].joined()
    let page = try extract(Samples.page(content))
    expectStory(page)
    #expect(page.body.contains("We steer by what we know"))
    #expect(page.body.contains("Why the tower matters"))
    #expect(page.body.contains("one metre more than the old one.\nIt will have"))
  }

  @Test("paragraphs made of line breaks")
  func lineBreaks() throws {
    expectStory(try extract(Samples.page("<div>" + Samples.paragraphs.joined(separator: "<br><br>") + "</div>")))
  }

  @Test("tables as layout, in the way of old pages")
  func tables() throws {
    let page = """
      <html><head><title>\(Samples.headline)</title></head><body><table><tr><td width=150><a href=a>Home</a><br>
      <a href=b>Television</a><br><a href=c>Japan</a></td><td><font size=5><b>\(Samples.headline)</b></font>
      \(Samples.story)</td></tr></table></body></html>
      """
    expectStory(try extract(page))
  }

  @Test("a page without a story has no body")
  func noStory() throws {
    let page = try extract(
      "<html><head><title>Nothing</title></head><body>\(Samples.menu)\(Samples.footer)</body></html>")
    #expect(page.body == "")
    #expect(page.title == "Nothing")
  }

  @Test("every block is explained where that is asked for")
  func explanations() throws {
    let page = try extract(Samples.page(Samples.story), explains: true)
    #expect(page.blocks.count { $0.role == .body } == Samples.paragraphs.count)
    #expect(page.blocks.count { $0.role == .title } == 1)
    #expect(page.blocks.contains { $0.role == .dropped && $0.text.hasPrefix("Japan") })
    #expect(page.blocks.allSatisfy { !$0.reason.isEmpty })
    #expect(try extract(Samples.page(Samples.story)).blocks.isEmpty)
  }

  @Test("a story in other scripts")
  func otherScripts() throws {
    let russian =
      "Городской совет проголосовал за восстановление маяка, который был разрушен штормом одиннадцать лет назад. Работы займут два года, сообщил мэр города."
    let chinese = "市议会星期二投票决定重建十一年前被风暴摧毁的灯塔。市长表示，工程预计需要两年时间，明年春天开始动工，费用约为六百万。"
    for text in [russian, chinese] {
      let story = (1...4).map { "<p>\(text) \($0)。</p>" }.joined()
      let page = try extract(Samples.page(story))
      #expect(page.body.contains(text))
      #expect(!page.body.contains("Brazil"))
    }
  }
}
