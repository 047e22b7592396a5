import DatelineCore
import Glibc

/// The dual of a multinomial model in the variables of one document, with memory that is reused from one to the next.
///
/// The distribution p that minimises it is the softmax of the margins that it leads to:
/// ln pₖ + aₖ(pₖ − qₖ) = mₖ − ν, with the margins m and the distribution q from before the step, the curvatures
/// aₖ = c·‖Rₖ∘x‖², and a number ν that makes p sum to 1. Newton's method in ln p and ν: a step is a division and an
/// exponential a label. In ln p a small probability loses no digits.
struct SoftmaxBlock {
  /// m
  var margins: [Double]
  /// q
  var start: [Double]
  /// a
  var curvatures: [Double]
  /// p
  private(set) var distribution: [Double]
  /// ln p
  private var logs: [Double]
  /// ln softmax(m)
  private var normalized: [Double]
  private var excesses: [Double]

  init(count: Int) {
    margins = [Double](repeating: 0, count: count)
    start = margins
    curvatures = margins
    distribution = margins
    logs = margins
    normalized = margins
    excesses = margins
  }

  /// Starts at the softmax of the margins, and returns ln Σ exp m.
  mutating func normalize() -> Double {
    var largest = margins[0]
    for label in margins.indices { largest = max(largest, margins[label]) }
    var total = 0.0
    for label in margins.indices {
      distribution[label] = exp(margins[label] - largest)
      total += distribution[label]
    }
    let sum = largest + log(total)
    for label in margins.indices {
      normalized[label] = margins[label] - sum
      logs[label] = normalized[label]
      distribution[label] /= total
    }
    return sum
  }

  /// The divergence Σ qₖ·ln(qₖ/softmax(m)ₖ) of Kullback & Leibler: the document's share of the gap, divided by c.
  func divergence() -> Double {
    var sum = 0.0
    for label in start.indices where start[label] > 0 {
      sum += start[label] * (log(start[label]) - normalized[label])
    }
    return max(0, sum)
  }

  /// Finds p.
  mutating func minimize() {
    if !minimizeNearby() { minimizeAnywhere() }
    let total = distribution.reduce(0, +)
    for label in distribution.indices { distribution[label] /= total }
  }

  /// Newton's method in ln p and ν from where p stands: most steps are short, and it needs two iterations.
  ///
  /// - Returns: `false` when it did not get there.
  private mutating func minimizeNearby() -> Bool {
    var shift = 0.0
    for _ in 0..<6 {
      var (total, weighted, inverse, error, size) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for label in logs.indices {
        let p = distribution[label]
        let effect = curvatures[label] * (p - start[label])
        let excess = logs[label] + effect - normalized[label] + shift
        let share = p / (1 + curvatures[label] * p)
        excesses[label] = excess
        total += p
        weighted += share * excess
        inverse += share
        // A label whose p has yet to rise counts as much as it did before the step.
        let largest = max(p, start[label])
        let weight = largest / (1 + curvatures[label] * largest)
        error += weight * excess * excess
        size += weight * effect * effect
      }
      // What the condition is violated by, as the dual weighs it: a thousandth of what the step does is near enough.
      if error + (total - 1) * (total - 1) / inverse <= 1e-6 * size + 1e-24 { return true }
      let move = (total - 1 - weighted) / inverse
      shift += move
      for label in logs.indices {
        let step = -(excesses[label] + move) / (1 + curvatures[label] * distribution[label])
        logs[label] += min(2, step)
        distribution[label] = exp(logs[label])
      }
    }
    return false
  }

  /// Newton's method in ν alone, with the p that belongs to each ν: z = a·p solves z + ln z = s, which is Wright's ω.
  /// Σ p falls and is convex in ν, so the method cannot fail.
  private mutating func minimizeAnywhere() {
    var shift = 0.0
    for _ in 0..<200 {
      var (total, slope) = (0.0, 0.0)
      for label in distribution.indices {
        let curvature = max(curvatures[label], 1e-100)
        let bend = SoftmaxBlock.wrightOmega(
          normalized[label] + curvature * start[label] + log(curvature) - shift)
        let p = bend / curvature
        distribution[label] = p
        total += p
        slope += p / (1 + bend)
      }
      if slope == 0 { break }
      let move = (total - 1) / slope
      shift += move
      if abs(move) <= 1e-10 * max(1, abs(shift)) { break }
    }
  }

  /// Wright's ω: the root z of z + ln z = s.
  ///
  /// Lawrence, Corless & Jeffrey, "Algorithm 917" (ACM Transactions on Mathematical Software 38, 2012): a start by
  /// region, and the iteration of Fritsch, Shafer & Crowley, whose error goes with its fourth power.
  static func wrightOmega(_ s: Double) -> Double {
    if s < -40 { return exp(s) }
    var z = s > 1 ? s - log(s) : s > -2 ? exp(2 * (s - 1) / 3) : exp(s)
    for _ in 0..<2 {
      let rest = s - z - log(z)
      let next = z + 1
      let factor = 2 * next * (next + 2 * rest / 3)
      z *= 1 + rest / next * (factor - rest) / (factor - 2 * rest)
    }
    return z
  }
}
