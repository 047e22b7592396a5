import DatelineCore
import DatelineVectors

/// Asks for the lines of terms before they are looked up.
struct LineRequests {
  let lines: VocabularyLines
  let requests: RowRequests

  /// Requests for the lines of a vocabulary.
  init(_ lines: VocabularyLines, _ words: SharedBuffer<UInt32>) {
    self.lines = lines
    requests = RowRequests(words, rowLength: VocabularyLine.size)
  }

  /// Asks for the line at which a term's search begins.
  @inline(__always)
  func ask(for fingerprint: UInt64) { requests.ask(for: VocabularyLines.home(of: fingerprint, lines.homes)) }

  /// Asks for the line behind that one.
  @inline(__always)
  func askFarther(for fingerprint: UInt64) {
    requests.ask(for: VocabularyLines.home(of: fingerprint, lines.homes) &+ 1)
  }
}
