/// Sorting of a document's cells: a feature's number in the upper half, its count in the lower.
enum CellSort {
  /// Fewer cells than these are inserted one after another.
  private static let smallest = 12
  /// Up to as many cells of a bucket are left to the insertion.
  private static let largestBucket = 16

  /// Sorts cells by their numbers.
  ///
  /// Numbers follow the order of fingerprints, so those of a document are spread evenly over all features: dividing them
  /// among as many buckets as there are cells leaves about one to a bucket. O(n), and O(n log n) where a text was made
  /// to crowd a bucket.
  ///
  /// - Parameter featureCount: Above all numbers; at most 2³².
  /// - Returns: Whether some have the same number (``merge(_:)``); among these the order is any.
  static func sort(_ cells: inout [UInt64], featureCount: Int) -> Bool {
    let count = cells.count
    if count < smallest { return cells.withUnsafeMutableBufferPointer { insert($0, into: $0) } }
    // Buckets of 2^shift numbers.
    let bits = { (number: Int) in Int.bitWidth - number.leadingZeroBitCount }
    let shift = UInt64(32 + max(0, bits(featureCount - 1) - bits(count)))
    let bucketCount = Int((UInt64(featureCount - 1) << 32) >> shift) + 1
    // One allocation for both: Swift 6.3 can mix up nested ones in optimised builds.
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: bucketCount + 1 + count) { memory in
      let ends = UnsafeMutableBufferPointer(rebasing: memory[...bucketCount])
      let divided = UnsafeMutableBufferPointer(rebasing: memory[(bucketCount + 1)...])
      ends.initialize(repeating: 0)
      let bucket = { (cell: UInt64) in Int(truncatingIfNeeded: cell &>> shift) }
      return cells.withUnsafeMutableBufferPointer { cells in
        for cell in cells { ends[bucket(cell) &+ 1] &+= 1 }
        var largest: UInt64 = 0
        for bucket in 0..<bucketCount {
          largest = max(largest, ends[bucket &+ 1])
          ends[bucket &+ 1] &+= ends[bucket]
        }
        // What begins as a bucket's start ends as its end.
        for cell in cells {
          let bucket = bucket(cell)
          divided.initializeElement(at: Int(truncatingIfNeeded: ends[bucket]), to: cell)
          ends[bucket] &+= 1
        }
        if largest > largestBucket { sortCrowded(divided, ends: ends[..<bucketCount]) }
        return insert(divided, into: cells)
      }
    }
  }

  /// Adds up the counts of sorted cells that have one number.
  static func merge(_ cells: inout [UInt64]) {
    guard cells.count > 1 else { return }
    let kept = cells.withUnsafeMutableBufferPointer { cells in
      var last = 0
      for place in 1..<cells.count {
        let cell = cells[place]
        if (cells[last] ^ cell) &>> 32 == 0 {
          // More than four thousand million are as good as that many.
          let sum = (cells[last] & 0xFFFF_FFFF) &+ (cell & 0xFFFF_FFFF)
          cells[last] = cell & ~0xFFFF_FFFF | min(sum, 0xFFFF_FFFF)
        } else {
          last &+= 1
          cells[last] = cell
        }
      }
      return last &+ 1
    }
    cells.removeLast(cells.count - kept)
  }

  /// Sorts the buckets that hold many cells.
  private static func sortCrowded(
    _ cells: UnsafeMutableBufferPointer<UInt64>, ends: Slice<UnsafeMutableBufferPointer<UInt64>>
  ) {
    var start = 0
    for end in ends {
      let end = Int(truncatingIfNeeded: end)
      if end - start > largestBucket { cells[start..<end].sort() }
      start = end
    }
  }

  /// Writes cells in order, also to where they are: insertion sort, O(n) where every cell is near its place.
  ///
  /// - Returns: Whether some have the same number.
  private static func insert(
    _ cells: UnsafeMutableBufferPointer<UInt64>, into sorted: UnsafeMutableBufferPointer<UInt64>
  ) -> Bool {
    var repeats = false
    for next in cells.indices {
      let cell = cells[next]
      // A cell is put behind all of its number, so the last one of them is its neighbour then.
      let highest = cell | 0xFFFF_FFFF
      var place = next
      while place > 0, sorted[place &- 1] > highest {
        sorted[place] = sorted[place &- 1]
        place &-= 1
      }
      repeats = (place > 0 && (sorted[place &- 1] ^ cell) &>> 32 == 0) || repeats
      sorted[place] = cell
    }
    return repeats
  }
}
