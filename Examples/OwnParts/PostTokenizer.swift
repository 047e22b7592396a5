import Dateline

/// A tokenizer of one's own, for posts: words are what stands between spaces and punctuation, but `#tags` and `@names` are
/// tokens of their own, and different from the words that they are made of.
struct PostTokenizer: Tokenizer {
  func tokenize(_ text: Span<UInt8>, into buffer: inout TokenBuffer) {
    var place = 0
    while place < text.count {
      let start = place
      if text[place] == UInt8(ascii: "#") || text[place] == UInt8(ascii: "@") { place += 1 }
      while place < text.count, PostTokenizer.isWord(text[place]) { place += 1 }
      if place == start || !PostTokenizer.isWord(text[place - 1]) {
        place = max(place, start + 1)
        continue
      }
      // FNV-1a, of small letters.
      var fingerprint: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in start..<place {
        let letter = text[byte]
        let small = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter) ? letter | 0x20 : letter
        fingerprint = (fingerprint ^ UInt64(small)) &* 0x100_0000_01B3
        if buffer.keepsNormalizedText { buffer.normalizedText.append(small) }
      }
      if buffer.keepsNormalizedText { buffer.normalizedEnds.append(buffer.normalizedText.count) }
      buffer.tokens.append(Token(fingerprint: fingerprint, start: UInt32(start), end: UInt32(place)))
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
