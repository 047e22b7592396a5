#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// The only file of this target that calls the mathematical library: exponentials and logarithms are shifted here so
// that they can neither overflow nor lose a probability near 0 or 1.

/// Beyond this, scores are as good as infinite. Their sums and differences stay finite.
private let scoreLimit = 1e300

/// A score that arithmetic cannot break: NaN counts as the lowest, infinities as the limits.
func bounded(_ score: Double) -> Double {
  // `max` comes second to make NaN the lower limit: every comparison with NaN is false.
  score > -scoreLimit ? min(score, scoreLimit) : -scoreLimit
}

/// Replaces scores by `exp(z[k]) / Σ exp(z[j])`, shifted by the maximum, and returns `log Σ exp(z[j])`.
///
/// - Parameter scores: At least one, all finite. On return they add up to 1.
func softmaxAndLogSum(_ scores: inout MutableSpan<Double>) -> Double {
  let (top, sum) = softmax(&scores)
  return top + log(sum)
}

/// Replaces scores by `exp(z[k]) / Σ exp(z[j])`, and returns the maximum and the sum of what is left without it,
/// `Σ exp(z[j] - max z)`.
///
/// - Parameter scores: At least one, all finite. On return they add up to 1.
@discardableResult
func softmax(_ scores: inout MutableSpan<Double>) -> (maximum: Double, sum: Double) {
  var top = scores[0]
  for index in 1..<max(scores.count, 1) where scores[index] > top { top = scores[index] }
  var sum = 0.0
  for index in 0..<scores.count {
    let value = exp(scores[index] - top)
    scores[index] = value
    sum += value
  }
  for index in 0..<scores.count { scores[index] /= sum }
  return (top, sum)
}

/// `1 / (1 + exp(-z))`, without overflow.
func sigmoid(_ score: Double) -> Double {
  if score >= 0 { return 1 / (1 + exp(-score)) }
  let value = exp(score)
  return value / (1 + value)
}

/// The sigmoid and `log(1 + exp(z))` together, at the price of one exponential and one logarithm.
func sigmoidAndSoftplus(_ score: Double) -> (sigmoid: Double, softplus: Double) {
  let value = exp(-score.magnitude)
  let soft = log1p(value)
  return score >= 0 ? (1 / (1 + value), score + soft) : (value / (1 + value), soft)
}

/// `log(p / (1 - p))` of a probability that is first kept away from 0 and 1 by `margin`.
func logit(_ probability: Double, margin: Double = 1e-12) -> Double {
  let p = min(max(probability, margin), 1 - margin)
  return log(p) - log1p(-p)
}

/// `-log(p)`, where p is at least 2⁻⁵², the double's epsilon: a label that was given no chance costs 36 nats, not
/// infinitely many. NaN counts as no chance.
func negativeLog(_ probability: Double) -> Double {
  probability > Double.ulpOfOne ? -log(min(probability, 1)) : -log(Double.ulpOfOne)
}

/// `-log(1 - p)`, precise for small p, at most 36 nats like ``negativeLog(_:)``.
func negativeLogComplement(_ probability: Double) -> Double {
  probability < 1 - Double.ulpOfOne ? -log1p(-max(probability, 0)) : -log(Double.ulpOfOne)
}
