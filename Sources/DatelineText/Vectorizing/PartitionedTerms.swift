/// The distinct terms of the documents of one batch by parts (``TermParts``), in the order of the documents within each.
struct PartitionedTerms: Sendable {
  let documentCount: Int
  /// The terms.
  let fingerprints: [UInt64]
  /// For each of them its document within the batch in the upper half, and how often it occurs there in the lower.
  let cells: [UInt64]
  /// Where each part begins, and where the last one ends.
  let starts: [Int]

  init(_ terms: TermCounts) {
    documentCount = terms.documentCount
    starts = TermParts.starts(terms.fingerprints)
    let count = terms.fingerprints.count
    var next = starts
    var sorted: [UInt64] = []
    cells = [UInt64](unsafeUninitializedCapacity: count) { cells, cellCount in
      sorted = [UInt64](unsafeUninitializedCapacity: count) { sorted, sortedCount in
        next.withUnsafeMutableBufferPointer { next in
          for document in 0..<terms.documentCount {
            for term in terms.offsets[document]..<terms.offsets[document + 1] {
              let fingerprint = terms.fingerprints[term]
              let part = TermParts.part(of: fingerprint)
              sorted.initializeElement(at: next[part], to: fingerprint)
              cells.initializeElement(at: next[part], to: UInt64(document) << 32 | UInt64(terms.counts[term]))
              next[part] += 1
            }
          }
        }
        sortedCount = count
      }
      cellCount = count
    }
    fingerprints = sorted
  }
}
