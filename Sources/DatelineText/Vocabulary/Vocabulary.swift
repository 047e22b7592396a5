public import DatelineCore
import DatelineVectors

/// The features of a model: the terms that are kept, by their fingerprints. A feature's number is its place among the
/// fingerprints in ascending order, so it depends on the terms alone.
///
/// A look-up costs one read from memory, which is what it would wait for: the top half of a fingerprint leads to a line
/// of 64 bytes (``VocabularyLine``) that holds the tags of about eleven terms and the number of the first. So a feature
/// takes six bytes. Terms that do not fit into their line go to the next ones.
///
/// A term that is no feature is taken for one with a chance of about 3·10⁻⁹.
public final class Vocabulary: Sendable {
  /// The number of features.
  public let count: Int
  /// The fingerprints, strictly ascending, where they are still known: a vocabulary can only grow as long as they are.
  let fingerprints: SharedBuffer<UInt64>?
  /// ``VocabularyLine/size`` words a line.
  private let words: SharedBuffer<UInt32>
  private let lines: VocabularyLines
  /// What asks for the lines of terms before they are looked up.
  let lineRequests: LineRequests

  /// The most lines that a term may be away from its own. Among uniform fingerprints hardly any is in the next but one.
  static let maximumReach = 64

  /// A vocabulary of the given fingerprints.
  ///
  /// - Parameter fingerprints: Strictly ascending; fewer than 2³².
  /// - Throws: ``DatelineError/Code/invalidData`` for fingerprints of which hundreds agree in half of their bits: only
  ///   text that was made for it gives such.
  public init(_ fingerprints: [UInt64]) throws(DatelineError) {
    var homes = VocabularyLines.homes(for: fingerprints.count)
    for _ in 0..<4 {
      if let (words, lines) = VocabularyLines.fill(fingerprints, homes: homes) {
        count = fingerprints.count
        self.fingerprints = SharedBuffer(fingerprints)
        self.words = SharedBuffer(words)
        self.lines = lines
        lineRequests = LineRequests(lines, self.words)
        return
      }
      homes *= 2
    }
    throw DatelineError(
      .invalidData,
      "the terms collide more than chance would have them: the documents hold words that were made for that; --set vocabulary=hashed reads them all the same"
    )
  }

  /// The number of the feature with a fingerprint, or -1. O(1).
  public func index(of fingerprint: UInt64) -> Int {
    if count == 0 { return -1 }
    return words.withSpan { words in
      words.withUnsafeBufferPointer { lines.place(of: fingerprint, in: $0, count: count) }
    }
  }

  /// Reads a word of the line of every term, so that all lines are on their way into the cache: a look-up waits for
  /// memory, and the waits overlap.
  func fetch(_ terms: Span<UInt64>) {
    words.withUnsafeBufferPointer { lines.fetch(terms, in: $0) }
  }

  /// A cell for every term that is a feature: its number in the upper half, its count in the lower; unsorted. It is quick
  /// where the lines of the terms have been asked for (``lineRequests``, ``fetch(_:)``).
  ///
  /// - Parameters:
  ///   - counts: A count a term.
  ///   - cells: Memory; it grows to a cell a term at least.
  ///   - requests: Asked for the rows of all features, so that they are there when the last feature is found; for a term
  ///     that is none they are asked once more for those of the feature before it.
  /// - Returns: How many there are; the first cells are them.
  @inline(never)
  func cells(
    _ terms: Span<UInt64>, _ counts: Span<UInt32>, in cells: inout [UInt64],
    requesting rows: (RowRequests, RowRequests) = (.none, .none)
  ) -> Int {
    precondition(counts.count == terms.count, "a count a term")
    // Without features a damaged file could still hold tags.
    if count == 0 { return 0 }
    let termCount = terms.count
    if cells.count < termCount { cells = [UInt64](repeating: 0, count: termCount + cells.count) }
    return terms.withUnsafeBufferPointer { terms in
      counts.withUnsafeBufferPointer { counts in
        words.withUnsafeBufferPointer { words in
          cells.withUnsafeMutableBufferPointer { cells in
            guard let terms = terms.baseAddress, let counts = counts.baseAddress,
              let cells = cells.baseAddress
            else { return 0 }
            return write(cells, terms, counts, termCount, words, rows)
          }
        }
      }
    }
  }

  /// How many terms are looked up together: for so many it is worked out at once where their search begins.
  private static let blockSize = 64

  /// Writes the cells of terms, and returns how many there are. By addresses, as this loop is what most of classifying is.
  @inline(__always)
  private func write(
    _ cells: UnsafeMutablePointer<UInt64>, _ terms: UnsafePointer<UInt64>, _ counts: UnsafePointer<UInt32>,
    _ termCount: Int, _ words: UnsafeBufferPointer<UInt32>, _ rows: (RowRequests, RowRequests)
  ) -> Int {
    guard let start = words.baseAddress else { return 0 }
    let (lines, featureCount, requests) = (lines, count, lineRequests)
    let size = Vocabulary.blockSize
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * size) { memory in
      withUnsafeTemporaryAllocation(of: Int.self, capacity: size) { waiting in
        guard let memory = memory.baseAddress, let waiting = waiting.baseAddress else { return 0 }
        let search = VocabularyLines.Search(lines: memory, tags: memory + size)
        var (used, last, first) = (0, 0, 0)
        while first < termCount {
          let end = min(termCount, first &+ size)
          // Terms that may be in the next line, too, wait until it is there.
          var waitingCount = 0
          lines.begin(search, terms + first, count: end &- first)
          for number in first..<end {
            let found = lines.look(search, number &- first, in: start, count: featureCount)
            // Written and asked for in any case, and overwritten where it is none: no branch has to be foretold.
            cells[used] = Vocabulary.cell(found.place, counts[number])
            used &+= found.features
            last = found.features > 0 ? found.place : last
            rows.0.ask(for: last)
            rows.1.askForWhole(last)
            if found.isFar {
              requests.askFarther(for: terms[number])
              waiting[waitingCount] = number
              waitingCount &+= 1
            }
          }
          for waiter in 0..<waitingCount {
            let number = waiting[waiter]
            let place = lines.farPlace(of: terms[number], in: words, count: featureCount)
            if place < 0 { continue }
            rows.0.ask(for: place)
            rows.1.askForWhole(place)
            cells[used] = Vocabulary.cell(place, counts[number])
            used &+= 1
          }
          first = end
        }
        return used
      }
    }
  }

  @inline(__always)
  private static func cell(_ place: Int, _ count: UInt32) -> UInt64 {
    UInt64(truncatingIfNeeded: place) &<< 32 | UInt64(count)
  }

  /// `vocabulary.shape` and `vocabulary.lines`, and, for a vocabulary that is to grow, `vocabulary.fingerprints`.
  ///
  /// - Parameter growing: Whether the fingerprints themselves are wanted as well: eight bytes a feature.
  public func payloads(growing: Bool) -> [Payload] {
    var parts = [
      Payload(name: "vocabulary.shape", [UInt64(count), UInt64(lines.homes), UInt64(lines.reach)]),
      Payload(name: "vocabulary.lines", words),
    ]
    if growing, let fingerprints { parts.append(Payload(name: "vocabulary.fingerprints", fingerprints)) }
    return parts
  }

  /// Whether parts hold the fingerprints themselves.
  static func knowsFingerprints(_ payloads: Payloads) -> Bool { payloads.names.contains("vocabulary.fingerprints") }

  /// Brings a vocabulary back from the parts that ``payloads(growing:)`` gave.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` for parts that do not fit together.
  public init(_ payloads: Payloads, growing: Bool) throws(DatelineError) {
    let shape = try payloads.numbers("vocabulary.shape", as: UInt64.self, count: 3).array()
    words = try payloads.numbers("vocabulary.lines", as: UInt32.self)
    let lineCount = words.count / VocabularyLine.size
    guard shape[0] <= UInt64(lineCount * VocabularyLine.capacity), words.count == lineCount * VocabularyLine.size,
      (1...max(1, UInt64(lineCount))).contains(shape[1]), lineCount > 0, lineCount < 1 << 32,
      shape[2] < UInt64(Vocabulary.maximumReach)
    else {
      throw DatelineError(
        .invalidData,
        "a vocabulary of \(shape[0]) features in \(words.count) words, \(shape[1]) homes and a reach of \(shape[2]): the file is damaged"
      )
    }
    count = Int(shape[0])
    lines = VocabularyLines(homes: Int(shape[1]), reach: Int(shape[2]))
    lineRequests = LineRequests(lines, words)
    fingerprints =
      growing ? try payloads.numbers("vocabulary.fingerprints", as: UInt64.self, count: count) : nil
  }
}
