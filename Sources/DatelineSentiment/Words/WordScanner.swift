import CSIMD

/// Goes through the words of a text and makes no string of them.
///
/// A word is a run of letters and digits, with single apostrophes between them. Every character beyond ASCII but the
/// typographic punctuation (U+2000 to U+206F) counts as a letter: the words that are looked up are English.
struct WordScanner {
  /// A word.
  struct Word {
    /// Where it stands.
    var bytes: Range<Int>
    /// What it is known by: equal for words that differ in capitals or in the form of the apostrophe.
    var fingerprint: UInt64
  }

  /// What stands between two words, as far as it tells anything.
  struct Gap: OptionSet {
    let rawValue: UInt8
    static let question = Gap(rawValue: 1 << 0)
    static let exclamation = Gap(rawValue: 1 << 1)
    static let quotation = Gap(rawValue: 1 << 2)
    /// A full stop, a question or an exclamation mark, or the end of a line.
    static let stop = Gap(rawValue: 1 << 3)
    /// A comma, a colon, a semicolon, a bracket or a dash.
    static let clause = Gap(rawValue: 1 << 4)
  }

  // FNV-1a: its offset and its prime for 64 bits.
  private static let offset: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01B3

  private(set) var position = 0
  /// What stood before the word that was found last, or at the end.
  private(set) var gap: Gap = []

  init(from position: Int = 0) { self.position = position }

  /// The next word, or `nil` at the end.
  @inline(__always)
  mutating func next(_ text: Span<UInt8>) -> Word? {
    gap = []
    while position < text.count {
      let byte = text[unchecked: position]
      if byte == UInt8(ascii: " ") {
        // Mostly a single one.
        position &+= 1
      } else if WordScanner.isWordByte(byte) || WordScanner.letterLength(text, position) > 0 {
        break
      } else {
        skip(text)
      }
    }
    guard position < text.count else { return nil }
    let start = position
    // Nearly all words are no more than this.
    var hash = addWordBytes(text, to: WordScanner.offset)
    if position < text.count, WordScanner.mayGoOn(text[unchecked: position]) { hash = addRest(text, to: hash) }
    return Word(bytes: start..<position, fingerprint: hash)
  }

  /// Whether a word may go on with a byte behind 16 letters and digits, or fewer that end there.
  @inline(__always)
  private static func mayGoOn(_ byte: UInt8) -> Bool {
    byte != UInt8(ascii: " ") && (byte >= 0x80 || byte == UInt8(ascii: "'") || isWordByte(byte))
  }

  /// Goes over letters and digits of ASCII, no more than 16, and adds them to a fingerprint. Bit 5 is set in digits, too.
  @inline(__always)
  private mutating func addWordBytes(_ text: Span<UInt8>, to hash: UInt64) -> UInt64 {
    let end = position &+ WordScanner.wordBytes(text, from: position)
    let start = position
    position = end
    return text.withUnsafeBytes { dateline_fnv1a(hash, $0.baseAddress, start, end, 0x20) }
  }

  /// Goes over what is left of a word, and adds it to its fingerprint.
  @inline(never)
  private mutating func addRest(_ text: Span<UInt8>, to hash: UInt64) -> UInt64 {
    var hash = hash
    while position < text.count {
      var length = WordScanner.letterLength(text, position)
      if length == 0 {
        let apostrophe = WordScanner.apostropheLength(text, position)
        guard apostrophe > 0, WordScanner.letterLength(text, position + apostrophe) > 0 else { break }
        hash = (hash ^ UInt64(UInt8(ascii: "'"))) &* WordScanner.prime
        position += apostrophe
        length = WordScanner.letterLength(text, position)
      }
      for place in position..<position + length {
        hash = (hash ^ UInt64(WordScanner.lowercased(text[place]))) &* WordScanner.prime
      }
      position += length
      hash = addWordBytes(text, to: hash)
    }
    return hash
  }

  /// Goes over one character that is in no word.
  private mutating func skip(_ text: Span<UInt8>) {
    switch text[position] {
    case UInt8(ascii: "?"): gap.formUnion([.question, .stop])
    case UInt8(ascii: "!"): gap.formUnion([.exclamation, .stop])
    case UInt8(ascii: "\n"): gap.insert(.stop)
    // Not the point of a number.
    case UInt8(ascii: ".") where WordScanner.letterLength(text, position + 1) == 0: gap.insert(.stop)
    case UInt8(ascii: "\""): gap.insert(.quotation)
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "("), UInt8(ascii: ")"):
      gap.insert(.clause)
    case 0xE2:
      // U+201C and U+201D, quotation marks; U+2013 and U+2014, dashes.
      if position + 2 < text.count, text[position + 1] == 0x80 {
        if (0x9C...0x9D).contains(text[position + 2]) { gap.insert(.quotation) }
        if (0x93...0x94).contains(text[position + 2]) { gap.insert(.clause) }
      }
      position += min(3, text.count - position)
      return
    default: break
    }
    position += 1
  }

  /// How many letters and digits of ASCII stand in a row; no more than 16 are counted.
  @inline(__always)
  private static func wordBytes(_ text: Span<UInt8>, from start: Int) -> Int {
    #if arch(x86_64)
      if start &+ 16 <= text.count {
        return text.withUnsafeBytes {
          guard let base = $0.baseAddress else { return 0 }
          return (~dateline_letters_and_digits(base + start)).trailingZeroBitCount
        }
      }
    #endif
    return countWordBytes(text, from: start)
  }

  @inline(never)
  private static func countWordBytes(_ text: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < min(text.count, start &+ 16), isWordByte(text[unchecked: end]) { end &+= 1 }
    return end &- start
  }

  /// How many bytes of a word stand at a place: 0, 1, or those of one character.
  @inline(__always)
  private static func letterLength(_ text: Span<UInt8>, _ place: Int) -> Int {
    guard place < text.count else { return 0 }
    let byte = text[place]
    if byte < 0x80 { return isWordByte(byte) ? 1 : 0 }
    if byte == 0xE2, place + 1 < text.count, text[place + 1] == 0x80 || text[place + 1] == 0x81 { return 0 }
    return 1
  }

  @inline(__always)
  private static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
  }

  @inline(__always)
  private static func lowercased(_ byte: UInt8) -> UInt8 { byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte }

  /// How many bytes an apostrophe has that stands at a place, ' or ’; 0 where there is none.
  @inline(__always)
  private static func apostropheLength(_ text: Span<UInt8>, _ place: Int) -> Int {
    if text[place] == UInt8(ascii: "'") { return 1 }
    guard text[place] == 0xE2, place + 2 < text.count, text[place + 1] == 0x80, text[place + 2] == 0x99 else {
      return 0
    }
    return 3
  }

  /// What a word is known by that is in lower case and whose apostrophes are ASCII.
  static func fingerprint(of word: some Sequence<UInt8>) -> UInt64 {
    word.reduce(offset) { ($0 ^ UInt64($1)) &* prime }
  }
}
