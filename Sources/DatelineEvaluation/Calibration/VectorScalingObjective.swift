import DatelineCore

/// The penalised log loss of vector scaling; the parameters are the slope and then one offset a label.
struct VectorScalingObjective: ConvexObjective {
  private let table: ScoreTable
  private let scores: [Double]
  private let labels: Int
  private let missed: Double
  /// The slope where it is not to be fitted.
  var fixedSlope: Double?

  /// - Parameters:
  ///   - table: Targets and weights; exclusive, at least two labels.
  ///   - scores: Documents × labels, scaled.
  ///   - fixedSlope: The slope where it is not to be fitted.
  init(table: ScoreTable, scores: [Double], fixedSlope: Double?) {
    self.table = table
    self.scores = scores
    self.fixedSlope = fixedSlope
    labels = table.labelCount
    missed = 1 / (table.totalWeight + 2)
  }

  var dimension: Int { labels + 1 }

  /// The share of the target that each wrong label gets.
  private var wrongTarget: Double { missed / Double(labels - 1) }

  /// Fills `row` with one document's probabilities and returns its loss.
  private func loss(_ document: Int, _ slope: Double, _ point: [Double], _ row: inout [Double]) -> Double {
    let start = document * labels
    var sum = 0.0
    for label in 0..<labels {
      let score = slope * scores[start + label] + point[label + 1]
      row[label] = score
      sum += score
    }
    let gold = Int(table.targets.indices[document])
    let hit = row[gold]
    var span = row.mutableSpan
    return softmaxAndLogSum(&span) - (1 - missed) * hit - wrongTarget * (sum - hit)
  }

  func value(at point: [Double]) -> Double {
    var row = [Double](repeating: 0, count: labels)
    var value = 0.0
    for document in 0..<table.count {
      value += table.weight(document) * loss(document, fixedSlope ?? point[0], point, &row)
    }
    return value + penalty(point)
  }

  private func penalty(_ point: [Double]) -> Double {
    var sum = 0.0
    for label in 1...labels { sum += point[label] * point[label] }
    return sum / 2
  }

  func derivatives(at point: [Double], gradient: inout [Double], hessian: inout [Double]) -> Double {
    let size = labels + 1
    var row = [Double](repeating: 0, count: labels)
    var active = [Int](repeating: 0, count: labels)
    var value = 0.0
    for document in 0..<table.count {
      let weight = table.weight(document)
      guard weight > 0 else { continue }
      let start = document * labels
      value += weight * loss(document, fixedSlope ?? point[0], point, &row)
      let gold = Int(table.targets.indices[document])
      var mean = 0.0
      var square = 0.0
      var slopeGradient = 0.0
      var activeCount = 0
      for label in 0..<labels {
        let score = scores[start + label]
        let residual = row[label] - (label == gold ? 1 - missed : wrongTarget)
        gradient[label + 1] += weight * residual
        slopeGradient += residual * score
        mean += row[label] * score
        square += row[label] * score * score
        // Pairs of labels without a chance add nothing that would change a Newton step.
        if row[label] > 1e-8 {
          active[activeCount] = label
          activeCount += 1
        }
      }
      gradient[0] += weight * slopeGradient
      hessian[0] += weight * max(square - mean * mean, 0)
      for first in 0..<activeCount {
        let label = active[first]
        let probability = weight * row[label]
        let base = (label + 1) * size
        hessian[base] += probability * (scores[start + label] - mean)
        for second in 0..<first { hessian[base + active[second] + 1] -= probability * row[active[second]] }
        hessian[base + label + 1] += probability * (1 - row[label])
      }
    }
    for label in 1...labels {
      gradient[label] += point[label]
      hessian[label * size + label] += 1
    }
    if fixedSlope != nil {
      gradient[0] = 0
      hessian[0] = 1
      for label in 1...labels { hessian[label * size] = 0 }
    }
    return value + penalty(point)
  }

  /// The best slope without offsets, at least ``lowestSlope``: Newton's method on the logarithm of the slope, because
  /// its size is unknown, within the bracket that the sign of the derivative gives (the loss is convex in the slope).
  func bestSlope() -> Double {
    let zeros = [Double](repeating: 0, count: labels + 1)
    var row = zeros
    row.removeLast()
    var low = lowestSlope
    var high = 1e9
    var slope = 1.0
    for _ in 0..<60 {
      var first = 0.0
      var second = 0.0
      for document in 0..<table.count {
        _ = loss(document, slope, zeros, &row)
        let start = document * labels
        let gold = Int(table.targets.indices[document])
        var mean = 0.0
        var square = 0.0
        var target = 0.0
        for label in 0..<labels {
          let score = scores[start + label]
          mean += row[label] * score
          square += row[label] * score * score
          target += (label == gold ? 1 - missed : wrongTarget) * score
        }
        first += table.weight(document) * (mean - target)
        second += table.weight(document) * max(square - mean * mean, 0)
      }
      if first > 0 { high = slope } else { low = slope }
      let middle = (low * high).squareRoot()
      // The step of Newton's method on log(slope), to first order, kept within a factor of e either way.
      let curvature = slope * slope * second + max(slope * first, 0)
      let step = curvature > 0 ? min(max(-slope * first / curvature, -0.9), 1.7) : 0
      var next = curvature > 0 ? slope * (1 + step) : middle
      if !(next > low && next < high) { next = middle }
      let change = (next - slope).magnitude
      slope = next
      if change <= 1e-12 * slope { break }
    }
    return max(slope, lowestSlope)
  }
}
