import DatelineCore

/// What gives a term its number.
enum FeatureIndex: Sendable {
  /// Every term that was kept has a number of its own.
  case exact(Vocabulary)
  /// The top bits of a fingerprint are its number (Weinberger et al. 2009, without signs, so that counts stay counts).
  case hashed(bits: Int)

  var count: Int {
    switch self {
    case .exact(let vocabulary): vocabulary.count
    case .hashed(let bits): 1 << bits
    }
  }

  /// The number of the feature that a term is, or `nil`.
  func feature(of fingerprint: UInt64) -> UInt32? {
    switch self {
    case .exact(let vocabulary):
      let place = vocabulary.index(of: fingerprint)
      return place < 0 ? nil : UInt32(place)
    case .hashed(let bits): return FeatureIndex.hashed(fingerprint, bits)
    }
  }

  @inline(__always)
  private static func hashed(_ fingerprint: UInt64, _ bits: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: fingerprint >> UInt64(truncatingIfNeeded: 64 - bits))
  }

  /// How much of a text is known; `nil` for a hashed vocabulary, which takes every term for one that it knows.
  func coverage(found: Int, of terms: Int) -> Coverage? {
    switch self {
    case .exact: Coverage(known: found, total: terms)
    case .hashed: nil
    }
  }

  /// What asks for the lines of terms before they are looked up.
  var lineRequests: LineRequests {
    switch self {
    case .exact(let vocabulary): vocabulary.lineRequests
    case .hashed: .none
    }
  }

  /// A cell for every term that is a feature: its number in the upper half, its count in the lower; ascending, with the
  /// counts of equal numbers added up.
  ///
  /// - Parameters:
  ///   - cells: Memory that is reused from one document to the next, as is `table`; it grows to a cell a term at least.
  /// - Returns: How many there are; the first cells are them.
  func cells(
    fingerprints: Span<UInt64>, counts: Span<UInt32>, in cells: inout [UInt64], table: inout [UInt64]
  ) -> Int {
    fetch(fingerprints)
    return requestedCells(fingerprints, counts, in: &cells, table: &table)
  }

  /// Reads a word of the line of every term, for look-ups that nothing has asked for.
  func fetch(_ terms: Span<UInt64>) { if case .exact(let vocabulary) = self { vocabulary.fetch(terms) } }

  /// The same of the terms of a document, whose lines have been asked for (``lineRequests``).
  func requestedCells(of terms: FingerprintCounts, in cells: inout [UInt64], table: inout [UInt64]) -> Int {
    terms.withSpans { requestedCells($0, $1, in: &cells, table: &table) }
  }

  /// The same cells, which need not ascend. Terms that share a number by chance can stay apart
  /// (``Vocabulary/cells(_:_:in:requesting:)``).
  ///
  /// - Parameter requests: Asked for the rows of all features.
  func unorderedCells(
    _ fingerprints: Span<UInt64>, _ counts: Span<UInt32>, in cells: inout [UInt64], table: inout [UInt64],
    requesting requests: (RowRequests, RowRequests)
  ) -> Int {
    switch self {
    case .exact(let vocabulary): return vocabulary.cells(fingerprints, counts, in: &cells, requesting: requests)
    case .hashed:
      // Many terms share a number, so they have to be brought together.
      let count = requestedCells(fingerprints, counts, in: &cells, table: &table)
      FeatureIndex.request(cells.span.extracting(..<count), requests)
      return count
    }
  }

  /// Asks for what will be read of the features of cells, so that the waits overlap.
  static func request(_ cells: Span<UInt64>, _ requests: (RowRequests, RowRequests)) {
    for place in cells.indices {
      let feature = Int(truncatingIfNeeded: cells[place] &>> 32)
      requests.0.ask(for: feature)
      requests.1.askForWhole(feature)
    }
  }

  private func requestedCells(
    _ fingerprints: Span<UInt64>, _ counts: Span<UInt32>, in cells: inout [UInt64], table: inout [UInt64]
  ) -> Int {
    var count = fingerprints.count
    switch self {
    case .exact(let vocabulary): count = vocabulary.cells(fingerprints, counts, in: &cells)
    case .hashed(let bits):
      if cells.count < count { cells = [UInt64](repeating: 0, count: count + cells.count) }
      for place in fingerprints.indices {
        cells[place] = UInt64(FeatureIndex.hashed(fingerprints[place], bits)) << 32 | UInt64(counts[place])
      }
    }
    // Terms can share a number also in a vocabulary: by a chance of 3·10⁻⁹, or where a text was made for it.
    return CellSort.sort(&cells, count: count, featureCount: self.count, table: &table)
  }
}
