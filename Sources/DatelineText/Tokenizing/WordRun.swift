import DatelineCore

/// A word under construction.
struct WordRun {
  private var text: NormalizedText
  private var start = 0
  private var end = 0
  /// Whether the word is a single character that only marks may join.
  private(set) var isIdeograph = false

  init(characters: CharacterTable) { text = NormalizedText(characters: characters) }

  var isOpen: Bool { text.last != nil }

  /// The last letter or digit, which decides whether an apostrophe or a full stop behind it belongs to the word; `nil`
  /// where no such thing can.
  var last: UInt32? { isIdeograph ? nil : text.last }

  /// Appends a character.
  mutating func append(_ character: CharacterProperties, _ range: Range<Int>) {
    if !isOpen {
      start = range.lowerBound
      isIdeograph = character.role == .ideograph
    }
    end = range.upperBound
    if (0xFB00...0xFB06).contains(character.folded) {
      for letter in WordRun.ligatures[Int(character.folded) - 0xFB00].unicodeScalars {
        text.append(letter.value, combining: 0)
      }
    } else {
      text.append(character.folded, combining: character.combining)
    }
  }

  /// Makes the word reach over characters that are left out.
  mutating func extend(to position: Int) { if isOpen { end = position } }

  /// Appends the word, if there is one, to the tokens.
  mutating func end(into buffer: inout TokenBuffer) {
    guard isOpen else { return }
    text.finish()
    buffer.append(normalized: text, start..<end)
    text.removeAll()
    isIdeograph = false
  }

  /// What the ligatures from U+FB00 on stand for; they come from PDF files.
  private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]
}

extension TokenBuffer {
  /// Appends a token of the given normalised form.
  mutating func append(normalized text: NormalizedText, _ range: Range<Int>) {
    text.withBytes { bytes in
      tokens.append(
        Token(
          fingerprint: Fingerprint.token(bytes), start: UInt32(truncatingIfNeeded: range.lowerBound),
          end: UInt32(truncatingIfNeeded: range.upperBound)))
      if keepsNormalizedText {
        normalizedText += bytes
        normalizedEnds.append(normalizedText.count)
      }
    }
  }
}
