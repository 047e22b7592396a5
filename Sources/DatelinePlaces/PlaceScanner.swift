import CSIMD

/// Cuts UTF-8 into words, with what tells names from other words: capitals, and what stands between words.
///
/// Letters are folded as far as names in Latin script need it: case and accents. A dot between letters belongs to the
/// word (`U.S.`), and so does `&` between two letters (`J&K`); between words it is the word `and`. `'s` and `’s` at the end
/// do not belong to it.
struct PlaceScanner {
  /// Appends the words of a text, which is shorter than 4 GB. O(bytes).
  static func scan(_ text: Span<UInt8>, into tokens: inout [PlaceToken]) {
    precondition(text.count <= UInt32.max, "places have 32 bits")
    var separator = Separator()
    var place = 0
    // A little more than enough for most texts: an English word and what is behind it have six bytes on average.
    tokens.reserveCapacity(tokens.count + text.count / 5)
    while place < text.count {
      let byte = text[unchecked: place]
      // What stands between words most often, and tells nothing of them.
      if byte == UInt8(ascii: " ") {
        place &+= 1
        continue
      }
      if let word = PlainWord(text, from: place) {
        let folded = mix(word.folded)
        tokens.append(
          PlaceToken(
            folded: folded, exact: word.isCapitalized ? mix(word.exact) : folded,
            start: UInt32(truncatingIfNeeded: place), end: UInt32(truncatingIfNeeded: word.end),
            traits: word.traits.union(separator.traits)))
        separator = Separator(afterWordOf: word.end &- place)
        place = word.end
        continue
      }
      guard LetterTable.isWord(byte) else {
        if byte == UInt8(ascii: "&"), isAnd(text, place) {
          tokens.append(
            PlaceToken(
              folded: and, exact: and, start: UInt32(truncatingIfNeeded: place),
              end: UInt32(truncatingIfNeeded: place + 1), traits: separator.traits))
          separator = Separator(afterWordOf: 3)
          place += 1
        } else {
          separator.add(byte, text, &place)
        }
        continue
      }
      var word = Word(start: place)
      let end = word.read(text, from: place)
      var traits = word.traits.union(separator.traits)
      if word.hasPossessive { traits.insert(.possessive) }
      if end < text.count, text[unchecked: end] == UInt8(ascii: ".") { traits.insert(.beforeDot) }
      tokens.append(
        PlaceToken(
          folded: mix(word.folded), exact: mix(word.exact), start: UInt32(truncatingIfNeeded: place),
          end: UInt32(truncatingIfNeeded: end), traits: traits))
      separator = Separator(afterWordOf: word.letters)
      place = word.hasPossessive ? min(text.count, end + word.possessiveLength) : end
    }
  }

  private static let and = mix("and".utf8.reduce(Word.seed) { ($0 ^ UInt64($1)) &* Word.prime })

  /// Whether an ampersand is a word: where spaces are on both sides of it.
  private static func isAnd(_ text: Span<UInt8>, _ place: Int) -> Bool {
    place > 0 && text[place - 1] == UInt8(ascii: " ") && place + 1 < text.count
      && text[place + 1] == UInt8(ascii: " ")
  }

  /// Spreads a fingerprint over all bits.
  static func mix(_ hash: UInt64) -> UInt64 {
    var hash = hash
    hash ^= hash >> 32
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    hash ^= hash >> 32
    return hash
  }

  /// The fingerprint of several words: of those before, and one more.
  static func chain(_ before: UInt64, _ word: UInt64) -> UInt64 { mix((before &* 0x9E37_79B9_7F4A_7C15) ^ word) }
}

/// What stands between two words.
private struct Separator {
  private struct Signs: OptionSet {
    let rawValue: UInt8
    static let comma = Signs(rawValue: 1 << 0)
    static let other = Signs(rawValue: 1 << 1)
    static let sentenceEnd = Signs(rawValue: 1 << 2)
    static let paragraphEnd = Signs(rawValue: 1 << 3)
  }

  private var signs: Signs
  /// How many letters the word before has.
  private let letters: Int

  /// What stands before the first word.
  init() {
    letters = 0
    signs = [.sentenceEnd, .paragraphEnd]
  }

  init(afterWordOf letters: Int) {
    self.letters = letters
    signs = []
  }

  mutating func add(_ byte: UInt8, _ text: Span<UInt8>, _ place: inout Int) {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "-"), UInt8(ascii: "'"): break
    case UInt8(ascii: ","): signs.insert(.comma)
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      signs.formUnion([.sentenceEnd, .paragraphEnd])
    case UInt8(ascii: "."):
      // An initial or a short title does not end a sentence.
      if letters > 2 { signs.insert(.sentenceEnd) } else if letters == 0 { signs.insert(.other) }
    case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"): signs.insert(.sentenceEnd)
    case 0xC2:
      // Signs of Latin-1, of which the space that does not break is one.
      if place + 1 < text.count, text[place + 1] != 0xA0 { signs.insert(.other) }
      place += min(1, text.count - 1 - place)
    case 0xE2:
      // Typographic quotes, dashes and dots; the apostrophe joins.
      let isApostrophe = place + 2 < text.count && text[place + 1] == 0x80 && text[place + 2] == 0x99
      if !isApostrophe { signs.insert(.other) }
      place += min(2, text.count - 1 - place)
    default: signs.insert(.other)
    }
    place += 1
  }

  @inline(__always)
  var traits: PlaceToken.Traits {
    // Mostly there is nothing but a space.
    if signs.isEmpty { return .joined }
    var traits: PlaceToken.Traits = []
    if signs.contains(.sentenceEnd) { traits.insert(.startsSentence) }
    if signs.contains(.paragraphEnd) { traits.insert(.startsParagraph) }
    if signs == .comma { traits.insert(.afterComma) }
    return traits
  }
}

/// A word of ASCII letters that are small but for the first one, as nearly all are, and which nothing can belong to that
/// stands behind it.
private struct PlainWord {
  let end: Int
  let folded: UInt64
  let exact: UInt64
  let isCapitalized: Bool
  let isBeforeDot: Bool

  /// The most small letters that it may have behind its first letter.
  private static let mostSmall = 15

  /// The word that begins at a place; `nil` where there is none, or one of another kind.
  @inline(__always)
  init?(_ text: Span<UInt8>, from start: Int) {
    let first = text[unchecked: start]
    guard LetterTable.isLetter(first) else { return nil }
    end = start &+ 1 &+ PlainWord.smallLetterCount(text, from: start &+ 1)
    let next = end < text.count ? text[unchecked: end] : UInt8(ascii: " ")
    if PlainWord.mayGoOn(end &- start, next) { return nil }
    isBeforeDot = next == UInt8(ascii: ".")
    isCapitalized = first & 0x20 == 0
    let others = start &+ 1..<end
    folded = PlainWord.hash(first | 0x20, text, others)
    exact = isCapitalized ? PlainWord.hash(first, text, others) : folded
  }

  /// The fingerprint of a letter and those that follow it.
  @inline(__always)
  private static func hash(_ first: UInt8, _ text: Span<UInt8>, _ others: Range<Int>) -> UInt64 {
    let hash = (Word.seed ^ UInt64(first)) &* Word.prime
    return text.withUnsafeBytes { dateline_fnv1a(hash, $0.baseAddress, others.lowerBound, others.upperBound, 0) }
  }

  var traits: PlaceToken.Traits {
    let capital: PlaceToken.Traits = isCapitalized ? .capitalized : []
    return isBeforeDot ? capital.union(.beforeDot) : capital
  }

  /// Whether a word of some letters may go on with the byte behind them.
  @inline(__always)
  private static func mayGoOn(_ letters: Int, _ next: UInt8) -> Bool {
    // What follows most often.
    if next == UInt8(ascii: " ") || next == UInt8(ascii: ",") { return false }
    return LetterTable.isWord(next) || next == UInt8(ascii: "'") || next == 0xE2
      || ((next == UInt8(ascii: ".") || next == UInt8(ascii: "&")) && letters == 1)
  }

  /// How many small letters stand in a row; no more than 15 are counted.
  @inline(__always)
  private static func smallLetterCount(_ text: Span<UInt8>, from start: Int) -> Int {
    #if arch(x86_64)
      if start &+ 16 <= text.count {
        return text.withUnsafeBytes {
          guard let base = $0.baseAddress else { return 0 }
          return (~dateline_small_letters(base + start) | 1 &<< UInt32(mostSmall)).trailingZeroBitCount
        }
      }
    #endif
    return countSmallLetters(text, from: start)
  }

  @inline(never)
  private static func countSmallLetters(_ text: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < min(text.count, start &+ mostSmall), text[unchecked: end] &- UInt8(ascii: "a") < 26 { end &+= 1 }
    return end &- start
  }
}

/// A word while it is read.
private struct Word {
  /// FNV-1a's.
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  static let prime: UInt64 = 0x0000_0100_0000_01B3

  let start: Int
  private(set) var folded = Word.seed
  private(set) var exact = Word.seed
  private(set) var letters = 0
  private var capitals = 0
  private var beginsCapital = false
  private(set) var hasPossessive = false
  private(set) var possessiveLength = 0

  init(start: Int) { self.start = start }

  /// Reads the word that begins at a place; returns where it ends.
  mutating func read(_ text: Span<UInt8>, from first: Int) -> Int {
    var place = first
    while place < text.count {
      let byte = text[unchecked: place]
      if byte == UInt8(ascii: "."), isDotted(text, place) {
        exact = (exact ^ UInt64(byte)) &* Word.prime
        place += 1
        continue
      }
      // Unlike a dot it makes another word: M&S is no title, as Ms. is.
      if byte == UInt8(ascii: "&"), isInPair(text, place) {
        addRaw(byte)
        place += 1
        continue
      }
      guard LetterTable.isWord(byte) else { break }
      if byte < 0x80 {
        add(byte: byte)
        place += 1
      } else {
        if byte == 0xE2 { break }
        place = addBeyondASCII(text, place)
      }
    }
    checkPossessive(text, place)
    return place
  }

  /// Whether a dot is part of an abbreviation: between or behind single letters.
  private func isDotted(_ text: Span<UInt8>, _ place: Int) -> Bool {
    guard letters > 0, place > 0, LetterTable.isLetter(text[place - 1]) else { return false }
    let startsPair = place + 1 < text.count && LetterTable.isLetter(text[place + 1])
    let endsPair = place >= 2 && text[place - 2] == UInt8(ascii: ".")
    let isSingle = place - 1 == start || endsPair
    return isSingle && (endsPair || (startsPair && (place + 2 >= text.count || !LetterTable.isLetter(text[place + 2]))))
  }

  /// Whether a sign is between two letters of ASCII and nothing else: `J&K`, but not `AT&T`.
  private func isInPair(_ text: Span<UInt8>, _ place: Int) -> Bool {
    place - 1 == start && LetterTable.isLetter(text[start]) && place + 1 < text.count
      && LetterTable.isLetter(text[place + 1]) && (place + 2 >= text.count || !LetterTable.isWord(text[place + 2]))
  }

  private mutating func add(byte: UInt8) {
    let lower = byte | (LetterTable.isUpper(byte) ? 0x20 : 0)
    folded = (folded ^ UInt64(lower)) &* Word.prime
    exact = (exact ^ UInt64(byte)) &* Word.prime
    if LetterTable.isLetter(byte) { count(isUpper: LetterTable.isUpper(byte)) }
  }

  private mutating func count(isUpper: Bool) {
    if isUpper {
      if letters == 0 { beginsCapital = true }
      capitals += 1
    }
    letters += 1
  }

  private mutating func addBeyondASCII(_ text: Span<UInt8>, _ place: Int) -> Int {
    let lead = text[place]
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard length == 2, place + 1 < text.count else {
      // Other scripts: each byte counts as it is. They have no capitals that matter here.
      for byte in place..<min(text.count, place + length) { addRaw(text[byte]) }
      letters += 1
      return min(text.count, place + length)
    }
    let scalar = (UInt32(lead & 0x1F) << 6) | UInt32(text[place + 1] & 0x3F)
    if let plain = LetterTable.plain(scalar) {
      let isUpper = LetterTable.isUpper(plain)
      folded = (folded ^ UInt64(plain | 0x20)) &* Word.prime
      exact = (exact ^ UInt64(plain)) &* Word.prime
      count(isUpper: isUpper)
    } else {
      addRaw(lead)
      addRaw(text[place + 1])
      letters += 1
    }
    return place + 2
  }

  private mutating func addRaw(_ byte: UInt8) {
    folded = (folded ^ UInt64(byte)) &* Word.prime
    exact = (exact ^ UInt64(byte)) &* Word.prime
  }

  /// Notes an apostrophe with an s behind the word.
  private mutating func checkPossessive(_ text: Span<UInt8>, _ place: Int) {
    var next = place
    if next < text.count, text[next] == UInt8(ascii: "'") {
      next += 1
    } else if next + 2 < text.count, text[next] == 0xE2, text[next + 1] == 0x80, text[next + 2] == 0x99 {
      next += 3
    } else {
      return
    }
    guard next < text.count, text[next] | 0x20 == UInt8(ascii: "s"),
      next + 1 >= text.count || !LetterTable.isWord(text[next + 1])
    else { return }
    hasPossessive = true
    possessiveLength = next + 1 - place
  }

  var traits: PlaceToken.Traits {
    if letters == 0 { return .number }
    var traits: PlaceToken.Traits = []
    if beginsCapital { traits.insert(.capitalized) }
    if letters >= 2, capitals == letters { traits.insert(.allCapitals) }
    return traits
  }
}
