import DatelineCore
import DatelineVectors

/// Asks for the lines of terms before they are looked up.
struct LineRequests {
  private let homes: Int
  private let requests: RowRequests

  private init(homes: Int, requests: RowRequests) {
    self.homes = homes
    self.requests = requests
  }

  /// Requests where no look-up waits for memory: for something that is always there, so that nobody has to ask which they
  /// are.
  static var none: LineRequests { LineRequests(homes: 1, requests: .none) }

  /// Requests for the lines of a vocabulary.
  init(_ lines: VocabularyLines, _ words: SharedBuffer<UInt32>) {
    homes = lines.homes
    requests = RowRequests(words, rowLength: VocabularyLine.size)
  }

  /// Asks for the line at which a term's search begins.
  @inline(__always)
  func ask(for fingerprint: UInt64) { requests.ask(for: VocabularyLines.home(of: fingerprint, homes)) }

  /// Asks for the line behind that one.
  @inline(__always)
  func askFarther(for fingerprint: UInt64) {
    requests.ask(for: VocabularyLines.home(of: fingerprint, homes) &+ 1)
  }
}
