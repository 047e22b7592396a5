import Glibc
import Synchronization

/// A fixed number of threads that run indexed pieces of work.
///
/// Results never depend on the number of threads: callers cut their work into pieces whose boundaries depend on the
/// data alone, every piece writes to its own place, and sums over pieces are taken in the order of their indices.
///
/// Pieces are claimed one after another from a shared counter, so pieces of unequal cost balance themselves. A pool
/// of one thread runs everything on the caller. A call from inside a piece runs on the calling thread alone.
public final class WorkerPool: Sendable {
  /// The number of threads that take part, the caller's included; at least 1.
  public let threadCount: Int

  private let shared = SharedState()
  /// The other threads; `nil` as long as there was nothing to share with them.
  private let threads = Mutex<[pthread_t]?>(nil)

  /// A pool. Its other threads are started when there is work for them, and sleep in between.
  ///
  /// - Parameter threads: How many threads take part, the caller's included. Values below 1 count as 1.
  public init(threads: Int = WorkerPool.availableProcessors) { threadCount = max(1, threads) }

  /// How many other threads there are. The first call starts them.
  private var helperCount: Int {
    if threadCount == 1 { return 0 }
    return threads.withLock { threads in
      let started = threads ?? WorkerPool.start(threadCount - 1, serving: shared)
      threads = started
      return started.count
    }
  }

  /// Starts threads; fewer where the system refuses.
  private static func start(_ count: Int, serving shared: SharedState) -> [pthread_t] {
    (0..<count).compactMap { _ in
      var thread = pthread_t()
      let state = Unmanaged.passRetained(shared)
      let status = pthread_create(
        &thread, nil,
        { argument in
          guard let argument else { return nil }
          Unmanaged<SharedState>.fromOpaque(argument).takeRetainedValue().serve()
          return nil
        }, state.toOpaque())
      if status != 0 {
        state.release()
        return nil
      }
      return thread
    }
  }

  deinit {
    shared.stop()
    for thread in threads.withLock({ $0 ?? [] }) { pthread_join(thread, nil) }
  }

  /// The processors that this process may run on; at least 1.
  public static var availableProcessors: Int {
    // A container or `taskset` may permit fewer than are online. The Glibc module does not show this function.
    typealias GetAffinity = @convention(c) (Int32, Int, UnsafeMutableRawPointer) -> Int32
    if let symbol = dlsym(nil, "sched_getaffinity") {
      var mask = [UInt64](repeating: 0, count: 128)
      let byteCount = 8 * mask.count
      if unsafeBitCast(symbol, to: GetAffinity.self)(0, byteCount, &mask) == 0 {
        return max(1, mask.reduce(0) { $0 + $1.nonzeroBitCount })
      }
    }
    return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// Runs `body` once for every index in `0..<count` and returns when all have finished.
  ///
  /// - Parameters:
  ///   - count: The number of pieces.
  ///   - body: The work. It is called from several threads at once, in no particular order.
  public func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if count <= 1 || helperCount == 0 {
      for index in 0..<max(0, count) { body(index) }
      return
    }
    shared.run(count: count, body) { $0.work() }
  }

  /// Runs `body` on the calling thread, and `help` meanwhile on all others; `help` must return when `body` has ended.
  ///
  /// In a pool of one thread, and from inside a piece of other work, there are no others: `help` is not called at all.
  func whileHelping(_ help: @Sendable () -> Void, _ body: () -> Void) {
    let helpers = helperCount
    if helpers == 0 {
      body()
    } else {
      shared.run(count: helpers, { _ in help() }) { _ in body() }
    }
  }

  /// The results of `body` for every index in `0..<count`, in the order of the indices.
  public func map<Result: Sendable>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    if count <= 1 || helperCount == 0 { return (0..<max(0, count)).map(body) }
    let results = Mutex([Result?](repeating: nil, count: count))
    forEach(count) { index in
      let result = body(index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}

/// What the threads of a pool share: the job, a counter to claim pieces from, and a place to sleep.
private final class SharedState: @unchecked Sendable {
  // Unchecked: `mutex` guards every stored property but the counter, which is atomic.
  // Allocated, as their address must never change.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var generation = 0
  private var stopped = false
  private var job: Job?
  private var busy = 0

  /// One call of `forEach`. The closure is only reachable while the caller waits for it.
  final class Job: @unchecked Sendable {
    let count: Int
    let next = Atomic<Int>(0)
    let body: (Int) -> Void
    // Threads that are at work on this job, the caller apart; guarded by `mutex`.
    var helpers = 0

    init(count: Int, body: @escaping (Int) -> Void) {
      self.count = count
      self.body = body
    }

    func work() {
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { return }
        body(index)
      }
    }
  }

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
    pthread_cond_init(done, nil)
  }

  deinit {
    pthread_cond_destroy(done)
    pthread_cond_destroy(wake)
    pthread_mutex_destroy(mutex)
    done.deallocate()
    wake.deallocate()
    mutex.deallocate()
  }

  /// - Parameters:
  ///   - count: The number of pieces.
  ///   - body: The work.
  ///   - part: The caller's part in it. Pieces that nobody has claimed when it ends are left out.
  func run(count: Int, _ body: @Sendable (Int) -> Void, part: (Job) -> Void) {
    withoutActuallyEscaping(body) { body in
      let mine = Job(count: count, body: body)
      pthread_mutex_lock(mutex)
      // A piece of a job that is ending may still be running (`busy`): it, too, has to go on alone.
      let nested = job != nil || busy > 0
      if !nested {
        job = mine
        generation += 1
        pthread_cond_broadcast(wake)
      }
      pthread_mutex_unlock(mutex)
      part(mine)
      mine.next.store(count, ordering: .relaxed)
      if nested { return }
      pthread_mutex_lock(mutex)
      job = nil
      // Only for its own helpers: once these are gone another caller may begin, and its helpers are none of ours.
      while mine.helpers > 0 { pthread_cond_wait(done, mutex) }
      pthread_mutex_unlock(mutex)
    }
  }

  func serve() {
    var seen = 0
    pthread_mutex_lock(mutex)
    while !stopped {
      if generation == seen {
        pthread_cond_wait(wake, mutex)
        continue
      }
      seen = generation
      guard let current = job else { continue }
      busy += 1
      current.helpers += 1
      pthread_mutex_unlock(mutex)
      current.work()
      pthread_mutex_lock(mutex)
      busy -= 1
      current.helpers -= 1
      // To all: two callers wait when one has not woken up yet and the next has already finished.
      if current.helpers == 0 { pthread_cond_broadcast(done) }
    }
    pthread_mutex_unlock(mutex)
  }

  func stop() {
    pthread_mutex_lock(mutex)
    stopped = true
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)
  }
}
