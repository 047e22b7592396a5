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
      ASCIIScanner(bytes: bytes, characters: characters).scan(into: &buffer)
    }
  }
}
