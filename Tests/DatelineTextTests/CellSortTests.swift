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
            CellSort.sort(&cells, featureCount: featureCount)
            #expect(cells == expected, "\(count) cells, \(limit) of \(featureCount) features, seed \(seed)")
          }
        }
      }
    }
  }
}
