/// The weights that the labels of a level share.
///
/// A pair of a document and a label is a row of numbers x, s, c and r: the features of the label's candidate, the score
/// and the constant of the first step, and how rare the label is. What x and s count for depends on r, since the first
/// step knows much of frequent labels and nothing of rare ones. The log-odds of a pair are
///
///     Σ (uₖ + vₖ r) xₖ + (a + b r) s + d c + e r + g
///
/// For one label that is a weighted sum of x and s, and a constant.
struct SharedWeights {
  private let kindCount: Int
  /// u, v, a, b, d, e and g.
  let weights: [Double]

  init(kindCount: Int, weights: [Double]) {
    precondition(weights.count == SharedWeights.count(kindCount: kindCount), "a weight for each number of a row")
    self.kindCount = kindCount
    self.weights = weights
  }

  /// The number of weights, and of the numbers of a row.
  static func count(kindCount: Int) -> Int { 2 * kindCount + 5 }

  /// Appends a row, in the order of ``weights``.
  ///
  /// - Parameter features: The features of the candidate, or `nil` where all are 0.
  static func append(
    features: [Double]?, score: Double, constant: Double, rarity: Double, kindCount: Int, to rows: inout [Double]
  ) {
    if let features {
      rows += features
      rows += features.map { $0 * rarity }
    } else {
      rows.append(contentsOf: repeatElement(0, count: 2 * kindCount))
    }
    rows += [score, score * rarity, constant, rarity, 1]
  }

  /// The weights of a label: those of the kinds, that of the first step's score, and a constant.
  func weights(rarity: Double, constant: Double) -> [Double] {
    let further = Array(weights[(2 * kindCount)...])
    return (0..<kindCount).map { weights[$0] + rarity * weights[kindCount + $0] } + [
      further[0] + rarity * further[1], further[2] * constant + further[3] * rarity + further[4],
    ]
  }
}
