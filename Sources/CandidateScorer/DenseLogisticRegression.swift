import DatelineOptimization
import Glibc

/// Logistic regression of a few dense numbers, by Newton's method (iteratively reweighted least squares; Bishop 2006,
/// "Pattern Recognition and Machine Learning", section 4.3.3). The last number of each row is the constant, which has no
/// penalty. O(rows × width²) a step, about ten steps.
struct DenseLogisticRegression {
  /// The strength of the L2 penalty: 1 / C.
  let penalty: Double

  private static let maximumSteps = 50

  /// The weights.
  func fit(_ rows: CandidateRows) -> [Double] {
    let width = rows.width
    var weights = [Double](repeating: 0, count: width)
    var loss = Double.infinity
    for _ in 0..<DenseLogisticRegression.maximumSteps {
      let point = evaluate(rows, weights)
      let step = solveSymmetric(point.hessian, point.gradient)
      var size = 1.0
      var next = weights
      var nextLoss = point.loss
      // The full step is nearly always right; halves make sure of it.
      repeat {
        for index in 0..<width { next[index] = weights[index] - size * step[index] }
        nextLoss = self.loss(rows, next)
        size /= 2
      } while nextLoss > point.loss && size > 1e-6
      if nextLoss > point.loss { break }
      weights = next
      if loss - nextLoss <= 1e-10 * max(1, nextLoss) { break }
      loss = nextLoss
    }
    return weights
  }

  private func evaluate(
    _ rows: CandidateRows, _ weights: [Double]
  ) -> (loss: Double, gradient: [Double], hessian: [Double]) {
    let width = rows.width
    var gradient = [Double](repeating: 0, count: width)
    var hessian = [Double](repeating: 0, count: width * width)
    for row in rows.answers.indices {
      let start = row * width
      let probability = 1 / (1 + exp(-score(rows, weights, row)))
      let residual = rows.weights[row] * (probability - (rows.answers[row] ? 1 : 0))
      let curvature = rows.weights[row] * probability * (1 - probability)
      for index in 0..<width where rows.values[start + index] != 0 {
        let value = rows.values[start + index]
        gradient[index] += residual * value
        let scaled = curvature * value
        for other in 0...index { hessian[index * width + other] += scaled * rows.values[start + other] }
      }
    }
    for index in 0..<width - 1 {
      gradient[index] += penalty * weights[index]
      hessian[index * width + index] += penalty
    }
    return (loss(rows, weights), gradient, hessian)
  }

  private func score(_ rows: CandidateRows, _ weights: [Double], _ row: Int) -> Double {
    var sum = 0.0
    for index in 0..<rows.width { sum += weights[index] * rows.values[row * rows.width + index] }
    return sum
  }

  private func loss(_ rows: CandidateRows, _ weights: [Double]) -> Double {
    var loss = 0.0
    for row in rows.answers.indices {
      let score = score(rows, weights, row)
      // ln(1 + exp(-s)) without overflow.
      let margin = rows.answers[row] ? score : -score
      loss += rows.weights[row] * (max(0, -margin) + log1p(exp(-margin.magnitude)))
    }
    for index in 0..<rows.width - 1 { loss += penalty / 2 * weights[index] * weights[index] }
    return loss
  }
}
