import DatelineParallel
import Glibc
import Testing

/// A single item is not worth a thread.
@Suite struct SingleItemTests {
  private struct Stop: Error {}

  @Test(arguments: [1, 2, 7])
  func itStaysOnTheThreadOfTheCaller(threads: Int) {
    let caller = pthread_self()
    var items = [5]
    var taken: [Int] = []
    WorkerPool(threads: threads).pipeline(
      next: { items.popLast() }, transform: { pthread_equal(pthread_self(), caller) != 0 ? $0 : -1 },
      consume: { taken.append($0) })
    #expect(taken == [5])
  }

  @Test(arguments: [1, 2, 7])
  func itIsHandedOnBeforeAnErrorBehindIt(threads: Int) {
    var items = [5]
    var taken: [Int] = []
    #expect(throws: Stop.self) {
      try WorkerPool(threads: threads).pipeline(
        next: { () throws(Stop) -> Int? in
          guard let item = items.popLast() else { throw Stop() }
          return item
        }, transform: { $0 }, consume: { (item) throws(Stop) in taken.append(item) })
    }
    #expect(taken == [5])
  }
}
