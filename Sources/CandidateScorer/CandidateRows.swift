import DatelineCore
import DatelineVectors

/// Pairs of a document and a label of one level, as rows of numbers (``SharedWeights``): what is said of the label's
/// candidate in the document, and what the first step says. The answer is whether the document has the label.
///
/// Pairs whose candidate the document does not name are very many and much alike, so of those without the label only
/// one of so many is taken, and counts for the others.
struct CandidateRows {
  /// How many numbers a row has.
  let width: Int
  private(set) var values: [Double] = []
  private(set) var answers: [Bool] = []
  private(set) var weights: [Double] = []

  private static let pairsOfUnnamed = 300_000

  init(
    _ set: TrainingSet, _ candidates: CandidateFeatures, _ levels: LabelLevels, level: Int,
    _ candidateOfLabel: [Int32], _ held: TermScores, _ rarities: LabelRarity
  ) {
    let kindCount = candidates.kinds.count
    width = SharedWeights.count(kindCount: kindCount)
    let labels = set.domain.labels.indices.filter { levels.levels[$0] == level }
    let topCount = levels.firstLevel.count
    let documents = (0..<set.count).filter { document in
      level == 0 || set.targets[document].contains { levels.levels[Int($0)] == level }
    }
    let stride = max(1, documents.count * labels.count / CandidateRows.pairsOfUnnamed)
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
          // Drawn by a hash: every so many-th pair in order could be the same labels again and again.
          let drawn = SplitMix64.mix(UInt64(document) &* UInt64(set.domain.count) &+ UInt64(label))
          if stride > 1, !drawn.isMultiple(of: UInt64(stride)) { continue }
          weight *= Double(stride)
        }
        let top = document * topCount + levels.tops[label]
        SharedWeights.append(
          features: named, score: held.scores[top], constant: held.constants[top],
          rarity: rarities.rarity(of: label, without: document), kindCount: kindCount, to: &values)
        answers.append(answer)
        weights.append(weight)
      }
    }
  }
}

/// What models of the first step say of documents.
struct TermScores {
  /// The score of each label of the first level, document after document.
  var scores: [Double]
  /// What the model would say of a text without any feature. A rare label's is far below 0, and so are its scores,
  /// however much the text is about it: with it in its own column the second step can tell the two apart.
  var constants: [Double]

  /// Zeros.
  init(documentCount: Int, labelCount: Int) {
    scores = [Double](repeating: 0, count: documentCount * labelCount)
    constants = scores
  }
}
