import DatelineCore

/// Fits `p[k] = sigmoid(a[k] · s[k] + b[k])` for every label.
///
/// First one sigmoid (A, B) is fitted to all labels' scores pooled. Then each label's sigmoid is fitted to its own
/// scores as `sigmoid(α · z + β)` on the pooled log-odds z = A · s + B, by minimising
///
///     Σᵢ wᵢ (log(1 + exp(zᵢ')) − tᵢ zᵢ') + ½ (α − 1)² · 4 + ½ β²,   z' = α · z + β
///
/// that is, with normal priors that say "like the other labels": standard deviation ½ for the relative slope α, and 1
/// for the shift β of the log-odds. A label with many positives overrules them; one with few stays near the pooled fit.
/// Targets are t = (N₊ + 1) / (N₊ + 2) for positives and 1 / (N₋ + 2) for negatives, with N₊ and N₋ the label's own
/// weights (Platt 1999, section 2.2); the arithmetic is that of Lin, Lin & Weng 2007, "A note on Platt's probabilistic
/// outputs for support vector machines".
///
/// Slopes are kept positive: A at 0.001 / (spread of the scores) or more, α at 0.01 or more.
func fitPlattScaling(_ table: ScoreTable) -> (slopes: [Double], offsets: [Double]) {
  let pooled = fitPooled(table)
  var slopes: [Double] = []
  var offsets: [Double] = []
  var column = [Double](repeating: 0, count: table.count)
  var positive = [Bool](repeating: false, count: table.count)
  let members = documentsByLabel(table)
  for label in 0..<table.labelCount {
    for document in 0..<table.count {
      column[document] = pooled.slope * table.scores[document * table.labelCount + label] + pooled.offset
    }
    for document in members[label] { positive[document] = true }
    var objective = PlattObjective(scores: column, positive: positive, weights: table.weights)
    objective.slopePrior = (mean: 1, precision: 4)
    objective.offsetPrior = (mean: 0, precision: 1)
    let (slope, offset) = objective.fit(from: (1, 0), lowestSlope: 0.01)
    slopes.append(slope * pooled.slope)
    offsets.append(slope * pooled.offset + offset)
    for document in members[label] { positive[document] = false }
  }
  return (slopes, offsets)
}

/// One sigmoid for the scores of all labels, without priors.
private func fitPooled(_ table: ScoreTable) -> (slope: Double, offset: Double) {
  let labels = table.labelCount
  var center = 0.0
  for score in table.scores { center += score / Double(table.scores.count) }
  var largest = 0.0
  for score in table.scores { largest = max(largest, (score - center).magnitude) }
  let spread = spread(table.scores, around: center, largest: largest)
  var positive = [Bool](repeating: false, count: table.scores.count)
  for document in 0..<table.count {
    for label in table.targets[document] { positive[document * labels + Int(label)] = true }
  }
  let weights = table.weights.map { weights in weights.flatMap { [Double](repeating: $0, count: labels) } }
  let scores = table.scores.map { spread > 0 ? ($0 - center) / spread : 0 }
  var objective = PlattObjective(scores: scores, positive: positive, weights: weights)
  guard spread > 0 else {
    // Scores that tell nothing apart: keep their scale, and let the offset say how frequent labels are.
    objective.fixedSlope = 0
    return (1, objective.fit(from: (0, 0), lowestSlope: 0).offset - center)
  }
  let (slope, offset) = objective.fit(from: (1, 0), lowestSlope: lowestSlope)
  return (slope / spread, offset - slope * center / spread)
}

/// The root mean square of the distances from a center; 0 when the scores count as equal or leave the range.
private func spread(_ scores: [Double], around center: Double, largest: Double) -> Double {
  // What is left of equal scores by rounding their mean is no difference.
  let size = scores.reduce(0) { max($0, $1.magnitude) }
  guard largest > 1e-14 * size, largest.isFinite else { return 0 }
  var squares = 0.0
  // Dividing by the largest first keeps the squares of huge and of tiny scores within range.
  for score in scores { squares += ((score - center) / largest) * ((score - center) / largest) }
  let spread = largest * (squares / Double(scores.count)).squareRoot()
  return spread > lowestSpread && spread.isFinite ? spread : 0
}

/// The documents of each label.
func documentsByLabel(_ table: ScoreTable) -> [[Int]] {
  var members = [[Int]](repeating: [], count: table.labelCount)
  for document in 0..<table.count {
    for label in table.targets[document] { members[Int(label)].append(document) }
  }
  return members
}
