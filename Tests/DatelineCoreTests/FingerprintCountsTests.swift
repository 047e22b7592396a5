import DatelineCore
import Testing

@Suite struct FingerprintCountsTests {
  /// One table for many documents, against a dictionary; every other document collides on purpose.
  @Test func agreesWithADictionary() {
    let seed: UInt64 = 2_718
    var generator = SeededGenerator(seed: seed)
    var table = FingerprintCounts()
    for round in 0..<300 {
      table.removeAll(expecting: round % 3 * 500)
      #expect(table.count == 0 && table.fingerprints.isEmpty && table.counts.isEmpty)
      if round % 7 == 3 { table.add(atMost: Int.random(in: 0...3_000, using: &generator)) { _, _ in } }
      var dictionary: [UInt64: UInt32] = [:]
      var order: [UInt64] = []
      let distinct = UInt64.random(in: 1...(round % 10 == 0 ? 3_000 : 100), using: &generator)
      for _ in 0..<Int.random(in: 0...(round % 10 == 0 ? 5_000 : 200), using: &generator) {
        let number = UInt64.random(in: 0..<distinct, using: &generator)
        // Equal low bits fall into one slot; consecutive numbers make long runs.
        let fingerprint = round.isMultiple(of: 2) ? number << 40 | (number & 3) : number &+ 1_020
        if dictionary.updateValue((dictionary[fingerprint] ?? 0) + 1, forKey: fingerprint) == nil {
          order.append(fingerprint)
        }
        var isFirst = false
        table.add(atMost: 1) { isFirst = $0.add(fingerprint, &$1) }
        #expect(isFirst == (dictionary[fingerprint] == 1), "round \(round), seed \(seed)")
      }
      #expect(Array(table.fingerprints) == order, "round \(round), seed \(seed)")
      #expect(Array(table.counts) == order.map { dictionary[$0] }, "round \(round), seed \(seed)")
    }
  }

  @Test func anyFingerprintCounts() {
    var table = FingerprintCounts()
    for fingerprint in [0, .max, 1 << 63, 0, .max] as [UInt64] { table.add(fingerprint) }
    #expect(table.fingerprints == [0, .max, 1 << 63])
    #expect(table.counts == [2, 2, 1])
  }

  /// A caller's mistake ends the program, whatever the table has held before.
  @Test func moreThanAnnounced() async {
    await #expect(processExitsWith: .failure) {
      var table = FingerprintCounts()
      table.add(atMost: 5_000) { counter, count in
        for number in 0..<5_000 as Range<UInt64> { _ = counter.add(number, &count) }
      }
      table.removeAll()
      table.add(atMost: 0) { _ = $0.add(1, &$1) }
    }
    await #expect(processExitsWith: .failure) {
      var table = FingerprintCounts()
      table.add(atMost: 5_000) { counter, count in
        for number in 0..<5_000 as Range<UInt64> { _ = counter.add(number, &count) }
      }
      table.removeAll()
      table.add(atMost: 3) { counter, count in
        for number in 0..<2_000 as Range<UInt64> { _ = counter.add(number, &count) }
      }
    }
  }

  /// A wrong guess of what follows costs time only.
  @Test func aGuessOfWhatFollows() {
    var table = FingerprintCounts()
    for (expected, count) in [(0, 3_000), (10, 3_000), (100_000, 1), (1, 0)] {
      table.removeAll(expecting: expected)
      for number in 0..<count { table.add(UInt64(number) << 3) }
      #expect(
        table.fingerprints == ArraySlice((0..<count).map { UInt64($0) << 3 }) && table.counts.allSatisfy { $0 == 1 })
    }
  }
}
