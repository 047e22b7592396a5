import DatelineCore
import Testing

@testable import DatelinePlaces

@Suite struct PlaceScannerTests {
  private func words(_ text: String) -> [String] { tokens(text).map { word($0, text) } }

  private func areEqual(_ first: String, _ second: String) -> Bool {
    tokens(first).map(\.folded) == tokens(second).map(\.folded)
  }

  @Test(arguments: [
    ("São Paulo", "sao paulo"), ("CÔTE D’IVOIRE", "cote d'ivoire"), ("Łódź", "lodz"), ("Åland", "aland"),
    ("Türkiye", "turkiye"), ("U.S.", "us"), ("U.S.A.", "usa"), ("Curaçao", "curacao"), ("Žilina", "zilina"),
    ("Reykjavík", "REYKJAVIK"),
  ])
  func accentsCaseAndDotsAreFolded(text: String, plain: String) { #expect(areEqual(text, plain)) }

  @Test func differentWordsDiffer() {
    #expect(!areEqual("Niger", "Nigeria"))
    #expect(!areEqual("Iran", "Iraq"))
    #expect(!areEqual("Москва", "Москви"))
    #expect(tokens("US")[0].exact != tokens("us")[0].exact)
    #expect(tokens("U.S.")[0].exact != tokens("US")[0].exact)
    #expect(tokens("São")[0].exact == tokens("Sao")[0].exact)
  }

  /// Sixteen bytes are looked at together, where there are so many.
  @Test func wordsOfAllLengthsAndCapitals() {
    func fingerprint(_ word: some Sequence<UInt8>) -> UInt64 {
      PlaceScanner.mix(word.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    }
    let known: PlaceToken.Traits = [.capitalized, .allCapitals, .number]
    for letters in ["abcdefg", "Abcdefg", "ABCDEFG", "AbcDefg", "abcdefG", "a1", "1b", "12345"] {
      for length in 1...40 {
        let first = Array(letters.utf8)
        let bytes = (0..<length).map { place in
          // Only the first letter of a name is capital.
          place < first.count ? first[place] : letters == "Abcdefg" ? first[1 + place % 6] : first[place % first.count]
        }
        for behind in ["", " ", ", ", ".", "; of the old town", " and then some more words"] {
          let text = "in " + String(decoding: bytes, as: UTF8.self) + behind
          let found = tokens(text)
          let label = Comment(rawValue: text)
          #expect(found.count >= 2 && word(found[1], text).utf8.elementsEqual(bytes), label)
          #expect(found[1].exact == fingerprint(bytes), label)
          #expect(found[1].folded == fingerprint(bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }), label)
          #expect(found[1].traits.contains(.joined) && !found[1].traits.contains(.afterComma), label)
          // A single letter with a dot is an abbreviation, and the dot is its own.
          if length > 1 { #expect(found[1].traits.contains(.beforeDot) == (behind == "."), label) }
          let own = bytes.filter { $0 >= 0x41 }
          let capitals = own.filter { $0 < 0x61 }
          var traits: PlaceToken.Traits = own.isEmpty ? .number : []
          if own.first.map({ $0 < 0x61 }) ?? false { traits.insert(.capitalized) }
          if own.count >= 2, capitals.count == own.count { traits.insert(.allCapitals) }
          #expect(found[1].traits.intersection(known) == traits, label)
        }
      }
    }
  }

  @Test func wordsStandWhereTheyDo() {
    #expect(words("In the U.S., prices rose. U.K. too.") == ["In", "the", "U.S.", "prices", "rose", "U.K.", "too"])
    #expect(words("W.Va. and D.C.") == ["W", "Va", "and", "D.C."])
    #expect(words("Guinea-Bissau") == ["Guinea", "Bissau"])
    #expect(words("end.Next") == ["end", "Next"])
    #expect(words("«Perú»…—“Chile”") == ["Perú", "Chile"])
    #expect(words("") == [] && words(" \n-.,'") == [])
  }

  @Test func ampersands() {
    #expect(words("Snow in J&K today") == ["Snow", "in", "J&K", "today"])
    #expect(tokens("J&K")[0].exact != tokens("JK")[0].exact)
    #expect(!areEqual("M&S", "Ms") && !areEqual("A&T", "at"))
    #expect(words("AT&T, A&E, R&D&X") == ["AT", "T", "A&E", "R&D", "X"])
    #expect(areEqual("Bosnia & Herzegovina", "Bosnia and Herzegovina"))
    #expect(tokens("Bosnia & Herzegovina").dropFirst().allSatisfy { $0.traits.contains(.joined) })
    #expect(words("this &that& other & ") == ["this", "that", "other", "&"] && words("& x") == ["x"])
  }

  @Test func possessivesAreNoPartOfWords() {
    for text in ["Brazil's coast", "Brazil’s coast", "BRAZIL'S coast"] {
      #expect(words(text).map { $0.lowercased() } == ["brazil", "coast"])
    }
    // Only a lone s is.
    #expect(words("Cox's") == ["Cox"])
    #expect(words("d'Ivoire") == ["d", "Ivoire"])
    #expect(words("the Greeks' debt") == ["the", "Greeks", "debt"])
    #expect(words("it'sy") == ["it", "sy"])
  }

  @Test func traitsSayWhatStandsBefore() throws {
    let text = "Rain fell in Perth, Scotland. Dr. No left! \"Yes\" 42 UN\nNext"
    let found = Dictionary(uniqueKeysWithValues: tokens(text).map { (word($0, text), $0.traits) })
    func traits(_ word: String) throws -> PlaceToken.Traits { try #require(found[word]) }
    #expect(try traits("Rain").isSuperset(of: [.startsSentence, .startsParagraph, .capitalized]))
    #expect(try traits("fell") == [.joined])
    #expect(try traits("Scotland") == [.afterComma, .capitalized, .beforeDot])
    #expect(try traits("Dr").contains(.startsSentence))
    // A short title does not end a sentence.
    #expect(try traits("No").isSuperset(of: [.joined, .capitalized]))
    // A quote neither joins nor ends a sentence, but a mark before it does.
    #expect(try traits("Yes").isDisjoint(with: [.joined, .afterComma]) && traits("Yes").contains(.startsSentence))
    #expect(try traits("42").contains(.number))
    #expect(try traits("UN").contains(.allCapitals))
    #expect(try traits("Next").contains(.startsParagraph))
    #expect(try !traits("UN").contains(.startsParagraph))
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6, 7, 8]) func anyBytesGiveWordsInTheirOrder(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let telling: [[UInt8]] = [
      Array("U.S.".utf8), Array("’s".utf8), Array("'s".utf8), [0xC3], [0xE2], [0xE2, 0x80], [0xF0], [0xC2], [0xFF], [0],
      Array(", ".utf8), Array("Ł".utf8), Array(".".utf8),
    ]
    for _ in 0..<400 {
      var bytes: [UInt8] = []
      for _ in 0..<random.next() % 24 {
        if random.next().isMultiple(of: 2) {
          bytes += telling[Int(random.next() % UInt64(telling.count))]
        } else {
          bytes.append(UInt8(truncatingIfNeeded: random.next()))
        }
      }
      var tokens: [PlaceToken] = []
      PlaceScanner.scan(bytes.span, into: &tokens)
      var end: UInt32 = 0
      for token in tokens {
        #expect(
          token.start >= end && token.end > token.start && Int(token.end) <= bytes.count, "seed \(seed): \(bytes)")
        end = token.end
      }
    }
  }

  @Test func textCase() {
    func style(_ text: String) -> TextCase { TextCase(tokens(text)) }
    #expect(style("Rain stops play in the second match of the series") == .sentence)
    #expect(style("Rain Stops Play in Second Match After Hours") == .title)
    #expect(style("RAIN STOPS PLAY IN SECOND MATCH") == .upper)
    #expect(style("rain stops play in second match") == .lower)
    #expect(style("Москва") != .title)
    #expect(style("") == .lower)
  }
}

@Suite struct WordSetTests {
  @Test func agreesWithASetOfTheLibrary() {
    var state: UInt64 = 7
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return PlaceScanner.mix(state) | 1
    }
    for count in [0, 1, 3, 4, 5, 60] {
      // Half of them crowd, and two come twice.
      var words = (0..<count).map { $0.isMultiple(of: 2) ? next() : next() & ~0xFFFF | 5 }
      words += words.prefix(2)
      let (set, expected) = (WordSet(words), Set(words))
      for word in words + words.map({ $0 ^ 1 << 40 }) + [0, 5] {
        #expect(set.contains(word) == expected.contains(word), "\(word) among \(count)")
      }
    }
  }
}
