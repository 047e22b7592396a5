import DatelineCore
import DatelineVectors
import Testing

@testable import DatelineText

@Suite struct VocabularyTests {
  /// Every kept fingerprint has its place, and its neighbours have none.
  private func check(_ vocabulary: Vocabulary, _ fingerprints: [UInt64], _ comment: Comment) {
    let kept = Set(fingerprints)
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
    for count in Array(0...40) + [63, 64, 65, 1_000, 4_097] {
      let fingerprints = Set((0..<count).map { _ in generator.next() }).sorted()
      let vocabulary = Vocabulary(fingerprints)
      check(vocabulary, fingerprints, "\(count) fingerprints, seed \(seed)")
      check(try Vocabulary(Payloads(vocabulary.payloads())), fingerprints, "\(count) fingerprints from a file")
    }
  }

  @Test func edgesAndCrowdedBuckets() {
    let crowds: [[UInt64]] = [
      [0], [.max], [0, .max], [0, 1, 2, 3], [.max - 2, .max - 1, .max],
      [(1 << 63) - 1, 1 << 63, (1 << 63) + 1], Array(0..<300), (0..<300).map { UInt64.max - 299 + $0 },
      (0..<200).map { $0 << 40 | 7 }, [0] + (0..<200).map { 0xABCD << 48 | $0 } + [.max],
    ]
    for crowd in crowds { check(Vocabulary(crowd), crowd, "\(crowd.prefix(3))…") }
  }

  @Test func partsOfWrongSizeAreRefused() {
    let parts = Vocabulary((0..<100).map { $0 << 57 }).payloads()
    for place in parts.indices {
      for bytes in [
        [], Array(parts[place].bytes.dropLast()), parts[place].bytes + [0], parts[place].bytes + parts[place].bytes,
      ] {
        var damaged = parts
        damaged[place] = Payload(name: parts[place].name, bytes: bytes)
        let error = failure { () throws(DatelineError) in try Vocabulary(Payloads(damaged)) }
        #expect(error.code == .invalidData, "\(parts[place].name) with \(bytes.count) bytes")
      }
      var missing = parts
      missing.remove(at: place)
      let error = failure { () throws(DatelineError) in try Vocabulary(Payloads(missing)) }
      #expect(error.code == .invalidData && error.message.contains(parts[place].name))
    }
  }

  /// Numbers in a damaged file can be anything; answers stay within the vocabulary.
  @Test func hostileNumbersNeverLeaveTheVocabulary() throws {
    let seed: UInt64 = 42
    var generator = SeededGenerator(seed: seed)
    for round in 0..<300 {
      let count = Int.random(in: 0..<60, using: &generator)
      let fingerprints = (0..<count).map { _ in generator.next() }
      let parts = Vocabulary(fingerprints.sorted()).payloads()
      let bucketCount = parts[1].bytes.count / 4
      let values: [UInt32] = [0, 1, UInt32(count), UInt32(count) + 1, 1 << 31, .max]
      let buckets = (0..<bucketCount).map { _ in values[Int.random(in: values.indices, using: &generator)] }
      // Neither sorted nor distinct.
      let numbers = fingerprints + fingerprints.prefix(1)
      let hostile = try Vocabulary(
        Payloads([
          Payload(name: parts[0].name, Array(numbers.suffix(count))), Payload(name: parts[1].name, buckets),
        ]))
      for fingerprint in fingerprints + [0, .max] {
        let index = hostile.index(of: fingerprint)
        #expect((-1..<max(0, hostile.count)).contains(index), "round \(round), seed \(seed)")
        if index >= 0 { #expect(hostile.fingerprints[index] == fingerprint, "round \(round), seed \(seed)") }
      }
    }
  }
}
