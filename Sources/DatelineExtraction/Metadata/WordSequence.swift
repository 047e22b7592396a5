/// The words of a short text as numbers, equal where the words are equal but for the case of Latin letters. An ideograph
/// is a word.
struct WordSequence {
  private(set) var words: [UInt64] = []

  /// The first word of a text; 0 where it has none.
  static func first(_ text: some Sequence<UInt8>) -> UInt64 {
    var first: UInt64 = 0
    forEachWord(text) { word in
      first = word
      return false
    }
    return first
  }

  init(_ text: some Sequence<UInt8>) {
    WordSequence.forEachWord(text) { word in
      words.append(word)
      return true
    }
  }

  /// - Parameter body: Gets each word, and says whether to go on.
  @inline(__always)
  private static func forEachWord(_ text: some Sequence<UInt8>, _ body: (UInt64) -> Bool) {
    var word: UInt64 = 0
    for byte in text {
      let isLetter =
        byte >= 0x80 || byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte >= 0x30 && byte <= 0x39
      // The first byte of the characters from U+3000 to U+DFFF.
      if byte >= 0xE3, byte <= 0xED, word != 0 {
        if !body(word) { return }
        word = 0
      }
      if isLetter {
        // FNV-1a; 0 stands for no word.
        if word == 0 { word = 0xCBF2_9CE4_8422_2325 }
        word = (word ^ UInt64(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)) &* 0x100_0000_01B3
      } else if word != 0 {
        if !body(word) { return }
        word = 0
      }
    }
    if word != 0 { _ = body(word) }
  }

  /// Whether all words stand in another text, one behind the other. The cost is the product of the lengths.
  func occurs(in other: WordSequence) -> Bool {
    guard let first = words.first, words.count <= other.words.count else { return false }
    for start in 0...other.words.count - words.count where other.words[start] == first {
      if other.words[start..<start + words.count].elementsEqual(words) { return true }
    }
    return false
  }
}
