import DatelineExtraction
import Testing

@Suite("Pages copied as text")
struct PastedPageTests {
  private static let menu = "Home\nWorld\nSport\nMoney\nWeather\nTelevision\n"
  private static let trending = """
    Trending
    Brazil: floods reach the second city of the south
    Brazil: floods reach the second city of the south
    Japan opens its longest railway tunnel
    Japan opens its longest railway tunnel
    Kenya's runners win three medals in Berlin
    Kenya's runners win three medals in Berlin

    """
  private static let story = Samples.paragraphs.joined(separator: "\n\n")

  private func expectStory(_ page: ExtractedPage, at place: SourceLocation = #_sourceLocation) {
    #expect(page.kind == .pastedText, sourceLocation: place)
    #expect(page.title == Samples.headline, sourceLocation: place)
    #expect(page.body == Self.story, sourceLocation: place)
  }

  /// One page for each kind of clutter.
  private static let pages: [String] = {
    let headed = "\(Samples.headline)\n\(story)"
    let notice = "We use cookies to make this site better. By going on you accept our cookie policy."
    let invitation = "Sign up for our newsletter and get the news every morning for nothing."
    let teasers = """
      More stories
      Voters in Finland went to the polls on Sunday after a long campaign about...
      Prices in Portugal rose for the third month, as bread and...
      Ghana's parliament meets
      """
    return [
      "\(menu)\(Samples.headline)\n\n\(story)",
      "\(menu)\(Samples.headline)\nBy Kari Holm\n12 May 2024\n\(story)\n\(trending)",
      "\(headed)\n\(trending)About us\nTerms of use\nContact",
      "\(trending)\(headed)",
      "\(menu)\(trending)\(Samples.headline)\nShare\n\(story)\n© 2024 Brekkvik Times. All rights reserved.",
      "\(notice)\nAccept\nReject\n\(menu)\(headed)",
      "\(menu)\(headed)\n\(invitation)\nSubscribe",
      "\(headed)\n\(teasers)\n",
      "\(menu)\(headed)".replacing("\n", with: "\r\n"),
    ]
  }()

  @Test("the story and its headline, whatever stands around them", arguments: pages)
  func story(_ text: String) throws { expectStory(try extract(text)) }

  @Test("a list of other stories inside of the story goes")
  func inside() throws {
    let parts = Samples.paragraphs
    var lines = [Self.menu + Samples.headline]
    lines += parts[..<3]
    lines.append(Self.trending)
    lines += parts[3...]
    let text = lines.joined(separator: "\n")
    expectStory(try extract(text))
  }

  @Test("sub-headings and quotations stay")
  func subheadings() throws {
    let parts = Samples.paragraphs
    var lines = [Self.menu + Samples.headline]
    lines += parts[..<2]
    lines += ["A light for the boats", "\"It is time,\" he said."]
    lines += parts[2...]
    let text = lines.joined(separator: "\n")
    let page = try extract(text)
    #expect(page.body.contains("A light for the boats") && page.body.contains("It is time"))
  }

  @Test("a list that the story announces stays")
  func list() throws {
    let announced = "The council will now decide on three further plans for the town, in this order:"
    let text = "\(Self.menu)\(Samples.headline)\n\(Self.story)\n\(announced)\n- the school\n- the wall\n- the road\n"
    #expect(try extract(text).body.hasSuffix("- the road"))
  }

  @Test("every line is explained")
  func explanations() throws {
    let page = try extract(Self.menu + Samples.headline + "\n" + Self.story, explains: true)
    #expect(page.blocks.count { $0.role == .body } == Samples.paragraphs.count)
    #expect(page.blocks.first?.role == .dropped && page.blocks.first?.reason == "words of a menu")
  }
}

@Suite("Plain text")
struct PlainTextTests {
  private static let texts: [String] = {
    let story = Samples.paragraphs.joined(separator: "\n\n")
    let (first, second) = (Samples.paragraphs[0], Samples.paragraphs[1])
    let poem = """
      The light

      We saw the tower fall at night,
      the sea came over stone and stair,
      and where there used to be a light
      there was but wind and empty air.
      """
    // Lines of nine words, as mail programs make them.
    var wrapped = ""
    for (index, word) in story.split(separator: " ").enumerated() { wrapped += word + (index % 9 == 8 ? "\n" : " ") }
    return [
      "", "\n", "Late goal decides the final", first, poem, story, wrapped,
      "Late goal decides the final\nThe striker scored twice in the last minutes of the final.",
      "\(Samples.headline)\n\n\(story)\n",
      "\(Samples.headline)\nBy Kari Holm\n12 May 2024\nBREKKVIK\n\n\(story)",
      "From: Kari\nTo: Ola\nSubject: Boats\nLines: 9\nHi!\n\n\(wrapped)\n--\nKari\nBrekkvik\n\(wrapped)",
      "- milk\n- bread\n- butter\n- six eggs\n- coffee\n- apples\n",
      "\(story)\nThe winners:\nBest film: The Sound\nBest actor: A. Berg\nBest score: K. Lie\n",
      "\(story)\n\n- one thing\n- another thing\n- a third thing\n- a fourth\n",
      "Prices are < 5 and > 3, and a <b>bold</b> word is no page. Nor is 1 < 2.",
      "\(first)\nHe looked at the sea, and then he said that he was not so sure any more...\n\(second)",
    ]
  }()

  @Test("stays as it is", arguments: texts)
  func unchanged(_ text: String) throws {
    let page = try extract(text)
    #expect(page.kind == .text && page.body == text && page.title == nil)
  }

  @Test("a mark of the encoding is no text")
  func mark() throws { #expect(try extract("\u{FEFF}Late goal").body == "Late goal") }

  @Test("what the input is can be said")
  func said() throws {
    #expect(try extract("<p>\(Samples.paragraphs[0])</p>", input: .text).body.hasPrefix("<p>"))
    #expect(try extract(Samples.paragraphs[0], input: .html).kind == .html)
  }

  @Test(
    "HTML is recognised",
    arguments: [
      "<p>One.</p><p>Two.</p>", "<!doctype html>x", "<HTML>", "  \n<div class=a>x</div>", "<?xml version='1.0'?><html>",
      "\u{FEFF}<html>",
      "<!-- x --><body>y", "\n  <html><body>x",
    ])
  func recognised(_ text: String) throws { #expect(try extract(text).kind == .html) }
}
