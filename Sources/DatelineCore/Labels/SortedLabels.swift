extension [Label] {
  /// The place of a label, by binary search; `nil` where it is none of these, which have to be sorted.
  func placeInSorted(_ label: Label) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < label { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == label ? low : nil
  }
}
