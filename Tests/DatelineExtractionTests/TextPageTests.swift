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

  @Test(
    "the story and its headline, whatever stands around them",
    arguments: [
      menu + Samples.headline + "\n\n" + story,
      menu + Samples.headline + "\nBy Kari Holm\n12 May 2024\n" + story + "\n" + trending,
      Samples.headline + "\n" + story + "\n" + trending + "About us\nTerms of use\nContact",
      trending + Samples.headline + "\n" + story,
      menu + trending + Samples.headline + "\nShare\n" + story + "\n© 2024 Brekkvik Times. All rights reserved.",
      "We use cookies to make this site better. By going on you accept our cookie policy.\nAccept\nReject\n" + menu
        + Samples.headline + "\n" + story,
      menu + Samples.headline + "\n" + story
        + "\nSign up for our newsletter and get the news every morning for nothing.\nSubscribe",
      Samples.headline + "\n" + story
        + "\nMore stories\nVoters in Finland went to the polls on Sunday after a long campaign about...\nPrices in Portugal rose for the third month, as bread and...\nGhana's parliament meets\n",
      menu.replacing("\n", with: "\r\n") + Samples.headline + "\r\n" + story.replacing("\n", with: "\r\n"),
    ])
  func story(_ text: String) throws { expectStory(try extract(text)) }

  @Test("a list of other stories inside of the story goes")
  func inside() throws {
    let parts = Samples.paragraphs
    let text = ([Self.menu + Samples.headline] + parts[..<3] + [Self.trending] + parts[3...]).joined(separator: "\n")
    expectStory(try extract(text))
  }

  @Test("sub-headings and quotations stay")
  func subheadings() throws {
    let parts = Samples.paragraphs
    let text =
      ([Self.menu + Samples.headline] + parts[..<2] + ["A light for the boats", "\"It is time,\" he said."]
      + parts[2...])
      .joined(separator: "\n")
    let page = try extract(text)
    #expect(page.body.contains("A light for the boats") && page.body.contains("It is time"))
  }

  @Test("a list that the story announces stays")
  func list() throws {
    let text =
      Self.menu + Samples.headline + "\n" + Self.story
      + "\nThe council will now decide on three further plans for the town, in this order:\n- the school\n- the harbour wall\n- the road\n"
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
  @Test(
    "stays as it is",
    arguments: [
      "", "\n", "Late goal decides the final",
      "Late goal decides the final\nThe striker scored twice in the last minutes of the final.",
      Samples.paragraphs.joined(separator: "\n\n"),
      Samples.headline + "\n\n" + Samples.paragraphs.joined(separator: "\n\n") + "\n",
      Samples.headline + "\nBy Kari Holm\n12 May 2024\nBREKKVIK\n\n" + Samples.paragraphs.joined(separator: "\n"),
      Samples.paragraphs[0],
      "The light\n\nWe saw the tower fall at night,\nthe sea came over stone and stair,\nand where there used to be a light\nthere was but wind and empty air.\n",
      "- milk\n- bread\n- butter\n- six eggs\n- coffee\n- apples\n",
      Samples.paragraphs.joined(separator: "\n")
        + "\nThe winners:\nBest film: The Sound\nBest actor: A. Berg\nBest score: K. Lie\n",
      Samples.paragraphs.joined(separator: "\n") + "\n\n- one thing\n- another thing\n- a third thing\n- a fourth\n",
      "Prices are < 5 and > 3, and a <b>bold</b> word is no page. Nor is 1 < 2.",
      Samples.paragraphs.joined(separator: " ").split(separator: " ").enumerated().map {
        $1 + ($0 % 9 == 8 ? "\n" : " ")
      }.joined(),
      Samples.paragraphs[0]
        + "\nHe paused and looked at the sea, and then he said that he was not so sure any more...\n"
        + Samples.paragraphs[1],
    ])
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
      "<!-- x --><body>y", "Text before <html><body>x",
    ])
  func recognised(_ text: String) throws { #expect(try extract(text).kind == .html) }
}
