/// Sorting of fingerprints, which are uniform 64-bit numbers.
enum RadixSort {
  private static let digitBits = 10
  private static let digitCount = 1 << digitBits

  /// Sorts numbers whose top byte is equal, by a least-significant-digit radix sort.
  ///
  /// The other 56 bits take six passes of ten bits: an even number of passes ends where it began, and the counts of one
  /// pass stay in the nearest cache. O(n).
  static func sort(_ numbers: inout [UInt64], scratch: inout [UInt64]) {
    if numbers.count < 256 {
      numbers.sort()
      return
    }
    if scratch.count < numbers.count { scratch = [UInt64](repeating: 0, count: numbers.count) }
    let count = numbers.count
    numbers.withUnsafeMutableBufferPointer { first in
      scratch.withUnsafeMutableBufferPointer { second in
        var from = first
        var to = second
        for pass in 0..<6 {
          scatter(from, to, count: count, shift: UInt64(pass * digitBits))
          swap(&from, &to)
        }
      }
    }
  }

  private static func scatter(
    _ from: UnsafeMutableBufferPointer<UInt64>, _ to: UnsafeMutableBufferPointer<UInt64>, count: Int, shift: UInt64
  ) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: digitCount) { starts in
      starts.initialize(repeating: 0)
      for index in 0..<count { starts[Int(truncatingIfNeeded: from[index] >> shift) & (digitCount - 1)] += 1 }
      var sum = 0
      for digit in 0..<digitCount {
        let size = starts[digit]
        starts[digit] = sum
        sum += size
      }
      for index in 0..<count {
        let digit = Int(truncatingIfNeeded: from[index] >> shift) & (digitCount - 1)
        to[starts[digit]] = from[index]
        starts[digit] += 1
      }
    }
  }
}
