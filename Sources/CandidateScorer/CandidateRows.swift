import DatelineCore
import DatelineVectors

/// Pairs of a document and a label of one level, as rows of numbers: the features of the label's candidate in the
/// document, the score of the first step, and 1. The answer is whether the document has the label.
///
/// Pairs whose candidate the document does not name are very many and much alike, so of those without the label only
/// every so many-th is taken, and counts for the others.
struct CandidateRows {
  /// How many numbers a row has.
  let width: Int
  private(set) var values: [Double] = []
  private(set) var answers: [Bool] = []
  private(set) var weights: [Double] = []

  private static let pairsOfUnnamed = 300_000

  init(
    _ set: TrainingSet, _ candidates: CandidateFeatures, _ levels: LabelLevels, level: Int,
    _ candidateOfLabel: [Int32], _ scores: [Double]
  ) {
    let kindCount = candidates.kinds.count
    width = kindCount + 2
    let labels = set.domain.labels.indices.filter { levels.levels[$0] == level }
    let topCount = levels.firstLevel.count
    let documents = (0..<set.count).filter { document in
      level == 0 || set.targets[document].contains { levels.levels[Int($0)] == level }
    }
    let stride = max(1, documents.count * labels.count / CandidateRows.pairsOfUnnamed)
    var skipped = 0
    for document in documents {
      var features: [Int: [Double]] = [:]
      for place in set.features.range(ofRow: document) where Int(set.features.columnIndices[place]) >= candidates.first
      {
        let number = Int(set.features.columnIndices[place]) - candidates.first
        features[number / kindCount, default: [Double](repeating: 0, count: kindCount)][number % kindCount] =
          Double(set.features.values[place])
      }
      for label in labels {
        let answer = set.targets.contains(label, document: document)
        let named = features[Int(candidateOfLabel[label])]
        var weight = set.weights?[document] ?? 1
        if named == nil, !answer {
          skipped += 1
          if skipped % stride != 0 { continue }
          weight *= Double(stride)
        }
        values += named ?? [Double](repeating: 0, count: kindCount)
        values.append(scores[document * topCount + levels.tops[label]])
        values.append(1)
        answers.append(answer)
        weights.append(weight)
      }
    }
  }
}
