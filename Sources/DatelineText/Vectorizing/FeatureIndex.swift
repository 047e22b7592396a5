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

  /// What asks for the lines of terms before they are looked up; `nil` where no look-up waits for memory.
  var lineRequests: LineRequests? {
    switch self {
    case .exact(let vocabulary): vocabulary.lineRequests
    case .hashed: nil
    }
  }

  /// Replaces `cells` by one for every term that is a feature: its number in the upper half, its count in the lower;
  /// ascending, with the counts of equal numbers added up.
  ///
  /// - Parameter table: Memory that is reused from one document to the next.
  func cells(
    fingerprints: Span<UInt64>, counts: Span<UInt32>, into cells: inout [UInt64], table: inout [UInt64]
  ) {
    if case .exact(let vocabulary) = self { vocabulary.fetch(fingerprints) }
    requestedCells(fingerprints, counts, into: &cells, table: &table)
  }

  /// The same of the terms of a document, whose lines have been asked for (``lineRequests``).
  func requestedCells(of terms: FingerprintCounts, into cells: inout [UInt64], table: inout [UInt64]) {
    requestedCells(terms.fingerprints.span, terms.counts.span, into: &cells, table: &table)
  }

  private func requestedCells(
    _ fingerprints: Span<UInt64>, _ counts: Span<UInt32>, into cells: inout [UInt64], table: inout [UInt64]
  ) {
    switch self {
    case .exact(let vocabulary):
      let count = vocabulary.cells(fingerprints, counts, in: &cells)
      cells.removeLast(cells.count - count)
    case .hashed(let bits):
      cells.removeAll(keepingCapacity: true)
      for place in fingerprints.indices {
        cells.append(UInt64(FeatureIndex.hashed(fingerprints[place], bits)) << 32 | UInt64(counts[place]))
      }
    }
    // Terms can share a number also in a vocabulary: by a chance of 3·10⁻⁹, or where a text was made for it.
    CellSort.sort(&cells, featureCount: count, table: &table)
  }
}
