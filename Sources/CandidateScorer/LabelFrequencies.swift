import DatelineCore
import Glibc

/// How frequent labels are, as the models of the first step saw them that had not seen a document.
struct LabelFrequencies {
  private let totals: [Int]
  /// How many documents of each fold have each label.
  private let counts: [[Int]]
  private let foldOfDocument: [Int]

  /// Labels of fewer documents count as equally rare.
  private static let leastCount = 5

  init(_ set: TrainingSet, _ folds: Folds) {
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
    totals = set.domain.labels.indices.map { label in counts.reduce(0) { $0 + $1[label] } }
  }

  /// The frequency among all documents.
  func frequency(of label: Int) -> Double { LabelFrequencies.frequency(count: totals[label]) }

  /// The frequency among the documents of the folds that a document is not in.
  func frequency(of label: Int, without document: Int) -> Double {
    LabelFrequencies.frequency(count: totals[label] - counts[foldOfDocument[document]][label])
  }

  /// The frequency of a label of n documents, ln(1 + n) / 10: about from 0 to 1.
  private static func frequency(count: Int) -> Double { log(1 + Double(max(leastCount, count))) / 10 }
}
