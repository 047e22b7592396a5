/// Text that goes round the parser.
///
/// The parser looks at each character of a text on its own, which took a third of its time, and has nothing to find in
/// text without `<` and `&`. So it gets a reference of nine bytes in place of each longer run of such text, and what it
/// reports is the text again here. A reference is a character that no text may hold (U+FDD0, one of the noncharacters of
/// Unicode) and the number of the run.
struct TextRuns {
  /// Shorter runs are not worth a reference.
  static let shortest = 12

  private static let mark: (UInt8, UInt8, UInt8) = (0xEF, 0xB7, 0x90)
  /// The mark, and six digits of five bits each, none of which means anything in markup.
  private static let referenceLength = 9
  private static let zero = UInt8(ascii: "@")

  private let page: UnsafeBufferPointer<UInt8>
  /// Whether the page holds the mark itself, so that no run can be told by it.
  private let isMarked: Bool
  private var runs: [Range<Int>] = []
  /// The first run that has not been reported. Each is reported once, whatever a page pretends.
  private var next = 0
  /// The beginning of a reference whose end the parser has not reported yet.
  private var begun: [UInt8] = []

  /// Runs of a page in UTF-8.
  init(_ page: UnsafeBufferPointer<UInt8>) {
    self.page = page
    isMarked = TextRuns.firstMark(in: page, from: 0) != nil
  }

  /// Whether a run may be replaced by a reference.
  func takes(_ run: Range<Int>) -> Bool { run.count >= TextRuns.shortest && !isMarked && runs.count < 1 << 30 }

  /// Appends the reference to a run.
  mutating func append(_ run: Range<Int>, to markup: inout [UInt8]) {
    markup.append(TextRuns.mark.0)
    markup.append(TextRuns.mark.1)
    markup.append(TextRuns.mark.2)
    for shift in stride(from: 25, through: 0, by: -5) {
      markup.append(TextRuns.zero | UInt8(truncatingIfNeeded: runs.count &>> shift) & 31)
    }
    runs.append(run)
  }

  /// Hands over text that the parser reports, with the runs in place of their references.
  mutating func resolve(_ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    var start = 0
    if !begun.isEmpty {
      // The parser reports long text in pieces.
      start = min(text.count, TextRuns.referenceLength - begun.count)
      begun += text[..<start]
      if begun.count < TextRuns.referenceLength { return }
      let reference = begun
      begun = []
      reference.withUnsafeBufferPointer { hand(over: $0, body) }
    }
    while !runs.isEmpty, let place = TextRuns.firstMark(in: text, from: start) {
      if place > start { body(UnsafeBufferPointer(rebasing: text[start..<place])) }
      let end = place + TextRuns.referenceLength
      if end > text.count {
        begun = Array(text[place...])
        return
      }
      hand(over: UnsafeBufferPointer(rebasing: text[place..<end]), body)
      start = end
    }
    if start < text.count { body(UnsafeBufferPointer(rebasing: text[start...])) }
  }

  /// Forgets the beginning of a reference: at a tag, as none goes on behind it.
  mutating func endText() { if !begun.isEmpty { begun = [] } }

  private static func firstMark(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var next = start
    while let place = text.first(mark.0, from: next), place + 2 < text.count {
      if text[place + 1] == mark.1, text[place + 2] == mark.2 { return place }
      next = place + 1
    }
    return nil
  }

  /// Hands over the run of a reference. What is none can only be a noncharacter that the page has put together.
  private mutating func hand(over reference: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    var number = 0
    for digit in reference.dropFirst(3) {
      guard digit & ~31 == TextRuns.zero else { return }
      number = number << 5 | Int(digit & 31)
    }
    guard number >= next, number < runs.count else { return }
    next = number + 1
    body(UnsafeBufferPointer(rebasing: page[runs[number]]))
  }
}
