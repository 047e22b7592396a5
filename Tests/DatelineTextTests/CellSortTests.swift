import Testing

@testable import DatelineText

@Suite struct CellSortTests {
  @Test func agreesWithSorted() {
    let seed: UInt64 = 61
    var generator = SeededGenerator(seed: seed)
    for count in [0, 1, 2, 11, 12, 13, 25, 100, 1_000] {
      for featureCount in [1, 2, 24, 256, 1_000, 437_000, 1 << 28, 1 << 32] {
        // All features alike, a crowd at one end, and a single feature with many counts.
        for limit in [featureCount, max(1, featureCount / 1_000), 1] {
          for fromTheEnd in [false, true] {
            var cells = (0..<count).map { _ in
              let number = UInt64.random(in: 0..<UInt64(limit), using: &generator)
              let index = fromTheEnd ? UInt64(featureCount - 1) - number : number
              return index << 32 | UInt64.random(in: 1...5, using: &generator)
            }
            let expected = cells.sorted()
            let repeats = CellSort.sort(&cells, featureCount: featureCount)
            let comment: Comment = "\(count) cells, \(limit) of \(featureCount) features, seed \(seed)"
            #expect(cells.map { $0 >> 32 } == expected.map { $0 >> 32 } && cells.sorted() == expected, comment)
            #expect(repeats == (Set(cells.map { $0 >> 32 }).count < count), comment)
          }
        }
      }
    }
  }

  @Test func countsOfOneNumberAreAddedUp() {
    let seed: UInt64 = 62
    var generator = SeededGenerator(seed: seed)
    for count in [0, 1, 2, 3, 50, 1_000] {
      for numbers in [1, 5, 1_000_000] as [UInt64] {
        var cells = (0..<count).map { _ in
          UInt64.random(in: 0..<numbers, using: &generator) << 32 | UInt64.random(in: 1...5, using: &generator)
        }.sorted()
        let expected = Dictionary(cells.map { ($0 >> 32, $0 & 0xFFFF_FFFF) }, uniquingKeysWith: +)
        CellSort.merge(&cells)
        #expect(cells.map { $0 >> 32 } == expected.keys.sorted(), "\(count) cells, seed \(seed)")
        #expect(cells.allSatisfy { expected[$0 >> 32] == $0 & 0xFFFF_FFFF }, "\(count) cells, seed \(seed)")
      }
    }
    var many: [UInt64] = [7 << 32 | 0xFFFF_FFFF, 7 << 32 | 2, 8 << 32 | 1]
    CellSort.merge(&many)
    #expect(many == [7 << 32 | 0xFFFF_FFFF, 8 << 32 | 1])
  }
}
