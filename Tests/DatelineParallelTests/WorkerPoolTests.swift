import DatelineParallel
import Glibc
import Synchronization
import Testing

@Suite struct WorkerPoolTests {
  @Test(arguments: [1, 2, 7], [0, 1, 2, 3, 100, 10_000])
  func everyIndexOnce(threads: Int, count: Int) {
    let pool = WorkerPool(threads: threads)
    #expect(pool.threadCount == threads)
    let visits = Mutex([Int](repeating: 0, count: count))
    pool.forEach(count) { index in visits.withLock { $0[index] += 1 } }
    #expect(visits.withLock { $0 } == [Int](repeating: 1, count: count))
  }

  @Test(arguments: [1, 2, 7], [0, 1, 2, 1_000])
  func mapKeepsTheOrder(threads: Int, count: Int) {
    let pool = WorkerPool(threads: threads)
    #expect(pool.map(count) { $0 * $0 } == (0..<count).map { $0 * $0 })
    // Results that are optional themselves stay, also where they are nil.
    #expect(pool.map(count) { $0 % 2 == 0 ? $0 : nil } == (0..<count).map { $0 % 2 == 0 ? $0 : nil })
  }

  @Test func manyCallsInARow() {
    let pool = WorkerPool(threads: 7)
    let total = Atomic<Int>(0)
    for _ in 0..<2_000 { pool.forEach(3) { total.wrappingAdd($0, ordering: .relaxed) } }
    #expect(total.load(ordering: .relaxed) == 6_000)
  }

  @Test func severalThreadsTakePart() {
    let pool = WorkerPool(threads: 2)
    let arrived = Atomic<Int>(0)
    let met = Atomic<Int>(0)
    pool.forEach(2) { _ in
      arrived.wrappingAdd(1, ordering: .sequentiallyConsistent)
      // Both pieces wait for one another: on one thread they would never meet.
      for _ in 0..<10_000 where arrived.load(ordering: .sequentiallyConsistent) < 2 { usleep(1_000) }
      if arrived.load(ordering: .sequentiallyConsistent) == 2 { met.wrappingAdd(1, ordering: .relaxed) }
    }
    #expect(met.load(ordering: .relaxed) == 2)
  }

  @Test(arguments: [1, 2, 7])
  func nestedCalls(threads: Int) {
    let pool = WorkerPool(threads: threads)
    for _ in 0..<50 {
      let sums = pool.map(20) { outer in
        pool.map(20) { inner in pool.map(3) { outer * inner + $0 }.reduce(0, +) }.reduce(0, +)
      }
      #expect(sums == (0..<20).map { outer in (0..<20).reduce(0) { $0 + 3 * outer * $1 + 3 } })
    }
  }

  @Test(arguments: [2, 7])
  func severalCallersAtOnce(threads: Int) {
    let pool = WorkerPool(threads: threads)
    let callers = 6
    let right = Atomic<Int>(0)
    let threads = (0..<callers).compactMap { caller in
      Thread {
        for round in 0..<2_000 {
          let expected = caller * 1_000_000 + round
          if pool.map(4, { expected + $0 }) == (0..<4).map({ expected + $0 }) {
            right.wrappingAdd(1, ordering: .relaxed)
          }
        }
      }
    }
    for thread in threads { thread.join() }
    #expect(right.load(ordering: .relaxed) == callers * 2_000)
  }

  /// A caller must not wait for the helpers of the next one. Few rounds, many times: a lost wake-up shows only where no
  /// later job makes up for it.
  @Test func callersThatEndTogether() {
    let pool = WorkerPool(threads: 4)
    let total = Atomic<Int>(0)
    for _ in 0..<1_000 {
      let callers = (0..<4).compactMap { _ in
        Thread {
          for _ in 0..<4 {
            pool.forEach(6) {
              if $0 > 2 { sched_yield() }
              total.wrappingAdd(1, ordering: .relaxed)
            }
          }
        }
      }
      for caller in callers { caller.join() }
    }
    #expect(total.load(ordering: .relaxed) == 1_000 * 4 * 4 * 6)
  }

  @Test func odd() {
    #expect(WorkerPool(threads: 0).threadCount == 1)
    #expect(WorkerPool(threads: -3).threadCount == 1)
    #expect(WorkerPool.availableProcessors >= 1)
    #expect(WorkerPool.availableProcessors <= sysconf(Int32(_SC_NPROCESSORS_CONF)))
    let pool = WorkerPool(threads: 2)
    pool.forEach(-1) { _ in Issue.record("there is no piece") }
    #expect(pool.map(-1) { $0 }.isEmpty)
  }

  @Test func poolsComeAndGo() {
    for threads in 1..<30 {
      let pool = WorkerPool(threads: threads % 5 + 1)
      if threads.isMultiple(of: 2) { pool.forEach(10) { _ in } }
    }
  }
}

/// A system thread, because tasks must not block.
private final class Thread {
  private var handle = pthread_t()
  private let body: @Sendable () -> Void

  init?(_ body: @escaping @Sendable () -> Void) {
    self.body = body
    let status = pthread_create(
      &handle, nil,
      { argument in
        if let argument { Unmanaged<Thread>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    if status != 0 { return nil }
  }

  func join() { pthread_join(handle, nil) }
}
