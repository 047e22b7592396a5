import DatelineCore
import DatelineVectors
import Testing

@testable import DatelineSentiment

@Suite struct ToneReaderTests {
  private func hits(_ text: String) -> [ToneReader.Hit] {
    let bytes = Array(text.utf8)
    var found: [ToneReader.Hit] = []
    _ = ToneReader(lexicon: .standard).read(bytes.span, whenHit: { found.append($0) })
    return found
  }

  private func valence(_ text: String) -> Double { hits(text).reduce(0) { $0 + $1.valence } }

  @Test func wordsHaveTheValencesOfTheirSource() {
    #expect(valence("a good day") == 1.9)
    #expect(valence("a Terrible day") == -2.1)
    #expect(valence("a day of tables") == 0)
  }

  @Test func negationsTurnTheThreeWordsBehindThem() {
    #expect(abs(valence("not good") + 0.74 * 1.9) < 1e-12)
    #expect(abs(valence("it isn't a very good day") + 0.74 * (1.9 + 0.293)) < 1e-12)
    #expect(valence("not a day that was good") == 1.9)
    #expect(valence("Did it? Not. Good news") == valence("Good news"))
  }

  @Test func degreesStrengthenAndWeaken() {
    #expect(valence("very good") > valence("good"))
    #expect(valence("hardly good") < valence("good"))
    #expect(valence("extremely bad") < valence("bad"))
  }

  @Test func movementsAreTurnedToo() {
    #expect(hits("Shares rose").map(\.movement).contains(1))
    #expect(hits("Shares slipped").map(\.movement).contains(-1))
    #expect(hits("Shares never rose").map(\.movement).contains(-1))
  }

  @Test func modelsKeepTheirWords() throws {
    let lexicon = ToneLexicon.standard
    let loaded = try ToneLexicon(Payloads(lexicon.payloads()))
    #expect(loaded.count == lexicon.count && lexicon.count > 7000)
    for word in ["good", "not", "very", "hardly", "but", "plunged", "xyzzy"] {
      let fingerprint = WordScanner.fingerprint(of: word.utf8)
      #expect(loaded.entry(of: fingerprint) == lexicon.entry(of: fingerprint))
    }
  }

  /// The table says of every word what the list says, and nothing of others.
  @Test func theTableHoldsTheList() throws {
    let lexicon = ToneLexicon.standard
    let parts = Payloads(lexicon.payloads())
    let words = try parts.numbers("tone.words", as: UInt64.self).array()
    let entries = try parts.numbers("tone.entries", as: UInt16.self).array()
    for (word, entry) in zip(words, entries) {
      let found = lexicon.entry(of: word)
      #expect(UInt8(bitPattern: found.valence) == UInt8(entry >> 8) && found.roles.rawValue == UInt8(entry & 0xFF))
      // Differs where the table looks.
      #expect(lexicon.entry(of: word ^ 1 << 40) == .none)
    }
  }

  @Test(
    arguments: [
      ([2, 1], [0, 0]), ([1, 1], [0, 0]), ([1, 2], [0]), ([1, 2], [0x2900, 0x8000]),
    ] as [([UInt64], [UInt16])])
  func hostileWordsAreRefused(_ words: [UInt64], _ entries: [UInt16]) {
    let parts = Payloads([Payload(name: "tone.words", words), Payload(name: "tone.entries", entries)])
    #expect(throws: DatelineError.self) { try ToneLexicon(parts) }
  }

  @Test func noWordsAtAllAreTaken() throws {
    let parts = Payloads([Payload(name: "tone.words", [UInt64]()), Payload(name: "tone.entries", [UInt16]())])
    #expect(try ToneLexicon(parts).entry(of: 1) == .none)
  }
}
