/// Finds the dateline that a story begins with: `CARACAS, Feb 21 (Agency) -`, `YANGON: At least`, `LONDON — The`.
enum DatelineRule {
  /// The bytes of a body that are its dateline, up to and with what separates it; `nil` when it has none.
  ///
  /// A dateline begins with a word in capitals, and a dash or a colon ends it on the first line, within 80 bytes.
  static func range(_ body: Span<UInt8>) -> Range<Int>? {
    var place = 0
    while place < body.count, body[place] == UInt8(ascii: " ") || body[place] == UInt8(ascii: "\n") { place += 1 }
    guard isCapitals(body, from: place) else { return nil }
    let start = place
    let end = min(body.count, start + 80)
    var depth = 0
    while place < end {
      let byte = body[place]
      switch byte {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth = max(0, depth - 1)
      case UInt8(ascii: "\n"): return nil
      case UInt8(ascii: ":") where depth == 0: return start..<place + 1
      case UInt8(ascii: "-") where depth == 0 && isSpaced(body, place, 1): return start..<place + 1
      case 0xE2 where depth == 0 && isDash(body, place): return start..<place + 3
      default: break
      }
      place += 1
    }
    return nil
  }

  /// Whether three capital letters stand at a place, and no small letter is in the word.
  private static func isCapitals(_ body: Span<UInt8>, from start: Int) -> Bool {
    var place = start
    while place < body.count, LetterTable.isLetter(body[place]) {
      if !LetterTable.isUpper(body[place]) { return false }
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
}
