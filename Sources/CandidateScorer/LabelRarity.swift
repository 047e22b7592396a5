import DatelineCore

/// How rare labels are, as the models of the first step saw them that had not seen a document: 1 for labels of five
/// documents or fewer, towards 0 for frequent ones.
///
/// Labels below the first level have none: the first step knows as much of all labels that have the same one above them.
struct LabelRarity {
  private let totals: [Int]
  /// How many documents of each fold have each label.
  private let counts: [[Int]]
  private let foldOfDocument: [Int]
  private let levels: LabelLevels

  /// Labels of fewer documents count as equally rare.
  private static let leastCount = 5

  init(_ set: TrainingSet, _ levels: LabelLevels, _ folds: ContiguousFolds) {
    var counts = [[Int]](repeating: [Int](repeating: 0, count: set.domain.count), count: folds.count)
    var foldOfDocument = [Int](repeating: 0, count: set.count)
    for fold in 0..<folds.count {
      for document in folds[fold] {
        foldOfDocument[document] = fold
        for label in set.targets[document] { counts[fold][Int(label)] += 1 }
      }
    }
    self.counts = counts
    self.foldOfDocument = foldOfDocument
    self.levels = levels
    totals = set.domain.labels.indices.map { label in counts.reduce(0) { $0 + $1[label] } }
  }

  /// The rarity among all documents.
  func rarity(of label: Int) -> Double { rarity(of: label, count: totals[label]) }

  /// The rarity among the documents of the folds that a document is not in.
  func rarity(of label: Int, without document: Int) -> Double {
    rarity(of: label, count: totals[label] - counts[foldOfDocument[document]][label])
  }

  /// √(5 / n) for a label of n documents.
  private func rarity(of label: Int, count: Int) -> Double {
    if levels.levels[label] > 0 { return 0 }
    let least = LabelRarity.leastCount
    return (Double(least) / Double(max(least, count))).squareRoot()
  }
}
