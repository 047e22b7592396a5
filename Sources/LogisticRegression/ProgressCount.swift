import Synchronization

/// Adds up how far the parts of a work are that several threads share, and tells whether it is to stop.
final class ProgressCount: Sendable {
  private let state: Mutex<(parts: [Double], cancelled: Bool)>

  init(parts: Int) { state = Mutex((Array(repeating: 0, count: parts), false)) }

  var isCancelled: Bool { state.withLock { $0.cancelled } }

  /// Tells that a part is done to a fraction, and returns whether it is to go on. A part never goes back.
  ///
  /// `progress` is called under a lock, so that what it is told never falls; once it has said stop it is not called
  /// again.
  func reach(_ fraction: Double, part: Int, _ progress: @Sendable (Double, String) -> Bool) -> Bool {
    state.withLock { state in
      if state.cancelled { return false }
      state.parts[part] = max(state.parts[part], fraction)
      let all = state.parts.reduce(0, +) / Double(state.parts.count)
      state.cancelled = !progress(min(1, all), "solving")
      return !state.cancelled
    }
  }
}
