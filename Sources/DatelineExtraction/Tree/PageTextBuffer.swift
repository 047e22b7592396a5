/// Collects the text of the block that is open: whitespace is collapsed and signs that nobody sees are left out.
struct PageTextBuffer {
  private(set) var bytes: [UInt8] = []
  /// Where the open block begins.
  private(set) var blockStart = 0
  /// How much of the open block stands in links.
  private(set) var linkLength = 0
  private var pendingSpace = false
  private var pendingBreaks = 0

  /// Whether the open block has text.
  var isBlockEmpty: Bool { bytes.count == blockStart }

  /// Ends the open block.
  mutating func endBlock() -> Range<Int> {
    let range = blockStart..<bytes.count
    (blockStart, linkLength, pendingSpace, pendingBreaks) = (bytes.count, 0, false, 0)
    return range
  }

  /// Takes a line break; returns how many have come since the last text.
  mutating func addBreak() -> Int {
    pendingBreaks += 1
    return pendingBreaks
  }

  /// Appends text.
  mutating func append(_ text: UnsafeBufferPointer<UInt8>, isLink: Bool) {
    let before = bytes.count
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte <= 0x20 {
        pendingSpace = true
        place += 1
        continue
      }
      if !isPlain(byte), let length = special(text, place) {
        place += length
        continue
      }
      let start = place
      place += 1
      while place < text.count {
        let next = text[place]
        // A single space between two words is copied with them.
        if next <= 0x20 {
          guard next == 0x20, place + 1 < text.count, isPlain(text[place + 1]) else { break }
        } else if !isPlain(next) {
          break
        }
        place += 1
      }
      openWord()
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<place]))
    }
    if isLink { linkLength += bytes.count - before }
  }

  /// Whether a byte is neither space nor the first of a character that may need care.
  @inline(__always)
  private func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte != 0xC2 && byte != 0xE2 && byte != 0xEF }

  @inline(__always)
  private mutating func openWord() {
    if bytes.count > blockStart {
      if pendingBreaks > 0 {
        bytes.append(UInt8(ascii: "\n"))
      } else if pendingSpace {
        bytes.append(UInt8(ascii: " "))
      }
    }
    (pendingSpace, pendingBreaks) = (false, 0)
  }

  /// Handles a character that is not copied as it is; `nil` where it is.
  private mutating func special(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
    guard place + 1 < text.count else { return nil }
    let second = text[place + 1]
    if text[place] == 0xC2 {
      switch second {
      case 0xA0:  // no-break space
        pendingSpace = true
        return 2
      case 0xAD: return 2  // soft hyphen
      case 0x80..<0xA0:
        // A reference such as &#146; means Windows-1252, as in all browsers.
        guard let scalar = Unicode.Scalar(Windows1252.codePoint(second)) else { return 2 }
        openWord()
        bytes += UTF8.encode(scalar).map(Array.init) ?? []
        return 2
      default: return nil
      }
    }
    guard place + 2 < text.count else { return nil }
    let third = text[place + 2]
    if text[place] == 0xE2, second == 0x80 {
      switch third {
      case 0x80...0x8A, 0xA8, 0xA9, 0xAF:  // spaces of any width, line and paragraph separators
        pendingSpace = true
        return 3
      case 0x8B...0x8F: return 3  // zero width, marks of direction
      default: return nil
      }
    }
    // The mark of byte order, and the two characters that are none.
    let isNothing = second == 0xBB ? third == 0xBF : second == 0xBF && third >= 0xBE
    return text[place] == 0xEF && isNothing ? 3 : nil
  }
}
