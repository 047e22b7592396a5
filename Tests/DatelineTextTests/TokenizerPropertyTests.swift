import DatelineCore
import Foundation
import Testing

@testable import DatelineText

/// What holds for the tokens of any bytes.
@Suite struct TokenizerPropertyTests {
  /// Nil when all is well.
  private func problem(_ bytes: [UInt8]) -> String? {
    let buffer = TokenBuffer(bytes)
    let forms = buffer.forms
    if forms.count != buffer.tokens.count { return "\(forms.count) forms for \(buffer.tokens.count) tokens" }
    for (token, form) in zip(buffer.tokens, forms) {
      if token.start >= token.end || token.end > bytes.count { return "token \(token) outside of the text" }
      if token.fingerprint != fingerprint(form) { return "fingerprint of \(form)" }
      if form.isEmpty || String(validating: form, as: UTF8.self) == nil { return "form \(form)" }
    }
    for (token, next) in zip(buffer.tokens, buffer.tokens.dropFirst()) where token.start >= next.start {
      return "tokens \(token) and \(next) in this order"
    }
    // The scratch memory for forms is not needed for tokens.
    var plain = TokenBuffer()
    tokenizer.tokenize(bytes.span, into: &plain)
    return plain.tokens == buffer.tokens && plain.normalizedText.isEmpty ? nil : "other tokens without forms"
  }

  @Test func anyBytesGiveSoundTokens() {
    let seed: UInt64 = 11
    var generator = SeededGenerator(seed: seed)
    for round in 0..<4_000 {
      let bytes = generator.bytes()
      let found = problem(bytes)
      #expect(found == nil, "round \(round), seed \(seed): \(bytes)")
      if found != nil { return }
    }
  }

  /// A text of many scripts, cut at every byte and damaged at every byte.
  @Test func everyCutAndEveryDamagedByte() {
    let text = Array("Zoë’s 3.14 Ёлк\u{438}\u{306} क्षे ไทยก็ 東京か\u{3099} 한국 \u{1112}\u{1161} 👍🏽 ארה״ב ខ្មែរ ﬁ".utf8)
    for place in text.indices {
      #expect(problem(Array(text[..<place])) == nil, "the first \(place) bytes")
      #expect(problem(Array(text[place...])) == nil, "from byte \(place)")
      for byte in [0x00, 0x27, 0x80, 0xBF, 0xC0, 0xC3, 0xE0, 0xED, 0xF4, 0xFF] as [UInt8] {
        var damaged = text
        damaged[place] = byte
        #expect(problem(damaged) == nil, "byte \(place) as \(byte)")
      }
    }
  }

  /// Words with a typographic apostrophe have a way of their own where no forms are wanted.
  @Test func typographicApostrophesAreThoseOfASCII() {
    let parts = [
      "a", "It", "x9", "9", "o", "Committees", "internationalisation", "’", "’", "'", ".", ",", " ", "é", "\u{301}",
      "”",
    ]
    let seed: UInt64 = 13
    var generator = SeededGenerator(seed: seed)
    for round in 0..<3_000 {
      let text = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        parts[Int.random(in: parts.indices, using: &generator)]
      }.joined()
      #expect(problem(Array(text.utf8)) == nil, "round \(round), seed \(seed): \(text)")
    }
    for (typographic, plain) in [
      ("it’s", "it's"), ("Rock’n’roll is", "rock'n'roll is"), ("the O’Neills’ day", "the o'neills' day"),
    ] {
      var tokens = (TokenBuffer(), TokenBuffer())
      tokenizer.tokenize(Array(typographic.utf8).span, into: &tokens.0)
      tokenizer.tokenize(Array(plain.utf8).span, into: &tokens.1)
      #expect(tokens.0.tokens.map(\.fingerprint) == tokens.1.tokens.map(\.fingerprint), "\(typographic)")
    }
  }

  @Test func invalidBytesSeparate() {
    let invalid: [[UInt8]] = [
      [0x80], [0xC0, 0xAF], [0xC1, 0x81], [0xC3], [0xE0, 0x80, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80],
      [0xF0, 0x82, 0x82, 0xAC], [0xC1, 0xA1], [0xE0, 0x81, 0xA1], [0xF0, 0x80, 0x81, 0xA1], [0xA7], [0xAE],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF, 0xFF],
    ]
    for bytes in invalid {
      let forms = TokenBuffer(Array("ab".utf8) + bytes + Array("cd é".utf8) + bytes).forms
      #expect(forms == [Array("ab".utf8), Array("cd".utf8), Array("é".utf8)], "\(bytes)")
      #expect(TokenBuffer([0x31] + bytes + [0x32]).forms == [[0x31], [0x32]], "\(bytes)")
    }
  }

  /// The fast path is only a fast path.
  @Test func asciiIsTheSameTheUnicodeWay() {
    let seed: UInt64 = 12
    var generator = SeededGenerator(seed: seed)
    func pieces(_ text: String) -> [[UInt8]] { text.unicodeScalars.map { Array(String($0).utf8) } }
    let letters = pieces("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz'ABC12.")
    let alphabet = pieces("abcdefghijklmnopABYZ0129'''...,,,  -_\"\n")
    // Punctuation that the fast way knows, and its neighbours in Unicode, which it does not; some of them in pieces.
    let news =
      pieces("abcdeABC129 \".,' ’’’‘“”—–…‐‧\u{200F}\u{200B}\u{2028}\u{301}é½á₠₹₿\u{209C}\u{20C1}\u{20D0}")
      + [[0xE2], [0xE2, 0x80], [0xE2, 0x82], [0x99]]
    let characters = CharacterTable()
    for round in 0..<1_500 {
      // Few separators make words that are longer than what is looked at together.
      let alphabet =
        round % 200 == 0 ? pieces("a ") : [letters, alphabet, news, news + letters][round % 4]
      // Texts are scanned in stretches of some thousand bytes.
      let longest = round % 100 == 0 ? 20_000 : round % 2 == 0 ? 40 : 300
      let bytes = (0..<Int.random(in: 0...longest, using: &generator)).flatMap { _ in
        alphabet[Int.random(in: alphabet.indices, using: &generator)]
      }
      var slow = TokenBuffer()
      slow.keepsNormalizedText = true
      bytes.withUnsafeBufferPointer { bytes in
        var scanner = UnicodeScanner(CharacterReader(bytes: bytes, characters: characters))
        var position = 0
        while position < bytes.count { position = scanner.scan(from: position, into: &slow) }
      }
      let fast = TokenBuffer(bytes)
      #expect(fast.tokens == slow.tokens, "round \(round), seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
      #expect(fast.forms == slow.forms, "round \(round), seed \(seed)")
    }
  }

  /// Nothing is carried from one word to the next, on either path.
  @Test func aSpaceCutsTheText() {
    let seed: UInt64 = 13
    var generator = SeededGenerator(seed: seed)
    for round in 0..<2_000 {
      let (left, right) = (generator.bytes(), generator.bytes())
      let shift = UInt32(left.count + 1)
      let expected =
        TokenBuffer(left).tokens
        + TokenBuffer(right).tokens.map {
          Token(fingerprint: $0.fingerprint, start: $0.start + shift, end: $0.end + shift)
        }
      #expect(TokenBuffer(left + [0x20] + right).tokens == expected, "round \(round), seed \(seed): \(left), \(right)")
    }
  }

  /// A normalised form is what its own normalised form is.
  @Test func normalisedFormsStayAsTheyAre() {
    let seed: UInt64 = 14
    var generator = SeededGenerator(seed: seed)
    for round in 0..<2_000 {
      for form in TokenBuffer(generator.bytes()).forms {
        #expect(TokenBuffer(form).forms == [form], "round \(round), seed \(seed)")
      }
    }
  }

  /// Every character that has another spelling.
  @Test func everyEquivalentSpellingOfACharacter() {
    for value in 0..<0x30000 as Range<UInt32> {
      guard let scalar = Unicode.Scalar(value), !(0xAC00...0xD7A3).contains(value) || value % 97 == 0 else { continue }
      let character = String(Character(scalar))
      let decomposed = Array(character.decomposedStringWithCanonicalMapping.utf8)
      guard decomposed != Array(character.utf8) else { continue }
      let name = "U+\(String(value, radix: 16, uppercase: true))"
      for context in [("", ""), ("a", ""), ("", "b"), ("я", "я")] {
        let forms = TokenBuffer(Array((context.0 + character + context.1).utf8)).forms
        #expect(forms == TokenBuffer(Array(context.0.utf8) + decomposed + Array(context.1.utf8)).forms, "\(name)")
        let composed = Array((context.0 + character + context.1).precomposedStringWithCanonicalMapping.utf8)
        #expect(forms == TokenBuffer(composed).forms, "\(name)")
      }
    }
  }

  @Test func everyEquivalentSpellingOfAText() {
    let seed: UInt64 = 15
    var generator = SeededGenerator(seed: seed)
    for round in 0..<3_000 {
      let text = generator.text()
      let forms = TokenBuffer(Array(text.utf8)).forms
      let composed = TokenBuffer(Array(text.precomposedStringWithCanonicalMapping.utf8)).forms
      let decomposed = TokenBuffer(Array(text.decomposedStringWithCanonicalMapping.utf8)).forms
      #expect(forms == composed, "round \(round), seed \(seed): \(text.unicodeScalars.map(\.value))")
      #expect(forms == decomposed, "round \(round), seed \(seed): \(text.unicodeScalars.map(\.value))")
    }
  }
}
