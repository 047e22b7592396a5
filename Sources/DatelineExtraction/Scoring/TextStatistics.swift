/// What can be counted in a text of any language.
struct TextStatistics {
  enum End { case none, sentence, cut, colon }

  /// The length, with an ideograph for three: it says as much as three letters.
  private(set) var length = 0
  private(set) var words = 0
  /// Words that begin with a small and with a capital letter; a script that has no such thing has neither.
  private(set) var smallWords = 0
  private(set) var capitalWords = 0
  private(set) var numbers = 0
  private(set) var sentences = 0
  private(set) var commas = 0
  /// Signs such as `|` that stand between links.
  private(set) var separators = 0
  private(set) var end = End.none

  private var isInWord = false
  private var isAtStop = false

  /// One pass over UTF-8.
  init(_ text: UnsafeBufferPointer<UInt8>) {
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte < 0x80 {
        length += 1
        addASCII(byte)
        place += 1
      } else {
        place += addBeyondASCII(text, place)
      }
    }
    if isAtStop { sentences += 1 }
    if end == .sentence, TextStatistics.endsInDots(text) { end = .cut }
  }

  private static func endsInDots(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var last = text.count
    // Some put brackets around the dots.
    while last > 0, text[last - 1] <= 0x20 || text[last - 1] == UInt8(ascii: "]") { last -= 1 }
    guard last >= 3 else { return false }
    let tail = (text[last - 3], text[last - 2], text[last - 1])
    let dot = UInt8(ascii: ".")
    return tail == (dot, dot, dot) || tail == (0xE2, 0x80, 0xA6)
  }

  @inline(__always)
  private mutating func addASCII(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"):
      if !isInWord {
        words += 1
        smallWords += 1
      }
      letter()
    case UInt8(ascii: "A")...UInt8(ascii: "Z"):
      if !isInWord {
        words += 1
        capitalWords += 1
      }
      letter()
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      if !isInWord {
        words += 1
        numbers += 1
      }
      letter()
    case 0...0x20:
      isInWord = false
      if isAtStop { sentences += 1 }
      isAtStop = false
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): stop()
    // They close a sentence with its full stop inside.
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"): isInWord = false
    case UInt8(ascii: ","), UInt8(ascii: ";"):
      commas += 1
      sign(.colon)
    case UInt8(ascii: ":"): sign(.colon)
    case UInt8(ascii: "|"), UInt8(ascii: "/"), UInt8(ascii: ">"), UInt8(ascii: "<"):
      separators += 1
      sign(.none)
    case UInt8(ascii: "_"): letter()
    default: sign(.none)
    }
  }

  @inline(__always)
  private mutating func letter() { (isInWord, isAtStop, end) = (true, false, .none) }

  @inline(__always)
  private mutating func sign(_ end: End) { (isInWord, isAtStop, self.end) = (false, false, end) }

  @inline(__always)
  private mutating func stop() { (isInWord, isAtStop, end) = (false, true, .sentence) }

  /// Takes one character; returns its length in bytes.
  private mutating func addBeyondASCII(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int {
    let lead = text[place]
    let count = min(lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2, text.count - place)
    var code = UInt32(lead) & (count == 4 ? 0x07 : count == 3 ? 0x0F : 0x1F)
    for next in place + 1..<place + count { code = code << 6 | UInt32(text[next] & 0x3F) }
    length += code >= 0x2E80 ? 3 : 1
    switch code {
    case 0x2018...0x201F, 0xAB, 0xBB, 0x300C...0x300F: isInWord = false  // quotation marks
    case 0x2026: stop()
    case 0x3002, 0xFF01, 0xFF1F, 0xFF0E, 0x964, 0x6D4, 0x61F:  // full stops that no space follows
      stop()
      sentences += 1
      isAtStop = false
    case 0x3001, 0xFF0C, 0xFF1B, 0x60C:
      commas += 1
      sign(.colon)
    case 0xFF1A: sign(.colon)
    case 0xB7, 0x2022, 0x203A, 0x2192, 0x25B6...0x25BA, 0xFF5C:
      separators += 1
      sign(.none)
    case 0xA0...0xBF, 0x2000...0x206F, 0x20A0...0x2BFF, 0x3000...0x303F, 0xFE30...0xFE4F, 0xFF00...0xFF0F: sign(.none)
    default:
      if !isInWord { beginWord(code) }
      letter()
    }
    return count
  }

  private mutating func beginWord(_ code: UInt32) {
    words += 1
    // No script with two cases is beyond.
    guard code < 0x2E80, let properties = Unicode.Scalar(code)?.properties else { return }
    if properties.isLowercase { smallWords += 1 } else if properties.isUppercase { capitalWords += 1 }
  }
}
