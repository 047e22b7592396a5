/// Leaves out of a page what says nothing of its text, so that the parser need not go through it: scripts, styles,
/// comments, the tags of inline elements, and what links lead to. That halves the parser's time.
///
/// It also keeps from the parser what would cost it more than linear time, or make it stop: tags of many kilobytes, NUL,
/// and tags that do not end. One pass; each search for an end is remembered, so hostile pages take linear time too.
struct MarkupCleaner {
  /// Longer tags hold data, not names.
  private static let maximumTagLength = 1 << 16
  /// No tag has more attributes by intention, and libxml2 compares each attribute of a tag with all others.
  private static let maximumAttributes = 128

  private let page: UnsafeBufferPointer<UInt8>
  private var output: [UInt8] = []
  private var structured: [[UInt8]] = []
  private var doubleQuote = NextPlace("\"")
  private var singleQuote = NextPlace("'")
  private var commentEnd = NextPlace("-->")

  /// A page that is safe to parse, and the scripts with structured data.
  static func clean(_ page: UnsafeBufferPointer<UInt8>) -> (page: [UInt8], structured: [[UInt8]]) {
    var cleaner = MarkupCleaner(page: page)
    cleaner.run()
    return (cleaner.output, cleaner.structured)
  }

  private init(page: UnsafeBufferPointer<UInt8>) {
    self.page = page
    output.reserveCapacity(page.count)
  }

  private mutating func run() {
    var place = 0
    while let tag = page.first(UInt8(ascii: "<"), from: place) {
      copyText(place..<tag)
      place = markup(at: tag)
    }
    copyText(place..<page.count)
  }

  /// Copies text. NUL would end the page.
  private mutating func copyText(_ range: Range<Int>) {
    let start = output.count
    output.append(contentsOf: UnsafeBufferPointer(rebasing: page[range]))
    guard page.first(0, from: range.lowerBound, before: range.upperBound) != nil else { return }
    for place in start..<output.count where output[place] == 0 { output[place] = 0x20 }
  }

  /// Handles what begins with `<`, and returns where to go on.
  private mutating func markup(at tag: Int) -> Int {
    let next = tag + 1 < page.count ? page[tag + 1] : 0
    switch next {
    case UInt8(ascii: "!"):
      if page.hasPrefix("<!--", at: tag) {
        return commentEnd.place(in: page, from: tag + 4).map { $0 + 3 } ?? skipTag(tag)
      }
      return skipTag(tag)
    case UInt8(ascii: "?"): return skipTag(tag)
    case UInt8(ascii: "/"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      return element(at: tag, isEnd: next == UInt8(ascii: "/"))
    default:
      // A lone sign; as a reference it cannot be mistaken for a tag.
      output += "&lt;".utf8
      return tag + 1
    }
  }

  /// Leaves out all up to the next `>`.
  private func skipTag(_ tag: Int) -> Int { page.first(UInt8(ascii: ">"), from: tag).map { $0 + 1 } ?? page.count }

  private mutating func element(at tag: Int, isEnd: Bool) -> Int {
    let (end, attributes) = endOfTag(from: tag + 1)
    let kind = ElementKind(page, at: isEnd ? tag + 2 : tag + 1)
    switch kind {
    case .inline, .link, .base: break
    case .script where !isEnd, .style where !isEnd: return skipRaw(kind, tag..<end)
    case .a where !isEnd: output += (isLink(tag..<end) ? "<a href>" : "<a>").utf8
    case _ where end - tag > MarkupCleaner.maximumTagLength || attributes > MarkupCleaner.maximumAttributes:
      // The name stays, so that elements still nest as they did.
      output.append(UInt8(ascii: "<"))
      if isEnd { output.append(UInt8(ascii: "/")) }
      output += "\(kind)>".utf8
    default:
      copyText(tag..<end)
      // Where the next tag begins before this one has ended, the parser shall see two.
      if page[end - 1] != UInt8(ascii: ">") { output.append(UInt8(ascii: ">")) }
    }
    return end
  }

  /// Whether a tag has the attribute `href`.
  private func isLink(_ tag: Range<Int>) -> Bool {
    var place = tag.lowerBound + 2
    while place + 4 < tag.upperBound {
      if page[place] <= 0x20, page[place + 1] | 0x20 == UInt8(ascii: "h"), page[place + 2] | 0x20 == UInt8(ascii: "r"),
        page[place + 3] | 0x20 == UInt8(ascii: "e"), page[place + 4] | 0x20 == UInt8(ascii: "f")
      {
        return true
      }
      place += 1
    }
    return false
  }

  /// Where a tag ends, behind its `>`, and the most attributes it can have.
  ///
  /// In quotation marks behind `=` a `>` is a letter like any other.
  private mutating func endOfTag(from start: Int) -> (end: Int, attributes: Int) {
    var place = start
    var attributes = 0
    var isValue = false
    while place < page.count {
      let byte = page[place]
      switch byte {
      case UInt8(ascii: ">"): return (place + 1, attributes)
      case UInt8(ascii: "<"): return (place, attributes)
      case UInt8(ascii: "="):
        isValue = true
        attributes += 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if isValue {
          let quote =
            byte == UInt8(ascii: "\"")
            ? doubleQuote.place(in: page, from: place + 1) : singleQuote.place(in: page, from: place + 1)
          // Without its partner the mark is a letter, too.
          if let quote { place = quote }
        }
        isValue = false
      default:
        if byte > 0x20 { isValue = false } else if place > start, page[place - 1] > 0x20 { attributes += 1 }
      }
      place += 1
    }
    return (page.count, attributes)
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
