import CSIMD

/// Cuts a text into sentences.
///
/// A sentence ends at a full stop, a question or an exclamation mark with white space and no small letter behind it, at
/// the marks of other scripts, and at an empty line. A full stop behind an abbreviation, an initial or a title ends none.
/// Nothing is copied: a sentence is a range of the text, without white space at its ends. O(bytes).
public enum Sentences {
  /// Abbreviations that a name or a number follows, without the full stop, in lower case.
  private static let abbreviations: Set<[UInt8]> = Set(
    """
    adm al ala amb apr ariz ark asst aug ave bros calif capt cmdr co col colo conn corp cpl ct dec del dept dr eg est etc \
    feb fla fr ga gen gov hon ie ill inc ind jan jr jul jun kan ky la lt ltd maj mar mass md messrs mich minn miss mo mr \
    mrs ms mt nev no nov oct okla op ore pa pfc ph prof pvt rep reps rev rs sen sens sept sgt sr st supt tenn tex va vol vs \
    vt wash wis wyo
    """.split(separator: " ").map { Array($0.utf8) })
  private static let longestAbbreviation = 6

  /// Hands over the sentences in order.
  ///
  /// - Parameter body: Gets where each sentence stands.
  public static func forEach(in text: Span<UInt8>, _ body: (Range<Int>) -> Void) {
    var start = 0
    var place = 0
    func end(_ end: Int) {
      let range = trimmed(text, start..<end)
      if !range.isEmpty { body(range) }
      start = end
    }
    while true {
      place = nextCandidate(text, from: place)
      guard place < text.count else { break }
      let mark = markLength(text, place)
      if mark > 0 {
        let start = place
        place = closing(text, from: start + mark)
        if text[start] >= 0x80 || endsSentence(text, mark: start, behind: place) { end(place) }
      } else if isEmptyLine(text, place) {
        end(place)
        place += 1
      } else {
        place += 1
      }
    }
    end(text.count)
  }

  /// The first place that may hold a mark or a line end.
  @inline(__always)
  private static func nextCandidate(_ text: Span<UInt8>, from place: Int) -> Int {
    text.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return place }
      var place = place
      #if arch(x86_64)
        while place &+ 32 <= bytes.count {
          let marks = dateline_sentence_marks(base + place)
          if marks != 0 { return place &+ marks.trailingZeroBitCount }
          place &+= 32
        }
      #endif
      while place < bytes.count, !mayBeMark(bytes[place]) { place &+= 1 }
      return place
    }
  }

  /// Whether a byte is a mark of ASCII, a line end, or from 0xE0 on.
  @inline(__always)
  private static func mayBeMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "\n"), 0xE0...0xFF: true
    default: false
    }
  }

  /// How many bytes the mark at a place has that may end a sentence; 0 where there is none.
  @inline(__always)
  private static func markLength(_ text: Span<UInt8>, _ place: Int) -> Int {
    switch text[place] {
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): return 1
    case 0xE0...0xEF:
      guard place + 2 < text.count else { return 0 }
      switch (text[place], text[place + 1], text[place + 2]) {
      // The full stops of Hindi and of Chinese and Japanese, and the wide ! and ?.
      case (0xE0, 0xA5, 0xA4), (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F): return 3
      default: return 0
      }
    default: return 0
    }
  }

  /// The place behind further marks, quotation marks and brackets that belong to the sentence.
  private static func closing(_ text: Span<UInt8>, from place: Int) -> Int {
    var place = place
    while place < text.count {
      switch text[place] {
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"),
        UInt8(ascii: ")"), UInt8(ascii: "]"):
        place += 1
      case 0xE2:
        // U+2019 and U+201D, closing quotation marks.
        guard place + 2 < text.count, text[place + 1] == 0x80, text[place + 2] == 0x99 || text[place + 2] == 0x9D
        else { return place }
        place += 3
      default: return place
      }
    }
    return place
  }

  private static func endsSentence(_ text: Span<UInt8>, mark: Int, behind: Int) -> Bool {
    guard behind < text.count else { return true }
    guard isSpace(text[behind]) else { return false }
    var next = behind
    while next < text.count, isSpace(text[next]) { next += 1 }
    if next < text.count, text[next] &- UInt8(ascii: "a") < 26 { return false }
    return text[mark] != UInt8(ascii: ".") || !isAbbreviation(text, endingAt: mark)
  }

  /// Whether the word before a full stop is an abbreviation or an initial.
  private static func isAbbreviation(_ text: Span<UInt8>, endingAt end: Int) -> Bool {
    var start = end
    while start > 0, isLetter(text[start - 1]), end - start <= longestAbbreviation { start -= 1 }
    let length = end - start
    if length == 1 { return text[start] &- UInt8(ascii: "A") < 26 }
    guard (2...longestAbbreviation).contains(length), text[start] &- UInt8(ascii: "A") < 26 else { return false }
    var word: [UInt8] = []
    for place in start..<end { word.append(text[place] | 0x20) }
    return abbreviations.contains(word)
  }

  /// Whether a line ends at a place and the next one is empty.
  @inline(__always)
  private static func isEmptyLine(_ text: Span<UInt8>, _ place: Int) -> Bool {
    guard text[place] == UInt8(ascii: "\n") else { return false }
    var next = place + 1
    while next < text.count, text[next] == UInt8(ascii: " ") || text[next] == UInt8(ascii: "\r") { next += 1 }
    return next < text.count && text[next] == UInt8(ascii: "\n")
  }

  private static func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isSpace(text[start]) { start += 1 }
    while end > start, isSpace(text[end - 1]) { end -= 1 }
    return start..<end
  }

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte &- 9 < 5 }

  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
}
