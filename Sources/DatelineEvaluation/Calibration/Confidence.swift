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
  /// - Parameters:
  ///   - table: Scores of exclusive labels.
  ///   - temperature: What turns them into probabilities.
  /// - Returns: `nil` when there is one label only.
  init?(fitting table: ScoreTable, _ temperature: Calibrator) {
    guard table.labelCount > 1 else { return nil }
    var logits: [Double] = []
    logits.reserveCapacity(table.count)
    var hits = Targets()
    var row = [Double](repeating: 0, count: table.labelCount)
    for document in 0..<table.count {
      for label in row.indices { row[label] = table.scores[document * row.count + label] }
      var span = row.mutableSpan
      temperature.calibrate(&span)
      let top = Top(span)
      logits.append(top.logit)
      hits.append(table.targets.contains(top.label, document: document) ? [0] : [])
    }
    guard
      let pooled = try? ScoreTable(
        kind: .multiLabel, labelCount: 1, scores: logits, targets: hits, weights: table.weights)
    else { return nil }
    let (slopes, offsets) = fitPlattScaling(pooled)
    self.init(slope: slopes[0], offset: offsets[0])
  }

  /// Replaces the highest of some probabilities that add up to 1, and scales the others to what is left.
  ///
  /// The highest stays the highest: the next one bounds it from below. O(labels), without allocation.
  func apply(to probabilities: inout MutableSpan<Double>) {
    guard probabilities.count > 1 else { return }
    let top = Top(probabilities)
    guard top.rest > 0 else { return }
    // With c' of the whole and q of the rest for the next label, c' ≥ (1 − c')·q.
    let next = top.next / top.rest
    let confident = max(sigmoid(slope * top.logit + offset), next / (1 + next))
    let factor = (1 - confident) / top.rest
    for label in 0..<probabilities.count { probabilities[label] *= factor }
    probabilities[top.label] = confident
    // Rounding may lift an equal probability a last bit above.
    for label in 0..<probabilities.count { probabilities[label] = min(probabilities[label], confident) }
  }
}

/// The highest of some probabilities, the next one, and the sum of all but the highest. Ties go to the first label.
private struct Top {
  var label = 0
  var value = 0.0
  var next = 0.0
  var rest = 0.0

  init(_ probabilities: borrowing MutableSpan<Double>) {
    for candidate in 1..<probabilities.count where probabilities[candidate] > probabilities[label] { label = candidate }
    value = probabilities[label]
    for other in 0..<probabilities.count where other != label {
      rest += probabilities[other]
      next = max(next, probabilities[other])
    }
  }

  /// The log-odds of the highest; within ±700, where exponentials stay within range.
  var logit: Double {
    max(-700, min(700, log(max(value, .leastNormalMagnitude)) - log(max(rest, .leastNormalMagnitude))))
  }
}
