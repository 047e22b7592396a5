public import DatelineCore

/// Cuts text into words, in any script, straight from UTF-8.
///
/// - Words are runs of letters, digits and the marks on them, in lower case. Indic vowel signs and viramas are part of
///   a word.
/// - An apostrophe between letters joins them (`don't`, `l’eau`), a full stop or comma between digits does (`3.14`), and
///   so do the Hebrew gershayim and the Catalan middle dot (`ארה״ב`, `col·legi`).
/// - Han characters and kana are words of their own; n-grams over words then give character bigrams.
/// - Thai, Lao, Khmer and Burmese are written without spaces: their runs give overlapping pairs of clusters, a cluster
///   being a consonant with its vowels and marks.
/// - Texts that are canonically equivalent (Unicode Standard Annex #15), such as both spellings of an accented letter,
///   give the same tokens, and full-width forms and Latin ligatures are ASCII; soft hyphens, joiners and the vowel marks
///   of Arabic and Hebrew are left out.
/// - Everything else, invalid bytes included, separates words.
///
/// One pass, O(bytes); ASCII goes a fast way.
public struct WordTokenizer: Tokenizer {
  private let characters = CharacterTable()

  /// A tokenizer.
  public init() {}

  /// Appends the words of a text, in order.
  public func tokenize(_ text: Span<UInt8>, into buffer: inout TokenBuffer) {
    text.withUnsafeBufferPointer { bytes in
      let scanner = WordScanner(bytes: bytes, characters: characters)
      scanner.scan(into: &buffer)
    }
  }
}

/// What an ASCII byte does, by its value; bytes from 0x80 on are left to the Unicode way.
private let asciiRoles: [UInt8] = (0..<256).map { byte in
  switch UInt8(byte) {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): ASCII.digit
  case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): ASCII.letter
  case 0x80...0xFF: ASCII.beyond
  default: ASCII.separator
  }
}

private enum ASCII {
  static let separator: UInt8 = 0
  static let digit: UInt8 = 1
  static let letter: UInt8 = 2
  static let beyond: UInt8 = 3
}

private struct WordScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  let characters: CharacterTable

  func scan(into buffer: inout TokenBuffer) {
    asciiRoles.withUnsafeBufferPointer { roles in
      var beyond = UnicodeScanner(bytes: bytes, characters: characters)
      var position = 0
      let end = bytes.count
      while position < end {
        let role = roles[Int(bytes[position])]
        if role == ASCII.separator {
          position += 1
          continue
        }
        let start = position
        if role != ASCII.beyond {
          position = endOfASCIIWord(from: position, roles)
          if !mayContinue(at: position) || !beyond.continuesWord(at: position) {
            appendASCII(start..<position, to: &buffer)
            continue
          }
        }
        position = beyond.scan(from: start, into: &buffer)
      }
    }
  }

  /// The end of a run of letters and digits, with apostrophes between letters and points between digits.
  @inline(__always)
  private func endOfASCIIWord(from start: Int, _ roles: UnsafeBufferPointer<UInt8>) -> Int {
    var position = start
    let end = bytes.count
    while true {
      while position < end, roles[Int(bytes[position])] &- 1 < 2 { position += 1 }
      guard position + 1 < end, position > start else { return position }
      guard WordScanner.joins(bytes[position], roles[Int(bytes[position - 1])], roles[Int(bytes[position + 1])]) else {
        return position
      }
      position += 1
    }
  }

  /// Whether an ASCII word that ends at `position` may go on with characters beyond ASCII, there or behind a joining
  /// character.
  @inline(__always)
  private func mayContinue(at position: Int) -> Bool {
    guard position < bytes.count else { return false }
    switch bytes[position] {
    case 0x80...0xFF: return true
    case UInt8(ascii: "'"), UInt8(ascii: "."), UInt8(ascii: ","):
      return position + 1 < bytes.count && bytes[position + 1] >= 0x80
    default: return false
    }
  }

  /// Whether the byte joins the ASCII characters before and behind it.
  @inline(__always)
  private static func joins(_ byte: UInt8, _ before: UInt8, _ after: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "'"): before == ASCII.letter && after == ASCII.letter
    case UInt8(ascii: "."), UInt8(ascii: ","): before == ASCII.digit && after == ASCII.digit
    default: false
    }
  }

  @inline(__always)
  private func appendASCII(_ range: Range<Int>, to buffer: inout TokenBuffer) {
    let word = UnsafeBufferPointer(rebasing: bytes[range])
    buffer.tokens.append(
      Token(
        fingerprint: Fingerprint.lowercasedASCII(word), start: UInt32(truncatingIfNeeded: range.lowerBound),
        end: UInt32(truncatingIfNeeded: range.upperBound)))
    if buffer.keepsNormalizedText {
      for byte in word { buffer.normalizedText.append(asciiRoles[Int(byte)] == ASCII.letter ? byte | 0x20 : byte) }
      buffer.normalizedEnds.append(buffer.normalizedText.count)
    }
  }
}
