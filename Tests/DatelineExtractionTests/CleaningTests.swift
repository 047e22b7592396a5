import Testing

@testable import DatelineExtraction

/// What the parser gets of a page, and what goes round it.
@Suite("What reaches the parser")
struct CleaningTests {
  private func clean(_ page: String) -> String {
    Array(page.utf8).withUnsafeBufferPointer { String(decoding: MarkupCleaner.clean($0).markup, as: UTF8.self) }
  }

  /// The attributes of a tag as written, from behind the element's name on.
  private func attributes(_ text: String) -> (found: [String], isClosed: Bool) {
    Array(text.utf8).withUnsafeBufferPointer { bytes in
      var tag = StartTag(bytes, bytes.indices)
      var found: [String] = []
      while let attribute = tag.next() {
        let value = String(decoding: attribute.value, as: UTF8.self)
        found.append(
          "\(String(decoding: attribute.name, as: UTF8.self))=\(value)\(attribute.isWhole ? "" : " (not whole)")")
      }
      return (found, tag.isClosed)
    }
  }

  @Test("long text is a reference, and short text stands where it stood")
  func text() {
    let markup = clean("<p>A sentence that is long enough &amp; another one of its kind</p> \n\n <p>short</p>")
    #expect(!markup.contains("sentence") && !markup.contains("another"))
    #expect(markup.contains("&amp;") && markup.contains("<p>short</p>") && markup.contains("</p> <p>"))
    #expect(markup.utf8.count == "<p>&amp;</p> <p>short</p>".utf8.count + 2 * 9)
  }

  @Test(
    "attributes of a start tag",
    arguments: [
      (" class=\"a b\" id='c'>", ["class=a b", "id=c"], false), (" hidden>", ["hidden="], false),
      (" a = b/>", ["a=b/"], false), (" a=b />", ["a=b"], true), ("/>", [], true), (" / x>", ["x="], false),
      (" a=\"b>c\" d>", ["a=b>c", "d="], false), (" a=\"b c>", ["a=\"b (not whole)", "c="], false),
      (" ==\"x\" e='\"f\"'>", ["==x", "e=\"f\""], false), (" a=b<c>", ["a=b<c (not whole)"], false),
      (" a b=c", ["a=", "b=c"], false), (">", [], false), ("", [], false),
    ])
  func startTag(_ text: String, _ expected: [String], _ isClosed: Bool) {
    let (found, closed) = attributes(text)
    #expect(found == expected && closed == isClosed, "\(text)")
  }

  @Test("the parser gets one name for what the attributes of a block say")
  func notes() {
    #expect(clean("<div data-x=y onclick=\"a > b\">") == "<div>")
    #expect(clean("<div style='display: none' class=story>") == "<div x>")
    #expect(clean("<DIV class=comments/>") == "<DIV hb>")
    #expect(clean("<div id=related />") == "<div hc />")
    #expect(clean("<body class=comments hidden>") == "<body>")
    #expect(clean("<b class=comments><br/>") == "<b><br />")
    #expect(clean("<a class=x HREF='/'><a title=' href=x'>") == "<a href><a>")
  }

  @Test("each hint comes back from the name that it is written as")
  func hints() {
    for name in Hints.names + [Hints.names.joined(separator: " ")] {
      let written = clean("<div class=\"\(name) relate\">")
      let expected = Array("\(name) relate".utf8).withUnsafeBufferPointer { Hints(names: $0) }
      #expect(expected.contains(.related), "\(name)")
      var attribute = Array(written.dropFirst("<div ".count).dropLast().utf8) + [0]
      attribute.withUnsafeMutableBufferPointer { bytes in
        var list: [UnsafePointer<UInt8>?] = [UnsafePointer(bytes.baseAddress), nil, nil, nil]
        list.withUnsafeMutableBufferPointer {
          let note = BlockNote(SAXAttributes($0.baseAddress))
          #expect(note.hints == expected && !note.isHidden, "\(written)")
        }
      }
    }
    #expect(BlockNote(SAXAttributes(nil)).hints == [] && !BlockNote(SAXAttributes(nil)).isHidden)
  }

  @Test("of a page's own elements the attributes that are read, the first of each name")
  func pageAttributes() {
    let tag = PageMetadata.attributes.map { " \($0)='a \($0)'" }.joined()
    #expect(clean("<meta class=x\(tag) name=other>") == "<meta\(tag)>")
    #expect(clean("<meta content=\"'quoted' & 'so'\">") == "<meta content=\"'quoted' & 'so'\">")
    #expect(clean("<meta a=b=\"x content=foo><b>bar</b> y\" name=z>").contains("<b>") == false)
    let long = String(repeating: "x", count: 70_000)
    #expect(clean("<meta content=\(long) content=y name=z>") == "<meta name=z>")
  }

  @Test(
    "references to the character that runs are told by",
    arguments: [
      ("&#xFDD0", true), ("&#XfDd0", true), ("&#x0000fdd0", true), ("&#64976", true), ("&#064976x", true),
      ("&#xFDD0g", true), ("&#xFDD1", false), ("&#xFDD00", false), ("&#6497", false), ("&#x10000000000FDD0", false),
      ("&amp", false), ("&#", false), ("&#x", false), ("&", false),
    ])
  func marks(_ reference: String, _ makesMark: Bool) {
    #expect(Array(reference.utf8).withUnsafeBufferPointer { TextRuns.makesMark($0) } == makesMark)
  }

  /// Whatever the parser makes of the text that it is given, and wherever it cuts it.
  @Test("runs come back from pieces of any length, and what is no reference is text")
  func pieces() {
    let page = Array("the first run of all, the second one, the third and last".utf8)
    page.withUnsafeBufferPointer { page in
      var runs = TextRuns(page)
      var markup = Array("before ".utf8)
      runs.append(0..<21, to: &markup)
      markup += Array("\u{E000} &\u{4E2D} ".utf8)
      runs.append(22..<37, to: &markup)
      runs.append(38..<56, to: &markup)
      markup += TextRuns.testMark + Array("@@ and more".utf8)
      let expected = "before the first run of all,\u{E000} &\u{4E2D} the second one, the third and last@@ and more"
        .replacing(", the third", with: ",the third")
      for length in 1...markup.count {
        var reader = TextRuns.Reader(runs)
        var text: [UInt8] = []
        var start = 0
        while start < markup.count {
          // The parser cuts between characters.
          var end = min(start + length, markup.count)
          while end < markup.count, markup[end] & 0xC0 == 0x80 { end += 1 }
          markup[start..<end].withUnsafeBufferPointer { piece in reader.resolve(piece) { text += $0 } }
          start = end
        }
        reader.endText { text += $0 }
        #expect(String(decoding: text, as: UTF8.self) == expected, "pieces of \(length)")
      }
    }
  }
}

extension TextRuns {
  /// U+FDD0, which no string literal may hold.
  fileprivate static let testMark: [UInt8] = [0xEF, 0xB7, 0x90]
}
