/// Text that goes round the parser.
///
/// The parser looks at each character of a text on its own, and has nothing to find in text without `<` and `&`. So it gets
/// a reference of nine bytes in place of each longer run of such text, and what it reports is made the text again
/// (``Reader``). A reference is a character that no text may hold (U+FDD0, one of the noncharacters of Unicode) and the
/// number of the run. Control characters, which the parser would leave out, are spaces in such text, as in copied text.
struct TextRuns {
  /// Shorter runs are not worth a reference.
  static let shortest = 12

  private static let mark: [UInt8] = [0xEF, 0xB7, 0x90]
  private static let markCode = 0xFDD0
  // A digit is a letter or a sign that means nothing in markup.
  private static let digitCount = 6
  private static let bitsPerDigit = 5
  private static let zero = UInt8(ascii: "@")
  private static let referenceLength = mark.count + digitCount

  private let page: UnsafeBufferPointer<UInt8>
  /// Whether the page holds the mark itself, so that no run can be told by it.
  private let isMarked: Bool
  private var runs: [Range<Int>] = []

  /// No runs yet of a page in UTF-8, which has to stay where it is.
  init(_ page: UnsafeBufferPointer<UInt8>) {
    self.page = page
    isMarked = TextRuns.firstMark(in: page, from: 0) != nil
  }

  /// Whether a run may be replaced by a reference.
  func takes(_ run: Range<Int>) -> Bool {
    run.count >= TextRuns.shortest && !isMarked && runs.count < 1 << (TextRuns.digitCount * TextRuns.bitsPerDigit)
  }

  /// Appends the reference to a run.
  mutating func append(_ run: Range<Int>, to markup: inout [UInt8]) {
    markup += TextRuns.mark
    for digit in (0..<TextRuns.digitCount).reversed() {
      let bits = runs.count &>> (digit * TextRuns.bitsPerDigit) & (1 << TextRuns.bitsPerDigit - 1)
      markup.append(TextRuns.zero | UInt8(bits))
    }
    runs.append(run)
  }

  /// Whether a reference to a character, such as `&#xFDD0`, would make the mark.
  static func makesMark(_ reference: UnsafeBufferPointer<UInt8>) -> Bool { isMark(CharacterReference(reference).code) }

  /// Whether the mark is the character with this number.
  static func isMark(_ code: Int) -> Bool { code == markCode }

  private static func firstMark(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var next = start
    while let place = text.first(0xEF, from: next), place + 2 < text.count {
      if text[place + 1] == 0xB7, text[place + 2] == 0x90 { return place }
      next = place + 1
    }
    return nil
  }

  /// The run that a reference of full length at a place is to; `nil` where none stands there.
  private func number(_ text: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
    var number = 0
    for digit in text[place + TextRuns.mark.count..<place + TextRuns.referenceLength] {
      guard digit >= TextRuns.zero, digit < TextRuns.zero + 1 << TextRuns.bitsPerDigit else { return nil }
      number = number << TextRuns.bitsPerDigit | Int(digit - TextRuns.zero)
    }
    return number < runs.count ? number : nil
  }

  /// Puts the runs back into the text that the parser reports.
  struct Reader {
    private let runs: TextRuns
    /// The first run that has not been reported. Each is reported once, whatever a page pretends.
    private var next = 0
    /// The beginning of a reference whose end the parser has not reported yet.
    private var begun: [UInt8] = []

    init(_ runs: TextRuns) { self.runs = runs }

    /// Hands over text that the parser reports, with the runs in place of their references.
    mutating func resolve(_ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
      if begun.isEmpty { return resolveWhole(text, body) }
      // The parser reports long text in pieces.
      let joined = begun + text
      begun = []
      joined.withUnsafeBufferPointer { resolveWhole($0, body) }
    }

    /// Ends the text: at a tag, as no reference goes on behind it. A page can have put a mark together in ways that nobody
    /// has thought of; what stands behind it is text.
    mutating func endText(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
      if begun.isEmpty { return }
      begun.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[TextRuns.mark.count...])) }
      begun = []
    }

    private mutating func resolveWhole(
      _ text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void
    ) {
      var start = 0
      while !runs.runs.isEmpty, let place = TextRuns.firstMark(in: text, from: start) {
        if place > start { body(UnsafeBufferPointer(rebasing: text[start..<place])) }
        if place + TextRuns.referenceLength > text.count {
          begun = Array(text[place...])
          return
        }
        if let number = runs.number(text, at: place), number >= next {
          next = number + 1
          body(UnsafeBufferPointer(rebasing: runs.page[runs.runs[number]]))
          start = place + TextRuns.referenceLength
        } else {
          start = place + TextRuns.mark.count
        }
      }
      if start < text.count { body(UnsafeBufferPointer(rebasing: text[start...])) }
    }
  }
}
