/// Divides documents into folds of neighbours: in a corpus they are often alike, so they stay together as far as that is
/// possible.
struct ContiguousFolds {
  let documentCount: Int
  let count: Int

  /// - Parameter count: How many are wanted; there are no more than documents.
  init(documentCount: Int, count: Int) {
    self.documentCount = documentCount
    self.count = min(count, documentCount)
  }

  /// The documents of a fold.
  subscript(fold: Int) -> Range<Int> { documentCount * fold / count..<documentCount * (fold + 1) / count }

  /// The documents of the other folds.
  func others(than fold: Int) -> [Int] {
    Array(0..<self[fold].lowerBound) + Array(self[fold].upperBound..<documentCount)
  }
}
