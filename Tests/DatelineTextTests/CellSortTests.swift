import Testing

@testable import DatelineText

@Suite struct CellSortTests {
  @Test func cellsAreSortedAndCountsOfOneNumberAddedUp() {
    let seed: UInt64 = 61
    var table: [UInt64] = []
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
            let expected = Dictionary(cells.map { ($0 >> 32, $0 & 0xFFFF_FFFF) }, uniquingKeysWith: +)
            // What lies behind the cells is nobody's.
            cells += [0, 0]
            let distinct = CellSort.sort(&cells, count: count, featureCount: featureCount, table: &table)
            #expect(
              Array(cells[..<distinct]) == expected.map { $0 << 32 | $1 }.sorted(),
              "\(count) cells, \(limit) of \(featureCount) features, seed \(seed)")
          }
        }
      }
    }
  }

  /// A crowd is sorted another way; ascending and descending crowds go wrong in different steps.
  @Test func crowdsAreSorted() {
    var table: [UInt64] = []
    for count in [200, 1_000, 20_000] as [UInt64] {
      let numbers: [UInt64] = (0..<count).map { 1_000 + $0 }
      for crowd in [numbers, numbers.reversed()] {
        var cells: [UInt64] = crowd.map { $0 << 32 | 1 }
        cells += [5 << 32 | 2, 5 << 32 | 3, 1_003 << 32 | 6]
        let distinct = CellSort.sort(&cells, count: cells.count, featureCount: 1 << 30, table: &table)
        var expected: [UInt64] = [5 << 32 | 5]
        expected += numbers.map { $0 << 32 | 1 }
        expected[4] += 6
        #expect(Array(cells[..<distinct]) == expected, "\(count) cells")
      }
    }
  }

  @Test func countsStayInTheirHalf() {
    var table: [UInt64] = []
    var cells: [UInt64] = [7 << 32 | 0xFFFF_FFF0, 8 << 32 | 1, 7 << 32 | 0xFFFF_FFF0]
    #expect(CellSort.sort(&cells, count: 3, featureCount: 10, table: &table) == 2)
    let expected: [UInt64] = [7 << 32 | 0xFFFF_FFFE, 8 << 32 | 1]
    #expect(Array(cells[..<2]) == expected)
    var last: [UInt64] = [.max]
    #expect(CellSort.sort(&last, count: 1, featureCount: 1 << 32, table: &table) == 1)
    #expect(last == [.max - 1])
  }
}
