/// Finds the dateline that a story begins with: `CARACAS, Feb 21 (Agency) -`, `YANGON: At least`, `LONDON — The`.
public enum DatelineRule {
  /// The bytes of a body that are its dateline, up to and with what separates it; `nil` when it has none.
  ///
  /// A dateline begins with a word in capitals, and a dash or a colon ends it on the first line, within 80 bytes. Its other
  /// words begin with capitals, too, but for what is in parentheses: `UBS said - ` is none. Before a colon small letters
  /// are only behind a comma, and a single word is neither an abbreviation nor a rubric: `WHO: ` and `BREAKING: ` are none.
  public static func range(_ body: Span<UInt8>) -> Range<Int>? {
    var place = 0
    while place < body.count, body[place] == UInt8(ascii: " ") || body[place] == UInt8(ascii: "\n") { place += 1 }
    guard isCapitals(body, from: place) else { return nil }
    let start = place
    let end = min(body.count, start + 80)
    var depth = 0
    var (hasComma, hasSmall) = (false, false)
    while place < end {
      let byte = body[place]
      switch byte {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth = max(0, depth - 1)
      case UInt8(ascii: "\n"): return nil
      case UInt8(ascii: ",") where depth == 0: hasComma = true
      case UInt8(ascii: ":") where depth == 0:
        return (hasComma || !hasSmall) && !isRubric(body, start..<place) ? start..<place + 1 : nil
      case UInt8(ascii: "-") where depth == 0 && isSpaced(body, place, 1): return start..<place + 1
      case 0xE2 where depth == 0 && isDash(body, place): return start..<place + 3
      case UInt8(ascii: "a")...UInt8(ascii: "z") where depth == 0:
        hasSmall = true
        if !isInWord(body, place) { return nil }
      default: break
      }
      place += 1
    }
    return nil
  }

  private static let rubrics: Set<[UInt8]> = Set(
    """
    ANALYSIS BREAKING COLUMN COMMENT CORRECTED CORRECTION COVID EDITORIAL EXCLUSIVE EXPLAINED EXPLAINER FACTBOX FEATURE \
    INTERVIEW LIVE NASA NATO NEWS OPINION PHOTOS PICTURES PODCAST POLL QUESTION REVIEW SPORT SUMMARY TIMELINE UNESCO \
    UNICEF UPDATE UPDATED VIDEO WARNING WATCH
    """.split(separator: " ").map { Array($0.utf8) })

  /// Whether what stands before a colon is one word that is no place: of three letters, or one of the list.
  private static func isRubric(_ body: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var word: [UInt8] = []
    for place in range {
      if !isLetter(body[place]) { return false }
      word.append(body[place])
    }
    return word.count < 4 || rubrics.contains(word)
  }

  /// Whether a letter stands inside of a word, not at its beginning.
  private static func isInWord(_ body: Span<UInt8>, _ place: Int) -> Bool {
    guard place > 0 else { return false }
    let before = body[place - 1]
    let isDigit = before >= UInt8(ascii: "0") && before <= UInt8(ascii: "9")
    return isLetter(before) || isDigit || before == UInt8(ascii: "'") || before >= 0x80
  }

  /// Whether three capital letters stand at a place, and no small letter is in the word.
  private static func isCapitals(_ body: Span<UInt8>, from start: Int) -> Bool {
    var place = start
    while place < body.count, isLetter(body[place]) {
      if !isUpper(body[place]) { return false }
      place += 1
    }
    return place - start >= 3
  }

  private static func isSpaced(_ body: Span<UInt8>, _ place: Int, _ length: Int) -> Bool {
    let next = place + length
    let isBefore = place > 0 && (body[place - 1] == UInt8(ascii: " ") || body[place - 1] == UInt8(ascii: ")"))
    return isBefore && (next >= body.count || body[next] == UInt8(ascii: " ") || body[next] == UInt8(ascii: "-"))
  }

  private static func isDash(_ body: Span<UInt8>, _ place: Int) -> Bool {
    place + 2 < body.count && body[place + 1] == 0x80 && (body[place + 2] == 0x93 || body[place + 2] == 0x94)
  }

  private static func isUpper(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }

  private static func isLetter(_ byte: UInt8) -> Bool { isUpper(byte & ~0x20) }
}

extension DocumentBatch {
  /// Leaves the datelines that bodies begin with out of them.
  public mutating func dropDatelines() {
    mapBodies { body in DatelineRule.range(body)?.upperBound ?? 0 }
  }
}
