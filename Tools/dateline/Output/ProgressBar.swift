import Synchronization

/// A line on the terminal that tells how far the work is; silent elsewhere.
final class ProgressBar: Sendable {
  private struct State {
    var lastDrawn: ContinuousClock.Instant?
    var isVisible = false
  }

  private let state = Mutex(State())
  private static let interval = Duration.milliseconds(100)
  private static let width = 30

  /// Draws the bar, ten times a second at most.
  ///
  /// - Parameters:
  ///   - fraction: From 0 to 1; `nil` while the end is not known.
  ///   - words: What is being done.
  func show(_ fraction: Double?, _ words: String) {
    guard Console.isErrorTerminal else { return }
    let now = ContinuousClock.now
    let due = state.withLock { state in
      if let last = state.lastDrawn, now - last < ProgressBar.interval { return false }
      state.lastDrawn = now
      state.isVisible = true
      return true
    }
    guard due else { return }
    let bar =
      fraction.map { fraction in
        // A family of somebody else's may tell anything.
        let fraction = fraction.isFinite ? max(0, min(1, fraction)) : 0
        let filled = Int(fraction * Double(ProgressBar.width))
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: ProgressBar.width - filled)
          + "] \(Int(fraction * 100)) % "
      } ?? ""
    Console.draw("\r\u{1B}[K\(bar)\(words)")
  }

  /// Removes the bar.
  func clear() {
    let wasVisible = state.withLock { state in
      defer { state.isVisible = false }
      return state.isVisible
    }
    if wasVisible { Console.draw("\r\u{1B}[K") }
  }
}
