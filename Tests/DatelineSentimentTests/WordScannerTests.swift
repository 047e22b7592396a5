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

  /// Sixteen bytes are looked at together, where there are so many.
  @Test func wordsOfAllLengthsAreRead() {
    for length in 1...40 {
      let word = (0..<length).map { Array("aZ9bQ0x".utf8)[$0 % 7] }
      let lowercased = word.map { $0 | 0x20 }
      for (behind, isJoined) in [
        ("", false), (" ", false), (". A", false), ("'s", true), ("\u{2019}s of it", true), ("é", true),
      ] {
        let text = Array("It, ".utf8) + word + Array(behind.utf8)
        var scanner = WordScanner()
        _ = scanner.next(text.span)
        let found = scanner.next(text.span)
        let end = behind.utf8.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ".") }
        let whole = lowercased + (isJoined ? Array(behind.hasPrefix("é") ? "é".utf8 : "'s".utf8) : [])
        #expect(found?.bytes == 4..<4 + length + (isJoined ? end.count : 0), "\(length) letters, then \"\(behind)\"")
        #expect(found?.fingerprint == WordScanner.fingerprint(of: whole), "\(length) letters, then \"\(behind)\"")
      }
    }
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
