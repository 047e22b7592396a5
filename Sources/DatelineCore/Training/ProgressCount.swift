import Synchronization

/// Adds up how far the parts of a work are that several threads share, and tells whether it is to stop.
public final class ProgressCount: Sendable {
  private let state: Mutex<(parts: [Double], cancelled: Bool)>
  private let progress: @Sendable (Double, String) -> Bool

  /// A count of parts that are alike.
  ///
  /// - Parameters:
  ///   - parts: Their number.
  ///   - progress: Told the mean of all parts, and a few words; returns `false` to stop. It is called by one thread at a
  ///     time, what it is told never falls, and once it has said stop it is not called again.
  public init(parts: Int, _ progress: @escaping @Sendable (Double, String) -> Bool) {
    state = Mutex((Array(repeating: 0, count: parts), false))
    self.progress = progress
  }

  /// Whether the work was told to stop.
  public var isCancelled: Bool { state.withLock { $0.cancelled } }

  /// Tells that a part is done to a fraction, and returns whether it is to go on. A part never goes back.
  public func reach(_ fraction: Double, part: Int, _ words: String) -> Bool {
    state.withLock { state in
      if state.cancelled { return false }
      state.parts[part] = max(state.parts[part], fraction)
      let all = state.parts.reduce(0, +) / Double(state.parts.count)
      state.cancelled = !progress(min(1, all), words)
      return !state.cancelled
    }
  }
}
