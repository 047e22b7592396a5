import DatelineParallel
import Synchronization
import Testing

@Suite struct OrderedPipelineTests {
  private struct Stop: Error, Equatable { let place: Int }

  @Test(arguments: [1, 2, 7], [0, 1, 5, 8, 9, 1_000])
  func order(threads: Int, count: Int) {
    let pool = WorkerPool(threads: threads)
    var given = 0
    var taken: [Int] = []
    pool.pipeline(
      next: {
        if given == count { return nil }
        given += 1
        return given - 1
      }, transform: { $0 * 3 }, consume: { taken.append($0) })
    #expect(taken == (0..<count).map { $0 * 3 })
  }

  @Test func nextIsNotAskedAgainBehindTheEnd() {
    for count in [0, 3, 8, 9] {
      var calls = 0
      WorkerPool(threads: 2).pipeline(
        next: { () -> Int? in
          calls += 1
          return calls <= count ? calls : nil
        }, transform: { $0 }, consume: { _ in })
      #expect(calls == count + 1)
    }
  }

  @Test(arguments: [1, 2, 7])
  func whatIsUnderWayIsBounded(threads: Int) {
    let pool = WorkerPool(threads: threads)
    var given = 0
    var consumed = 0
    var mostWaiting = 0
    pool.pipeline(
      itemsPerThread: 3,
      next: {
        mostWaiting = max(mostWaiting, given - consumed)
        given += 1
        return given <= 500 ? given : nil
      }, transform: { $0 }, consume: { _ in consumed += 1 })
    #expect(consumed == 500)
    #expect(mostWaiting < 3 * threads)
  }

  @Test func anErrorOfNextStops() {
    let pool = WorkerPool(threads: 2)
    var given = 0
    var taken: [Int] = []
    #expect(throws: Stop(place: 20)) {
      try pool.pipeline(
        next: { () throws(Stop) -> Int? in
          if given == 20 { throw Stop(place: 20) }
          given += 1
          return given
        }, transform: { $0 }, consume: { (item) throws(Stop) in taken.append(item) })
    }
    #expect(given == 20)
    #expect(taken == Array(1...20), "what came before is handed on")
    pool.forEach(3) { _ in }
  }

  @Test func anErrorOfConsumeStops() {
    let pool = WorkerPool(threads: 2)
    var given = 0
    var taken = 0
    #expect(throws: Stop(place: 11)) {
      try pool.pipeline(
        next: { () throws(Stop) -> Int? in
          given += 1
          return given
        }, transform: { $0 },
        consume: { (item) throws(Stop) in
          if item == 11 { throw Stop(place: item) }
          taken += 1
        })
    }
    #expect(taken == 10)
    #expect((11...18).contains(given), "eight items may be under way")
  }

  /// Others work while the caller takes and hands on, and items of unequal cost keep their order.
  @Test func unequalItemsOnManyThreads() {
    let pool = WorkerPool(threads: 5)
    for round in 0..<20 {
      var given = 0
      var taken: [Int] = []
      pool.pipeline(
        itemsPerThread: 1 + round % 3,
        next: {
          given += 1
          return given <= 300 ? given : nil
        },
        transform: { item in
          var sum = item
          for _ in 0..<(item * 7919 % 13) * 500 { sum = (sum &* 31 &+ 7) % 1_000_003 }
          return (item, sum)
        }, consume: { taken.append($0.0) })
      #expect(taken == Array(1...300))
    }
  }

  /// A pipeline inside of other work runs on its thread alone.
  @Test func nested() {
    let pool = WorkerPool(threads: 3)
    let sums = pool.map(6) { piece in
      var (given, sum) = (0, 0)
      pool.pipeline(
        next: {
          given += 1
          return given <= 50 ? given : nil
        }, transform: { $0 * piece }, consume: { sum += $0 })
      return sum
    }
    #expect(sums == (0..<6).map { $0 * 1275 })
  }
}
