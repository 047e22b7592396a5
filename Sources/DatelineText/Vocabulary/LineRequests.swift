import DatelineCore

/// Asks for the lines of terms before they are looked up.
struct LineRequests {
  let lines: VocabularyLines
  let requests: RowRequests

  /// Asks for the line at which a term's search begins.
  @inline(__always)
  func ask(for fingerprint: UInt64) { requests.ask(for: VocabularyLines.home(of: fingerprint, lines.homes)) }

  /// Asks for the line behind that one.
  @inline(__always)
  func askFarther(for fingerprint: UInt64) {
    requests.ask(for: VocabularyLines.home(of: fingerprint, lines.homes) &+ 1)
  }
}
