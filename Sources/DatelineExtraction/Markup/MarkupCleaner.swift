/// Leaves out of a page what says nothing of its text, so that the parser need not go through it: scripts, styles,
/// comments, the tags of inline elements, and nearly all attributes (``BlockNote``). Longer text goes round the parser as
/// well (``TextRuns``).
///
/// That also keeps from the parser what would cost it more than linear time, as it compares each attribute of a tag with
/// all others, or make it stop: NUL, and tags that do not end. One pass; each search for an end is remembered, so hostile
/// pages take linear time too.
struct MarkupCleaner {
  /// Longer values hold data, not a date or a title.
  private static let longestValue = 1 << 16

  private let page: UnsafeBufferPointer<UInt8>
  private var output: [UInt8] = []
  private var runs: TextRuns
  private var structured: [[UInt8]] = []
  private var doubleQuote = NextPlace("\"")
  private var singleQuote = NextPlace("'")
  private var commentEnd = NextPlace("-->")
  private var oddCommentEnd = NextPlace("--!>")

  /// What the parser gets of a page, and what goes round it.
  struct CleanPage {
    /// Markup that is safe to parse, with references in place of text.
    let markup: [UInt8]
    /// The text that it refers to. Valid as long as the page is.
    let runs: TextRuns
    /// The scripts with structured data.
    let structured: [[UInt8]]
  }

  /// - Parameter page: Valid UTF-8.
  static func clean(_ page: UnsafeBufferPointer<UInt8>) -> CleanPage {
    var cleaner = MarkupCleaner(page: page)
    cleaner.run()
    return CleanPage(markup: cleaner.output, runs: cleaner.runs, structured: cleaner.structured)
  }

  private init(page: UnsafeBufferPointer<UInt8>) {
    self.page = page
    runs = TextRuns(page)
    output.reserveCapacity(page.count)
  }

  private mutating func run() {
    var place = 0
    while let tag = page.first(UInt8(ascii: "<"), from: place) {
      addText(place..<tag)
      place = markup(at: tag)
    }
    addText(place..<page.count)
  }

  /// Adds text between two tags: long stretches without a reference to a character as runs, and all else as it stands.
  private mutating func addText(_ range: Range<Int>) {
    guard let first = range.first(where: { page[$0] > 0x20 }) else {
      // One space is as good as many.
      if !range.isEmpty { output.append(0x20) }
      return
    }
    if first > range.lowerBound { output.append(0x20) }
    // What is before has been added.
    var added = first
    var start = first
    while start < range.upperBound {
      let end = page.first(UInt8(ascii: "&"), from: start, before: range.upperBound) ?? range.upperBound
      if runs.takes(start..<end) {
        copy(added..<start)
        runs.append(start..<end, to: &output)
        added = end
      }
      start = endOfReference(end, before: range.upperBound)
      let reference = UnsafeBufferPointer(rebasing: page[end..<start])
      if start == range.upperBound, start > end, page[start - 1] != UInt8(ascii: ";") {
        copy(added..<end)
        addLast(reference)
        return
      }
      if TextRuns.makesMark(reference) {
        // A noncharacter is no text, and this one would have a meaning of its own: so the reference stands for itself.
        copy(added..<end)
        output += "&amp;".utf8
        added = end + 1
      }
    }
    copy(added..<range.upperBound)
  }

  /// Adds what may be a reference to a character and has no semicolon, at the end of a text. The tag behind it may be left
  /// out, and what then follows would be taken for the rest of it.
  private mutating func addLast(_ reference: UnsafeBufferPointer<UInt8>) {
    let digits = CharacterReference(reference)
    if TextRuns.isMark(digits.code) || digits.end == 0 {
      output += "&amp;".utf8
      output += reference.dropFirst()
    } else {
      output += reference[..<digits.end]
      output.append(UInt8(ascii: ";"))
      output += reference[digits.end...]
    }
  }

  /// Where a reference to a character ends that begins at a place, with its semicolon if it has one.
  private func endOfReference(_ start: Int, before end: Int) -> Int {
    var place = min(start + 1, end)
    while place < end, isPartOfReference(page[place]) { place += 1 }
    if place < end, page[place] == UInt8(ascii: ";") { place += 1 }
    return place
  }

  private func isPartOfReference(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == UInt8(ascii: "#")
  }

  /// Copies text or a tag. Control characters are spaces: NUL would end the page, and the parser leaves out all others, so
  /// that what is on both sides would be one word.
  private mutating func copy(_ range: Range<Int>) {
    output.append(addingCapacity: range.count) { output in
      for place in range { output.append(MarkupCleaner.isControl(page[place]) ? 0x20 : page[place]) }
    }
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r") && byte != UInt8(ascii: "\t")
  }

  /// Handles what begins with `<`, and returns where to go on.
  private mutating func markup(at tag: Int) -> Int {
    let next = tag + 1 < page.count ? page[tag + 1] : 0
    switch next {
    case UInt8(ascii: "!"):
      return page.hasPrefix("<!--", at: tag) ? endOfComment(tag) : skipTag(tag)
    case UInt8(ascii: "?"): return skipTag(tag)
    case UInt8(ascii: "/"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      return element(at: tag, isEnd: next == UInt8(ascii: "/"))
    default:
      // A lone sign; as a reference it cannot be mistaken for a tag.
      output += "&lt;".utf8
      return tag + 1
    }
  }

  /// Where a comment ends: in `<!-->` and `<!--->` with its beginning, and at `--!>`, as in browsers.
  private mutating func endOfComment(_ tag: Int) -> Int {
    let end = commentEnd.place(in: page, from: tag + 2)
    let odd = oddCommentEnd.place(in: page, from: tag + 4)
    if let odd, odd < end ?? Int.max { return odd + 4 }
    return end.map { $0 + 3 } ?? skipTag(tag)
  }

  /// Leaves out all up to the next `>`.
  private func skipTag(_ tag: Int) -> Int { page.first(UInt8(ascii: ">"), from: tag).map { $0 + 1 } ?? page.count }

  private mutating func element(at tag: Int, isEnd: Bool) -> Int {
    let end = endOfTag(from: tag + 1)
    let name = isEnd ? tag + 2 : tag + 1
    let kind = ElementKind(page, at: name)
    switch kind {
    case .inline, .link, .base: break
    case .script where !isEnd, .style where !isEnd: return skipRaw(kind, tag..<end)
    case .a where !isEnd: output += (isLink(name..<end) ? "<a href>" : "<a>").utf8
    default: copyTag(kind, tag..<end, nameFrom: name, isEnd: isEnd)
    }
    return end
  }

  /// Copies a tag with no more of its attributes than somebody asks for.
  private mutating func copyTag(_ kind: ElementKind, _ tag: Range<Int>, nameFrom name: Int, isEnd: Bool) {
    let nameEnd = page[name..<tag.upperBound].firstIndex(where: ElementKind.endsName) ?? tag.upperBound
    copy(tag.lowerBound..<nameEnd)
    if isEnd { return output.append(UInt8(ascii: ">")) }
    var start = StartTag(page, nameEnd..<tag.upperBound)
    if tellsOfPage(kind) {
      copyAttributes(&start)
    } else if kind.isBlock, kind != .body {
      BlockNote(reading: &start).append(to: &output)
    } else {
      // The names of a page's outermost element tell of the page, not of a part of it; scripts may show its whole body
      // later; and nobody asks for attributes of all others.
      start.skipAttributes()
    }
    output += (start.isClosed ? " />" : ">").utf8
  }

  /// Whether the attributes of an element tell of the page as a whole.
  private func tellsOfPage(_ kind: ElementKind) -> Bool { kind == .html || kind == .meta || kind == .time }

  /// Copies the attributes that ``PageMetadata`` reads; of several with one name the first counts.
  private mutating func copyAttributes(_ tag: inout StartTag) {
    var seen = StartTag.Seen()
    while let attribute = tag.next() {
      guard let number = PageMetadata.attributes.firstIndex(where: { attribute.has(name: $0) }), seen.insert(number),
        attribute.isWhole, attribute.value.count <= MarkupCleaner.longestValue
      else { continue }
      output.append(0x20)
      copy(attribute.range)
    }
  }

  /// Whether a tag has the attribute `href`.
  ///
  /// - Parameter tag: From its name on.
  private func isLink(_ tag: Range<Int>) -> Bool {
    var start = StartTag(page, tag.lowerBound + 1..<tag.upperBound)
    while let attribute = start.next() { if attribute.has(name: "href") { return true } }
    return false
  }

  /// Where a tag ends, behind its `>`.
  private mutating func endOfTag(from start: Int) -> Int {
    var place = start
    while place < page.count {
      let byte = page[place]
      // Letters, most of all.
      if byte > UInt8(ascii: ">") {
        place += 1
        continue
      }
      switch byte {
      case UInt8(ascii: ">"): return place + 1
      case UInt8(ascii: "<"): return place
      case UInt8(ascii: "="): place = endOfQuotation(from: place + 1)
      default: place += 1
      }
    }
    return page.count
  }

  /// Where the quotation marks end that begin behind a `=`; a `>` between them is a letter like any other.
  private mutating func endOfQuotation(from start: Int) -> Int {
    var place = start
    while place < page.count, page[place] <= 0x20 { place += 1 }
    guard place < page.count else { return place }
    // Without its partner a mark is a letter, too.
    switch page[place] {
    case UInt8(ascii: "\""): return doubleQuote.place(in: page, from: place + 1).map { $0 + 1 } ?? place + 1
    case UInt8(ascii: "'"): return singleQuote.place(in: page, from: place + 1).map { $0 + 1 } ?? place + 1
    default: return place
    }
  }

  /// Leaves out an element whose content is no markup, and returns where its end tag ends.
  private mutating func skipRaw(_ kind: ElementKind, _ tag: Range<Int>) -> Int {
    // A page that never ends a script has nothing behind it, in browsers neither.
    var end = tag.upperBound
    while let close = page.first(UInt8(ascii: "<"), from: end) {
      end = close + 1
      if end < page.count, page[end] == UInt8(ascii: "/"), ElementKind(page, at: end + 1) == kind {
        if kind == .script { keepStructured(tag, content: tag.upperBound..<close) }
        return skipTag(close)
      }
    }
    return page.count
  }

  private mutating func keepStructured(_ tag: Range<Int>, content: Range<Int>) {
    guard structured.count < 16, content.count < 1 << 20, tag.count < 512 else { return }
    // application/ld+json, in any case.
    let isStructured = tag.contains { page[$0] == UInt8(ascii: "+") && page.names("ld+json", at: $0 - 2) }
    if isStructured { structured.append(Array(UnsafeBufferPointer(rebasing: page[content]))) }
  }
}

/// The next occurrence of a pattern. It is searched again only behind the last one found, so all searches from places
/// that only grow take one pass together.
private struct NextPlace {
  private let pattern: StaticString
  private var known = -1

  init(_ pattern: StaticString) { self.pattern = pattern }

  mutating func place(in page: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    if known < start { known = page.first(pattern, from: start) ?? Int.max }
    return known == Int.max ? nil : known
  }
}
