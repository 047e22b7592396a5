/// In how many documents each term of one part occurs, by sorting: it takes longer than a ``TermTable``, and no text can be
/// made that slows it down.
enum TermSort {
  /// The terms of one part whose document frequency is within the limits, ascending, with their frequencies. The
  /// fingerprints are sorted here.
  static func terms(
    of numbers: inout [UInt64], atLeast minimum: Int, atMost maximum: Int
  ) -> (fingerprints: [UInt64], documentFrequencies: [UInt32]) {
    var scratch: [UInt64] = []
    RadixSort.sort(&numbers, scratch: &scratch)
    var kept: (fingerprints: [UInt64], documentFrequencies: [UInt32]) = ([], [])
    var place = 0
    while place < numbers.count {
      var end = place + 1
      while end < numbers.count, numbers[end] == numbers[place] { end += 1 }
      if end - place >= minimum, end - place <= maximum {
        kept.fingerprints.append(numbers[place])
        kept.documentFrequencies.append(UInt32(end - place))
      }
      place = end
    }
    return kept
  }

  /// The place of a term among some in ascending order; ``TermTable/none`` where it is not there.
  static func number(of fingerprint: UInt64, in terms: [UInt64]) -> UInt32 {
    var range = 0..<terms.count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      if terms[middle] == fingerprint { return UInt32(middle) }
      range = terms[middle] < fingerprint ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return TermTable.none
  }
}
