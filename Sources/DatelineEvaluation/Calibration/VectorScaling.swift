import DatelineCore

/// Fits `p = softmax(a · s + b)`.
///
/// Minimised over a and b:
///
///     Σᵢ wᵢ (log Σⱼ exp(zᵢⱼ) − Σⱼ tᵢⱼ zᵢⱼ) + ½ Σⱼ bⱼ²,   z = a · s + b
///
/// The penalty is a standard normal prior on each offset: a label with few documents has little to set against it,
/// so its offset stays near 0, and it also fixes the constant that could be added to all offsets. The target t is
/// 1 − ε for the true label and ε / (K − 1) for each other one, ε = 1 / (W + 2) with W the sum of weights: Laplace's
/// rule of succession for "the model is right", without which the slope would run away when it always is. The value of
/// a is held at 0.001 / (spread of the scores) or more.
///
/// - Parameters:
///   - table: Exclusive labels and a positive total weight.
///   - withOffsets: Whether to fit offsets; they are 0 otherwise.
func fitVectorScaling(_ table: ScoreTable, withOffsets: Bool) -> (slope: Double, offsets: [Double]) {
  let labels = table.labelCount
  let zeros = [Double](repeating: 0, count: labels)
  guard labels > 1 else { return (1, zeros) }
  let (scores, spread) = centered(table)
  var objective = VectorScalingObjective(table: table, scores: scores, fixedSlope: spread > 0 ? nil : 0)
  guard withOffsets else {
    return (spread > 0 ? objective.bestSlope() / spread : 1, zeros)
  }
  var point = [spread > 0 ? objective.bestSlope() : 0] + zeros
  point = minimizeByNewton(objective, from: point)
  if spread > 0, point[0] < lowestSlope {
    // The function is convex: with its minimum beyond the bound, the best allowed point lies on the bound.
    objective.fixedSlope = lowestSlope
    point[0] = lowestSlope
    point = minimizeByNewton(objective, from: point)
  }
  return (spread > 0 ? point[0] / spread : 1, Array(point.dropFirst()))
}

/// Fits the offsets b of `p = softmax(a · s + b)` with a given slope a, with the same penalty.
///
/// - Parameters:
///   - table: Exclusive labels and a positive total weight.
///   - slope: Above 0.
func fitOffsets(_ table: ScoreTable, slope: Double) -> [Double] {
  let zeros = [Double](repeating: 0, count: table.labelCount)
  guard table.labelCount > 1, table.totalWeight > 0 else { return zeros }
  let (scores, spread) = centered(table)
  let fixed = spread > 0 ? slope * spread : 0
  let objective = VectorScalingObjective(table: table, scores: scores, fixedSlope: fixed)
  return Array(minimizeByNewton(objective, from: [fixed] + zeros).dropFirst())
}

/// The lowest slope, in units of one over the scores' spread.
let lowestSlope = 1e-3

/// The spread of scores below which they count as equal: one over it would leave the range of doubles.
let lowestSpread = 1e-290

/// The scores with each document's mean taken out and divided by their spread (root mean square), and the spread; it
/// is 0 when no document tells its labels apart. Softmax does not notice the mean; the scale makes bounds and starting
/// points fit scores of any size.
private func centered(_ table: ScoreTable) -> (scores: [Double], spread: Double) {
  let labels = table.labelCount
  var scores = table.scores
  var largest = 0.0
  for document in 0..<table.count {
    let row = document * labels..<(document + 1) * labels
    var mean = 0.0
    for cell in row { mean += scores[cell] / Double(labels) }
    for cell in row {
      scores[cell] -= mean
      largest = max(largest, table.weight(document) > 0 ? scores[cell].magnitude : 0)
    }
  }
  // Dividing by the largest first keeps the squares of huge and of tiny scores within range. What is left of equal
  // scores by rounding the mean is no difference.
  let size = table.scores.reduce(0) { max($0, $1.magnitude) }
  guard largest > 1e-14 * size, largest.isFinite else { return (scores, 0) }
  var squares = 0.0
  for document in 0..<table.count {
    for cell in document * labels..<(document + 1) * labels {
      squares += table.weight(document) * (scores[cell] / largest) * (scores[cell] / largest)
    }
  }
  let spread = largest * (squares / (table.totalWeight * Double(labels))).squareRoot()
  guard spread > lowestSpread, spread.isFinite else { return (scores, 0) }
  for cell in scores.indices { scores[cell] /= spread }
  return (scores, spread)
}
