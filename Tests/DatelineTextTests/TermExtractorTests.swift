import DatelineCore
import Testing

@testable import DatelineText

@Suite struct TermExtractorTests {
  /// The terms of a document and how often each occurs.
  private func terms(
    title: String = "", _ body: String, _ settings: [String: String]
  ) throws(DatelineError) -> [UInt64: UInt32] {
    let extractor = TermExtractor(tokenizer: tokenizer, parameters: try parameters(settings))
    var scratch = VectorizerScratch()
    // What an earlier document left behind must not matter.
    extractor.extract(title: Array("left over".utf8).span, body: Array("from before é".utf8).span, scratch: &scratch)
    extractor.extract(title: Array(title.utf8).span, body: Array(body.utf8).span, scratch: &scratch)
    return Dictionary(uniqueKeysWithValues: zip(scratch.counts.fingerprints, scratch.counts.counts))
  }

  private func gram(_ words: String...) -> UInt64 {
    words.dropFirst().reduce(fingerprint(words[0])) { Fingerprint.pair($0, fingerprint($1)) }
  }

  @Test func wordNGrams() throws {
    #expect(
      try terms("A b a B, c", ["ngrams": "1-3"]) == [
        gram("a"): 2, gram("b"): 2, gram("c"): 1, gram("a", "b"): 2, gram("b", "a"): 1, gram("b", "c"): 1,
        gram("a", "b", "a"): 1, gram("b", "a", "b"): 1, gram("a", "b", "c"): 1,
      ])
    #expect(try terms("a b c", ["ngrams": "2"]) == [gram("a", "b"): 1, gram("b", "c"): 1])
    #expect(try terms("a b c", ["ngrams": "2-3"]).count == 3)
    #expect(try terms("a", ["ngrams": "2-3"]).isEmpty)
    #expect(try terms("", ["ngrams": "1-3"]).isEmpty)
    #expect(try terms("北京 欢", ["ngrams": "2"]) == [gram("北", "京"): 1, gram("京", "欢"): 1])
  }

  @Test func nGramsStayWithinAField() throws {
    #expect(
      try terms(title: "a b", "b c", ["ngrams": "1-2"]) == [
        gram("a"): 1, gram("b"): 2, gram("c"): 1, gram("a", "b"): 1, gram("b", "c"): 1,
      ])
  }

  @Test func theTitleCanWeighMoreOrNothing() throws {
    #expect(
      try terms(title: "a b", "b", ["ngrams": "1-2", "title-weight": "3"]) == [
        gram("a"): 3, gram("b"): 4, gram("a", "b"): 3,
      ])
    #expect(try terms(title: "a b", "b", ["ngrams": "1-2", "title-weight": "0"]) == [gram("b"): 1])
  }

  @Test func theTitleCanBeAFieldOfItsOwn() throws {
    let joined = try terms("a b c", ["ngrams": "1-3", "char-ngrams": "1-2"])
    let title = try terms(title: "a b c", "", ["ngrams": "1-3", "char-ngrams": "1-2", "fields": "separate"])
    #expect(title.count == joined.count)
    #expect(Set(title.keys).isDisjoint(with: joined.keys))
    let both = try terms(
      title: "a b c", "a b c", ["ngrams": "1-3", "char-ngrams": "1-2", "fields": "separate", "title-weight": "2"])
    #expect(both == title.mapValues { $0 * 2 }.merging(joined) { $0 + $1 })
    #expect(
      try terms(title: "a b c", "a b c", ["ngrams": "1-3", "char-ngrams": "1-2"]) == joined.mapValues { $0 * 2 })
  }

  @Test func singleLettersCanBeLeftOut() throws {
    let text = "Vitamins B, C and D: 7 é 京 a"
    #expect(
      try terms(text, ["ngrams": "1-2", "single-letters": "false"]) == [
        gram("vitamins"): 1, gram("and"): 1, gram("é"): 1, gram("京"): 1, gram("vitamins", "and"): 1,
        gram("and", "é"): 1, gram("é", "京"): 1,
      ])
    #expect(try terms(title: "a b", "c", ["single-letters": "false", "char-ngrams": "1-3"]).isEmpty)
    // What is left has the characters that it has alone.
    let settings = ["ngrams": "1", "char-ngrams": "2-3", "single-letters": "false"]
    #expect(try terms("x oslo 1 y rain z", settings) == terms("oslo rain", settings))
    #expect(try !terms("x oslo", settings).isEmpty)
  }

  @Test func characterNGrams() throws {
    func grams(_ text: String, _ lengths: String) throws(DatelineError) -> [UInt64: UInt32] {
      var found = try terms(text, ["ngrams": "1", "char-ngrams": lengths])
      for word in TokenBuffer(Array(text.utf8)).forms { found[fingerprint(word)] = nil }
      return found
    }
    func expected(_ grams: [String: UInt32]) -> [UInt64: UInt32] {
      Dictionary(uniqueKeysWithValues: grams.map { (Fingerprint.marked(fingerprint($0), 0x6368_6172), $1) })
    }
    #expect(try grams("Été", "2-3") == expected([" é": 1, "ét": 1, "té": 1, "é ": 1, " ét": 1, "été": 1, "té ": 1]))
    #expect(try grams("aa a", "2") == expected([" a": 2, "aa": 1, "a ": 2]))
    #expect(try grams("ab", "4-6") == expected([" ab ": 1]))
    #expect(try grams("ab", "5") == [:])
    #expect(try grams("京", "1-3") == expected([" ": 2, "京": 1, " 京": 1, "京 ": 1, " 京 ": 1]))
    #expect(try grams("U+\u{10428}", "3") == expected([" u ": 1, " \u{10428} ": 1]))
  }
}
