import DatelineCore
import DatelineVectors
import Testing

@testable import DatelineText

@Suite struct VocabularyTests {
  /// Every kept fingerprint has its place, and its neighbours have none.
  private func check(_ vocabulary: Vocabulary, _ fingerprints: [UInt64], _ comment: Comment) {
    let kept = Set(fingerprints)
    // All at once give the same as one after the other.
    let terms = fingerprints + [0, 1, .max, .max - 1, 1 << 63] + fingerprints.prefix(70).map { $0 &+ 1 }
    var cells: [UInt64] = []
    let found = vocabulary.cells(terms.span, [UInt32](repeating: 1, count: terms.count).span, in: &cells)
    let expected = terms.map { vocabulary.index(of: $0) }.filter { $0 >= 0 }
    #expect(cells[..<found].map { Int($0 >> 32) }.sorted() == expected.sorted(), comment)
    #expect(vocabulary.count == fingerprints.count, comment)
    for (place, fingerprint) in fingerprints.enumerated() {
      #expect(vocabulary.index(of: fingerprint) == place, comment)
      for absent in [fingerprint &+ 1, fingerprint &- 1, fingerprint ^ 1 << 63] where !kept.contains(absent) {
        #expect(vocabulary.index(of: absent) == -1, comment)
      }
    }
    for absent in [0, 1, .max, .max - 1, 1 << 63] as [UInt64] where !kept.contains(absent) {
      #expect(vocabulary.index(of: absent) == -1, comment)
    }
  }

  @Test func everySizeFindsItsOwn() throws {
    let seed: UInt64 = 41
    var generator = SeededGenerator(seed: seed)
    for count in Array(0...40) + [63, 64, 65, 1_000, 4_097, 20_000] {
      let fingerprints = Set((0..<count).map { _ in generator.next() }).sorted()
      let vocabulary = try Vocabulary(fingerprints)
      check(vocabulary, fingerprints, "\(count) fingerprints, seed \(seed)")
      for growing in [false, true] {
        let again = try Vocabulary(Payloads(vocabulary.payloads(growing: growing)), growing: growing)
        check(again, fingerprints, "\(count) fingerprints from a file")
        #expect(again.fingerprints?.array() == (growing ? fingerprints : nil))
      }
    }
  }

  @Test func edgesAndCrowdedLines() throws {
    let crowds: [[UInt64]] = [
      // Of 0 and 1 the tags are equal.
      [2], [.max], [2, .max], [2, 3, 4, 5], [.max - 2, .max - 1, .max],
      [(1 << 63) - 1, 1 << 63, (1 << 63) + 1], Array(2..<302), (0..<300).map { UInt64.max - 299 + $0 },
      (0..<200).map { $0 << 40 | 7 }, [2] + (0..<200).map { 0xABCD << 48 | $0 } + [.max],
    ]
    for crowd in crowds {
      let vocabulary = try Vocabulary(crowd)
      check(vocabulary, crowd, "\(crowd.prefix(3))…")
      check(
        try Vocabulary(Payloads(vocabulary.payloads(growing: false)), growing: false), crowd,
        "\(crowd.prefix(3))… from a file")
    }
  }

  @Test func fingerprintsThatWereMadeToCollideAreRefused() {
    let error = failure { () throws(DatelineError) in try Vocabulary(Array(0..<2_000)) }
    #expect(error.code == .invalidData && error.message.contains("collide"))
  }

  /// All at once gives what one after the other gives.
  @Test func cellsAreThoseOfSingleLookUps() throws {
    let seed: UInt64 = 43
    var generator = SeededGenerator(seed: seed)
    let fingerprints = Set((0..<5_000).map { _ in generator.next() }).sorted()
    let vocabulary = try Vocabulary(fingerprints)
    // Terms are looked up 64 at a time.
    for size in [400, 0, 1, 63, 64, 65, 128, 129] {
      let terms = (0..<size).map { _ in
        Bool.random(using: &generator) ? generator.next() : fingerprints.randomElement(using: &generator) ?? 0
      }
      let counts = terms.indices.map { UInt32($0 + 1) }
      var cells: [UInt64] = []
      let found = vocabulary.cells(terms.span, counts.span, in: &cells)
      let expected = zip(terms, counts).compactMap { term, count in
        fingerprints.firstIndex(of: term).map { UInt64($0) << 32 | UInt64(count) }
      }
      #expect(cells[..<found].sorted() == expected.sorted() && found >= size / 4, "\(size) terms, seed \(seed)")
    }
  }

  /// A text can be made to hold a word that is taken for another one of it: their counts are added up.
  @Test func termsThatAreTakenForOneAnotherShareACell() throws {
    let known: UInt64 = 5 << 32 | 100
    // Another line's worth of the upper half, made up for in the lower one.
    let mistaken: UInt64 = 6 << 32 | UInt64(100 &- 0x9E37_79B1 as UInt32)
    let features = FeatureIndex.exact(try Vocabulary([known]))
    #expect(features.feature(of: mistaken) == 0)
    var (cells, table): ([UInt64], [UInt64]) = ([], [])
    let (terms, counts): ([UInt64], [UInt32]) = ([known, mistaken], [2, 3])
    let found = features.cells(fingerprints: terms.span, counts: counts.span, in: &cells, table: &table)
    #expect(cells[..<found] == [5])
  }

  @Test func partsOfWrongSizeAreRefused() throws {
    let parts = try Vocabulary((0..<100).map { $0 << 57 }).payloads(growing: true)
    #expect(parts.count == 3)
    for place in parts.indices {
      for bytes in [
        [], Array(parts[place].bytes.dropLast()), parts[place].bytes + [0],
        Array(parts[place].bytes.prefix(parts[place].bytes.count / 2)),
      ] {
        var damaged = parts
        damaged[place] = Payload(name: parts[place].name, bytes: bytes)
        let error = failure { () throws(DatelineError) in try Vocabulary(Payloads(damaged), growing: true) }
        #expect(error.code == .invalidData, "\(parts[place].name) with \(bytes.count) bytes")
      }
      var missing = parts
      missing.remove(at: place)
      let error = failure { () throws(DatelineError) in try Vocabulary(Payloads(missing), growing: true) }
      #expect(error.code == .invalidData && error.message.contains(parts[place].name))
    }
  }

  @Test(
    arguments: [
      [0, 0, 0], [0, 2, 0], [31, 1, 0], [1, .max, 0], [.max, 1, 0], [1, 1, 64], [1, 1, .max], [1, 1], [1, 1, 0, 0],
    ] as [[UInt64]])
  func hostileShapesAreRefused(shape: [UInt64]) {
    let parts = [
      Payload(name: "vocabulary.shape", shape),
      Payload(name: "vocabulary.lines", [UInt32](repeating: 0, count: shape[0] == 31 ? 32 : 16)),
    ]
    let error = failure { () throws(DatelineError) in try Vocabulary(Payloads(parts), growing: false) }
    #expect(error.code == .invalidData)
  }

  /// Numbers in a damaged file can be anything; answers stay within the vocabulary.
  @Test func hostileNumbersNeverLeaveTheVocabulary() throws {
    let seed: UInt64 = 42
    var generator = SeededGenerator(seed: seed)
    for round in 0..<300 {
      let fingerprints = (0..<Int.random(in: 1..<200, using: &generator)).map { _ in generator.next() }.sorted()
      let parts = try Vocabulary(fingerprints).payloads(growing: false)
      let values: [UInt32] = [0, 1, 100, 1 << 31, .max - 1, .max]
      var words = parts[1].bytes.withUnsafeBytes { Array($0.bindMemory(to: UInt32.self)) }
      for _ in 0..<words.count / 2 {
        words[Int.random(in: words.indices, using: &generator)] =
          values[Int.random(in: values.indices, using: &generator)]
      }
      let shape = [UInt64(fingerprints.count), UInt64.random(in: 1...UInt64(words.count / 16), using: &generator), 63]
      let hostile = try Vocabulary(
        Payloads([Payload(name: parts[0].name, shape), Payload(name: parts[1].name, words)]), growing: false)
      for fingerprint in fingerprints + [0, .max] {
        #expect((-1..<hostile.count).contains(hostile.index(of: fingerprint)), "round \(round), seed \(seed)")
      }
    }
  }
}
