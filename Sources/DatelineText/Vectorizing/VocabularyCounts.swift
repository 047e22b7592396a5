import DatelineCore
import DatelineParallel
import DatelineVectors

/// The terms of all batches that are kept, and for each term of a document the place of it among these.
///
/// Every part is counted and numbered by itself, with its table in a near cache; so no document's term is ever looked up
/// in the whole vocabulary.
struct VocabularyCounts {
  /// The terms, ascending.
  private(set) var fingerprints: [UInt64] = []
  /// In how many documents each of them is.
  private(set) var documentFrequencies: [UInt32] = []
  /// Where each part's terms begin among all.
  private var partStarts: [UInt32] = []

  private let batches: [PartitionedTerms]
  /// Where each batch's terms begin in ``numbers``.
  private let batchStarts: [Int]
  /// For each term of a document its place among those of its part, or ``TermTable/none``, in the order of the batches.
  private let numbers: MutableBuffer<UInt32>

  /// Counts documents. O(terms), and a sort of those that are kept.
  ///
  /// - Parameters:
  ///   - minimum: The fewest documents of a term that is kept.
  ///   - maximum: The most.
  init(
    _ batches: [PartitionedTerms], atLeast minimum: Int, atMost maximum: Int, workers: WorkerPool
  ) {
    self.batches = batches
    var batchStarts = [0]
    for batch in batches { batchStarts.append(batchStarts[batchStarts.count - 1] + batch.fingerprints.count) }
    self.batchStarts = batchStarts
    let numbers = MutableBuffer<UInt32>(uninitialized: batchStarts[batches.count])
    self.numbers = numbers
    let parts = workers.map(TermParts.count) { [batchStarts] part -> (fingerprints: [UInt64], counts: [UInt32]) in
      func run(_ batch: PartitionedTerms) -> Range<Int> { batch.starts[part]..<batch.starts[part + 1] }
      // Parts do not overlap, so threads never write to one place.
      func forEachTerm(_ body: (_ terms: Span<UInt64>, _ set: (_ place: Int, _ number: UInt32) -> Void) -> Void) {
        numbers.withUnsafeMutableBufferPointer { numbers in
          for (batch, start) in zip(batches, batchStarts) {
            let run = run(batch)
            body(batch.fingerprints.span.extracting(run)) { numbers[start + run.lowerBound + $0] = $1 }
          }
        }
      }
      var table = TermTable()
      if batches.allSatisfy({ table.count($0.fingerprints.span.extracting(run($0))) }) {
        let kept = table.number(atLeast: minimum, atMost: maximum)
        forEachTerm { terms, set in table.numbers(of: terms, set) }
        return kept
      }
      var all = batches.flatMap { $0.fingerprints[run($0)] }
      let kept = TermSort.terms(of: &all, atLeast: minimum, atMost: maximum)
      forEachTerm { terms, set in
        for place in terms.indices { set(place, TermSort.number(of: terms[place], in: kept.fingerprints)) }
      }
      return (kept.fingerprints, kept.documentFrequencies)
    }
    for part in parts {
      partStarts.append(UInt32(fingerprints.count))
      fingerprints += part.fingerprints
      documentFrequencies += part.counts
    }
  }

  /// The documents of all batches as rows of a matrix, in order.
  ///
  /// - Parameters:
  ///   - features: For each kept term the number of its feature, ascending; `nil` where that is its place.
  ///   - columnCount: The number of features.
  func matrix(features: [Int]? = nil, columnCount: Int, _ weighting: TermWeighting, workers: WorkerPool) -> CSRMatrix {
    let lengths = workers.map(batches.count) { rowLengths(ofBatch: $0) }
    var offsets = [0]
    offsets.reserveCapacity(lengths.reduce(1) { $0 + $1.count })
    var firstRows: [Int] = []
    for lengths in lengths {
      firstRows.append(offsets.count - 1)
      for length in lengths { offsets.append(offsets[offsets.count - 1] + length) }
    }
    let total = offsets[offsets.count - 1]
    var values = SharedBuffer<Float>([])
    let indices = SharedBuffer<UInt32>(count: total) { [offsets, firstRows] indices in
      // Batches do not overlap, so threads never write to one place.
      nonisolated(unsafe) let indices = indices
      values = SharedBuffer<Float>(count: total) { values in
        nonisolated(unsafe) let values = values
        workers.forEach(batches.count) { batch in
          let rows = offsets[firstRows[batch]...firstRows[batch] + batches[batch].documentCount]
          let range = rows[rows.startIndex]..<rows[rows.endIndex - 1]
          var batchIndices = MutableSpan(_unsafeElements: indices[range])
          var batchValues = MutableSpan(_unsafeElements: values[range])
          fill(
            batch, Array(rows), features, weighting, indices: &batchIndices, values: &batchValues)
        }
      }
    }
    return CSRMatrix(columnCount: columnCount, rowOffsets: offsets, columnIndices: indices, values: values)
  }

  /// How many kept terms each document of a batch has.
  private func rowLengths(ofBatch number: Int) -> [Int] {
    let batch = batches[number]
    var lengths = [Int](repeating: 0, count: batch.documentCount)
    numbers.withUnsafeBufferPointer { numbers in
      for (place, cell) in batch.cells.enumerated() where numbers[batchStarts[number] + place] != TermTable.none {
        lengths[Int(cell >> 32)] += 1
      }
    }
    return lengths
  }

  /// Writes the rows of a batch.
  ///
  /// - Parameter offsets: Where the batch's rows begin in the matrix, and where the last one ends.
  private func fill(
    _ number: Int, _ offsets: [Int], _ features: [Int]?, _ weighting: TermWeighting,
    indices: inout MutableSpan<UInt32>, values: inout MutableSpan<Float>
  ) {
    let batch = batches[number]
    let first = offsets[0]
    var next = offsets.map { $0 - first }
    let total = offsets[offsets.count - 1] - first
    let cells = [UInt64](unsafeUninitializedCapacity: total) { cells, count in
      numbers.withUnsafeBufferPointer { numbers in
        next.withUnsafeMutableBufferPointer { next in
          for part in 0..<TermParts.count {
            let partStart = Int(partStarts[part])
            var (current, start) = (-1, 0)
            for place in batch.starts[part]..<batch.starts[part + 1] {
              let term = numbers[batchStarts[number] + place]
              if term == TermTable.none { continue }
              let feature = features?[partStart + Int(term)] ?? partStart + Int(term)
              let cell = batch.cells[place]
              let document = Int(cell >> 32)
              if document != current {
                // Parts ascend, so only a document's terms of one part can be out of order.
                if current >= 0 { VocabularyCounts.sort(cells, start..<next[current]) }
                (current, start) = (document, next[document])
              }
              cells.initializeElement(at: next[document], to: UInt64(feature) << 32 | cell & 0xFFFF_FFFF)
              next[document] += 1
            }
            if current >= 0 { VocabularyCounts.sort(cells, start..<next[current]) }
          }
        }
      }
      count = total
    }
    for place in 0..<total { indices[place] = UInt32(truncatingIfNeeded: cells[place] >> 32) }
    for document in 0..<batch.documentCount {
      let row = offsets[document] - first..<offsets[document + 1] - first
      var rowValues = values._mutatingExtracting(row)
      weighting.weigh(cells.span.extracting(row), into: &rowValues)
    }
  }

  /// Sorts some cells, which are mostly one or two.
  @inline(__always)
  private static func sort(_ cells: UnsafeMutableBufferPointer<UInt64>, _ range: Range<Int>) {
    if range.count > 8 {
      cells[range].sort()
      return
    }
    for next in range.dropFirst() {
      let cell = cells[next]
      var place = next
      while place > range.lowerBound, cells[place - 1] > cell {
        cells[place] = cells[place - 1]
        place -= 1
      }
      cells[place] = cell
    }
  }
}
