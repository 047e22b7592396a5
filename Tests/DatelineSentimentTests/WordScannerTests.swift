import Testing

@testable import DatelineSentiment

@Suite struct WordScannerTests {
  private func words(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var found: [String] = []
    var scanner = WordScanner()
    while let word = scanner.next(bytes.span) { found.append(String(decoding: bytes[word.bytes], as: UTF8.self)) }
    return found
  }

  private func fingerprints(_ text: String) -> [UInt64] {
    let bytes = Array(text.utf8)
    var found: [UInt64] = []
    var scanner = WordScanner()
    while let word = scanner.next(bytes.span) { found.append(word.fingerprint) }
    return found
  }

  @Test func runsOfLettersAndDigits() {
    #expect(
      words("Costs rose 5%, to $2.40 a litre—again.") == ["Costs", "rose", "5", "to", "2", "40", "a", "litre", "again"])
  }

  @Test func apostrophesBelongToWordsOnlyInside() {
    #expect(
      words("'It isn't', they said; the ships' crews didn’t.") == [
        "It", "isn't", "they", "said", "the", "ships", "crews", "didn’t",
      ])
  }

  @Test func capitalsAndApostrophesMakeNoDifference() {
    #expect(fingerprints("Isn't") == fingerprints("ISN’T"))
    #expect(fingerprints("isn't") == [WordScanner.fingerprint(of: "isn't".utf8)])
    #expect(fingerprints("isnt") != fingerprints("isn't"))
  }

  @Test func otherScriptsAreWords() {
    #expect(words("Ärger über Škoda · Київ") == ["Ärger", "über", "Škoda", "·", "Київ"])
  }

  @Test(arguments: ["", "'", "…", "\u{2019}", "\u{E2}", "a'"]) func strangeText(_ text: String) {
    #expect(words(text).count <= 1)
  }

  @Test func damagedBytesEndSomewhere() {
    for bytes: [UInt8] in [
      [0xE2], [0xE2, 0x80], [0x61, 0xE2, 0x80], [0xE2, 0x80, 0x99], [0xFF, 0x27, 0xFF], [0x27, 0xE2],
    ] {
      var scanner = WordScanner()
      var count = 0
      while scanner.next(bytes.span) != nil { count += 1 }
      #expect(count <= bytes.count)
    }
  }

  @Test func gapsTellStopsFromPointsOfNumbers() {
    let bytes = Array("Up 2.5 points. Why?".utf8)
    var scanner = WordScanner()
    var stops: [Bool] = []
    while scanner.next(bytes.span) != nil { stops.append(scanner.gap.contains(.stop)) }
    #expect(stops == [false, false, false, false, true])
    #expect(scanner.gap.contains(.question))
  }
}
