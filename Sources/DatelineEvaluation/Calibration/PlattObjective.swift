/// The loss of one sigmoid with Platt's targets and optional normal priors; the parameters are slope and offset.
struct PlattObjective: ConvexObjective {
  private let scores: [Double]
  private let positive: [Bool]
  private let weights: [Double]?
  private let positiveTarget: Double
  private let negativeTarget: Double
  /// The mean and the precision of the slope's prior.
  var slopePrior = (mean: 0.0, precision: 0.0)
  /// The mean and the precision of the offset's prior.
  var offsetPrior = (mean: 0.0, precision: 0.0)
  /// The slope where it is not to be fitted.
  var fixedSlope: Double?

  /// - Parameters:
  ///   - scores: One an example.
  ///   - positive: Which examples are positive.
  ///   - weights: How much each example counts; `nil` when all count 1.
  init(scores: [Double], positive: [Bool], weights: [Double]?) {
    self.scores = scores
    self.positive = positive
    self.weights = weights
    var positives = 0.0
    var negatives = 0.0
    for (index, flag) in positive.enumerated() {
      let weight = weights?[index] ?? 1
      if flag { positives += weight } else { negatives += weight }
    }
    positiveTarget = (positives + 1) / (positives + 2)
    negativeTarget = 1 / (negatives + 2)
  }

  var dimension: Int { 2 }

  func value(at point: [Double]) -> Double {
    let slope = fixedSlope ?? point[0]
    let offset = point[1]
    var value = 0.0
    for index in scores.indices {
      let score = slope * scores[index] + offset
      let loss = sigmoidAndSoftplus(score).softplus - (positive[index] ? positiveTarget : negativeTarget) * score
      value += (weights?[index] ?? 1) * loss
    }
    return value + prior(slope, offset)
  }

  private func prior(_ slope: Double, _ offset: Double) -> Double {
    let a = slope - slopePrior.mean
    let b = offset - offsetPrior.mean
    return (slopePrior.precision * a * a + offsetPrior.precision * b * b) / 2
  }

  func derivatives(at point: [Double], gradient: inout [Double], hessian: inout [Double]) -> Double {
    let slope = fixedSlope ?? point[0]
    let offset = point[1]
    var value = 0.0
    var (g0, g1, h00, h10, h11) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in scores.indices {
      let x = scores[index]
      let weight = weights?[index] ?? 1
      let target = positive[index] ? positiveTarget : negativeTarget
      let score = slope * x + offset
      let (probability, softplus) = sigmoidAndSoftplus(score)
      value += weight * (softplus - target * score)
      let residual = weight * (probability - target)
      let curvature = weight * probability * (1 - probability)
      g0 += residual * x
      g1 += residual
      h00 += curvature * x * x
      h10 += curvature * x
      h11 += curvature
    }
    gradient[0] = g0 + slopePrior.precision * (slope - slopePrior.mean)
    gradient[1] = g1 + offsetPrior.precision * (offset - offsetPrior.mean)
    hessian[0] = h00 + slopePrior.precision
    hessian[2] = h10
    hessian[3] = h11 + offsetPrior.precision
    if fixedSlope != nil {
      gradient[0] = 0
      hessian[0] = 1
      hessian[2] = 0
    }
    return value + prior(slope, offset)
  }

  /// The best slope and offset with a slope of `lowestSlope` or more.
  func fit(from start: (Double, Double), lowestSlope: Double) -> (slope: Double, offset: Double) {
    let point = minimizeByNewton(self, from: [start.0, start.1])
    if let fixedSlope { return (fixedSlope, point[1]) }
    guard point[0] < lowestSlope else { return (point[0], point[1]) }
    // The function is convex: with its minimum beyond the bound, the best allowed point lies on the bound.
    var bounded = self
    bounded.fixedSlope = lowestSlope
    return (lowestSlope, minimizeByNewton(bounded, from: [lowestSlope, point[1]])[1])
  }
}
