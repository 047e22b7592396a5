import DatelineCore
import Glibc

/// How sure the most probable label is: a sigmoid of the log-odds of its probability, `c' = 1 / (1 + exp(-(a·logit c + b)))`.
///
/// Platt's sigmoid (1999) on "the most probable label is right", which is what top-label calibration asks for (Gupta &
/// Ramdas 2022, "Top-label calibration and multiclass-to-binary reductions"). The other labels share what is left in the
/// proportions that they had.
public struct Confidence: Sendable, Equatable {
  /// The slope a, above 0.
  public let slope: Double
  /// The offset b.
  public let offset: Double

  /// A confidence of the given parameters.
  public init(slope: Double, offset: Double) {
    self.slope = slope
    // Adding 0 turns -0 into 0, which JSON cannot tell apart.
    self.offset = offset + 0
  }

  /// Fits the confidence to documents that the model had not learnt from.
  ///
  /// Minimised over a and b, the mean of the prior being "as the temperature has it":
  ///
  ///     Σᵢ wᵢ log(1 + exp(∓(a·logit cᵢ + b))) + ½·10·((a − 1)² + b²)
  ///
  /// with − where the most probable label is right. The prior weighs as much as a few dozen documents: without it, a model
  /// that is always right would be sure of everything.
  ///
  /// - Parameters:
  ///   - table: Scores of exclusive labels.
  ///   - temperature: What turns them into probabilities.
  /// - Returns: `nil` when there is one label only.
  init?(fitting table: ScoreTable, _ temperature: Calibrator) {
    guard table.labelCount > 1 else { return nil }
    var answers: [Answer] = []
    answers.reserveCapacity(table.count)
    var row = [Double](repeating: 0, count: table.labelCount)
    for document in 0..<table.count {
      for label in row.indices { row[label] = table.scores[document * row.count + label] }
      var span = row.mutableSpan
      temperature.calibrate(&span)
      let top = Top(span)
      answers.append(
        Answer(
          logit: top.logit, isRight: table.targets.contains(top.label, document: document),
          weight: table.weight(document)))
    }
    self = Confidence.fitted(to: answers)
  }

  /// The log-odds of a document's most probable label, whether it is right, and how much the document counts.
  private struct Answer {
    let logit: Double
    let isRight: Bool
    let weight: Double
  }

  private static let priorPrecision = 10.0

  /// Newton's method on two variables, its steps halved until they descend. The function is convex and its Hessian
  /// positive because of the prior.
  private static func fitted(to answers: [Answer]) -> Confidence {
    var point = (slope: 1.0, offset: 0.0)
    func loss(_ slope: Double, _ offset: Double) -> Double {
      answers.reduce(0.5 * priorPrecision * ((slope - 1) * (slope - 1) + offset * offset)) {
        let margin = ($1.isRight ? 1 : -1) * (slope * $1.logit + offset)
        return $0 + $1.weight * (log1p(exp(-abs(margin))) + max(0, -margin))
      }
    }
    var value = loss(point.slope, point.offset)
    for _ in 0..<100 {
      var gradient = (priorPrecision * (point.slope - 1), priorPrecision * point.offset)
      var hessian = (priorPrecision, 0.0, priorPrecision)
      for answer in answers {
        let p = sigmoid(point.slope * answer.logit + point.offset)
        let residual = answer.weight * (p - (answer.isRight ? 1 : 0))
        let curvature = answer.weight * p * (1 - p)
        gradient.0 += residual * answer.logit
        gradient.1 += residual
        hessian.0 += curvature * answer.logit * answer.logit
        hessian.1 += curvature * answer.logit
        hessian.2 += curvature
      }
      let determinant = hessian.0 * hessian.2 - hessian.1 * hessian.1
      let step = (
        (hessian.1 * gradient.1 - hessian.2 * gradient.0) / determinant,
        (hessian.1 * gradient.0 - hessian.0 * gradient.1) / determinant
      )
      var length = 1.0
      var next = value
      while length > 1e-10 {
        // The slope stays positive, so that the order of confidences is kept.
        let slope = max(1e-3, point.slope + length * step.0)
        next = loss(slope, point.offset + length * step.1)
        if next < value {
          point = (slope, point.offset + length * step.1)
          break
        }
        length /= 2
      }
      guard next < value - 1e-13 * abs(value) else { break }
      value = next
    }
    return Confidence(slope: point.slope, offset: point.offset)
  }

  /// Replaces the highest of some probabilities that add up to 1, and scales the others to what is left.
  ///
  /// The highest stays the highest: the next one bounds it from below. O(labels), without allocation.
  func apply(to probabilities: inout MutableSpan<Double>) {
    guard probabilities.count > 1 else { return }
    let top = Top(probabilities)
    guard top.rest > 0 else { return }
    // With c' of the whole and q of the rest for the next label, c' ≥ (1 − c')·q; a hair more, so that no tie arises.
    let next = top.next / top.rest
    let lowest = min(1, next / (1 + next) * (1 + 1e-6))
    let confident = max(sigmoid(slope * top.logit + offset), lowest)
    let factor = (1 - confident) / top.rest
    for label in 0..<probabilities.count { probabilities[label] *= factor }
    probabilities[top.label] = confident
  }
}

/// The highest of some probabilities, the next one, and the sum of all but the highest. Ties go to the first label.
private struct Top {
  var label = 0
  var value = 0.0
  var next = 0.0
  var rest = 0.0

  init(_ probabilities: borrowing MutableSpan<Double>) {
    value = probabilities[0]
    for candidate in 1..<probabilities.count {
      // No branch, as which one is the highest cannot be foretold.
      let isHigher = probabilities[candidate] > value
      label = isHigher ? candidate : label
      value = isHigher ? probabilities[candidate] : value
    }
    for other in 0..<probabilities.count {
      let share = other == label ? 0 : probabilities[other]
      rest += share
      next = max(next, share)
    }
  }

  /// The log-odds of the highest; within ±700, where exponentials stay within range.
  var logit: Double {
    max(-700, min(700, log(max(value, .leastNormalMagnitude)) - log(max(rest, .leastNormalMagnitude))))
  }
}
