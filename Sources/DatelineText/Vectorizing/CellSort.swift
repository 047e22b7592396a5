/// Sorting of a document's cells: a feature's number in the upper half, its count in the lower.
enum CellSort {
  /// Sorts cells by their numbers.
  ///
  /// Numbers follow the order of fingerprints, so those of a document are spread evenly over all features: dividing them
  /// among as many buckets as there are cells leaves about one to a bucket. O(n), and O(n log n) where a text was made
  /// to crowd a bucket.
  ///
  /// - Parameter featureCount: Above all numbers; at most 2³².
  static func sort(_ cells: inout [UInt64], featureCount: Int) {
    let count = cells.count
    if count < 24 {
      cells.sort()
      return
    }
    // Buckets of 2^shift numbers.
    let bits = { (number: Int) in Int.bitWidth - number.leadingZeroBitCount }
    let shift = UInt64(32 + max(0, bits(featureCount - 1) - bits(count)))
    let bucketCount = Int((UInt64(featureCount - 1) << 32) >> shift) + 1
    // One allocation for both: Swift 6.3 can mix up nested ones in optimised builds.
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: bucketCount + 1 + count) { memory in
      let ends = UnsafeMutableBufferPointer(rebasing: memory[...bucketCount])
      let sorted = UnsafeMutableBufferPointer(rebasing: memory[(bucketCount + 1)...])
      ends.initialize(repeating: 0)
      for cell in cells { ends[Int(cell >> shift) + 1] += 1 }
      for bucket in 0..<bucketCount { ends[bucket + 1] += ends[bucket] }
      // What begins as a bucket's start ends as its end.
      for cell in cells {
        let bucket = Int(cell >> shift)
        sorted.initializeElement(at: Int(ends[bucket]), to: cell)
        ends[bucket] += 1
      }
      var start = 0
      for bucket in 0..<bucketCount {
        let end = Int(ends[bucket])
        if end - start > 16 { sorted[start..<end].sort() }
        start = end
      }
      insertionSort(sorted)
      cells.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: sorted) }
    }
  }

  /// O(n) where every cell is near its place.
  private static func insertionSort(_ cells: UnsafeMutableBufferPointer<UInt64>) {
    for next in cells.indices.dropFirst() {
      let cell = cells[next]
      var place = next
      while place > 0, cells[place - 1] > cell {
        cells[place] = cells[place - 1]
        place -= 1
      }
      cells[place] = cell
    }
  }
}
