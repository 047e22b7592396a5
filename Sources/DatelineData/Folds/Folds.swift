public import DatelineCore

/// Documents dealt into folds, for cross-validation and for holding a part out.
///
/// The folds are stratified: each label is spread over them as evenly as it can be. Documents of one content always
/// share a fold, as a copy in the training part would give the answer away. The folds follow from the contents, the
/// labels and the seed, and not from the order of the documents.
public struct Folds: Sendable, Equatable {
  /// The number of folds.
  public let count: Int
  /// The fold of each document.
  public let assignments: [Int]

  /// Deals documents into folds.
  ///
  /// A document belongs to the stratum of its rarest label (of equally rare ones the first); documents without a label
  /// are a stratum of their own. Strata are dealt one after another. Within one, contents come in an order that the
  /// seed shuffles, and each goes to the fold that has the fewest documents of the stratum, and of those to the one that
  /// has the fewest of all. Without copies, the folds of a stratum differ by one document at most, and so do all folds.
  ///
  /// - Parameters:
  ///   - targets: The labels.
  ///   - digests: A digest of each document's content (``DocumentBatch/contentDigests()``); equal ones stay together.
  ///   - count: The number of folds, 2 to 1,000.
  ///   - seed: What the shuffling depends on.
  /// - Throws: ``DatelineError/Code/invalidData`` when there are fewer distinct contents than folds,
  ///   ``DatelineError/Code/usage`` for another number of folds.
  /// - Complexity: O(n log n + n × count).
  public init(_ targets: Targets, digests: [UInt64], count: Int, seed: UInt64) throws(DatelineError) {
    precondition(targets.count == digests.count, "one digest a document")
    guard (2...1000).contains(count) else {
      throw DatelineError(.usage, "\(count) folds: expected 2 to 1,000")
    }
    let groups = Self.groups(targets, digests: digests, seed: seed)
    guard groups.count >= count else {
      throw DatelineError(
        .invalidData,
        "\(groups.count) different documents for \(count) folds: give more documents or ask for fewer folds")
    }
    var assignments = [Int](repeating: 0, count: digests.count)
    var totals = [Int](repeating: 0, count: count)
    var ofStratum = [Int](repeating: 0, count: count)
    var stratum: Int? = nil
    for group in groups {
      if group.stratum != stratum {
        stratum = group.stratum
        for fold in 0..<count { ofStratum[fold] = 0 }
      }
      var best = 0
      for fold in 1..<count where (ofStratum[fold], totals[fold]) < (ofStratum[best], totals[best]) { best = fold }
      ofStratum[best] += group.documents.count
      totals[best] += group.documents.count
      for document in group.documents { assignments[document] = best }
    }
    self.count = count
    self.assignments = assignments
  }

  /// The documents of a fold, ascending.
  public func documents(in fold: Int) -> [Int] { assignments.indices.filter { assignments[$0] == fold } }

  /// The documents of all other folds, ascending.
  public func documents(outside fold: Int) -> [Int] { assignments.indices.filter { assignments[$0] != fold } }

  /// Documents of one content.
  private struct Group {
    var documents: ArraySlice<Int>
    var stratum: Int
    var order: UInt64
  }

  /// The contents in the order of dealing. Copies come before single documents, so that these even them out.
  private static func groups(_ targets: Targets, digests: [UInt64], seed: UInt64) -> [Group] {
    let labelCount = Int(targets.indices.max() ?? -1) + 1
    let support = targets.support(labelCount: labelCount)
    let sorted = digests.indices.sorted { (digests[$0], $0) < (digests[$1], $1) }
    var groups: [Group] = []
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, digests[sorted[end]] == digests[sorted[start]] { end += 1 }
      let labels = sorted[start..<end].flatMap { targets[$0].map { Int($0) } }
      let rarest = labels.min { (support[$0], $0) < (support[$1], $1) }
      groups.append(
        Group(
          documents: sorted[start..<end], stratum: rarest ?? labelCount,
          order: SplitMix64.mix(digests[sorted[start]] ^ SplitMix64.mix(seed &+ SplitMix64.increment))))
      start = end
    }
    // The mixing is one-to-one, so no two contents of one number of documents are equal in this order.
    return groups.sorted {
      ($0.stratum, -$0.documents.count, $0.order) < ($1.stratum, -$1.documents.count, $1.order)
    }
  }
}
