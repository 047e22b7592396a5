import Synchronization

/// Counts finished parts of a work that several threads share, and tells whether it is to stop.
final class ProgressCount: Sendable {
  private let state = Mutex((finished: 0, cancelled: false))

  var isCancelled: Bool { state.withLock { $0.cancelled } }

  func finish(of total: Int, _ progress: @Sendable (Double, String) -> Bool) {
    let finished = state.withLock { state in
      state.finished += 1
      return state.finished
    }
    if !progress(Double(finished) / Double(total), "solving") { state.withLock { $0.cancelled = true } }
  }
}
