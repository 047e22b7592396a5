import DatelineCore

/// Chooses thresholds; see ``Thresholds/init(fitting:objective:options:)`` for the rules.
struct ThresholdTuner {
  /// The examples of all labels together.
  let pooled: OperatingPoints
  /// The examples of each label.
  private let labels: [OperatingPoints]
  private let options: ThresholdOptions

  /// The operating points of a table of probabilities.
  init(_ table: ScoreTable, options: ThresholdOptions) {
    self.options = options
    let count = table.labelCount
    var positive = [Bool](repeating: false, count: table.scores.count)
    for document in 0..<table.count {
      for label in table.targets[document] { positive[document * count + Int(label)] = true }
    }
    pooled = OperatingPoints(scores: table.scores, positive: positive) { table.weight($0 / count) }
    labels = (0..<count).map { label in
      let cells = stride(from: label, to: table.scores.count, by: count)
      return OperatingPoints(
        scores: cells.map { table.scores[$0] }, positive: cells.map { positive[$0] }, weight: table.weight)
    }
  }

  /// The threshold of the best F1 when all labels share it.
  private var common: Double { pooled.thresholds[pooled.best(pooled.f1)] }

  /// SCutFBR.1.
  func macro() -> [Double] {
    let common = self.common
    return labels.map { points in
      let best = points.best(points.f1)
      let threshold = points.f1(best) < options.fbr ? points.highestScore : points.thresholds[best]
      return shrunk(threshold, of: points, towards: common)
    }
  }

  /// Cyclic optimisation of the pooled F1.
  func micro() -> [Double] {
    let common = self.common
    var thresholds = [Double](repeating: common, count: labels.count)
    var chosen = labels.map { $0.point(at: common) }
    var hits = 0.0
    var misses = 0.0
    for (points, point) in zip(labels, chosen) {
      hits += points.truePositives[point]
      misses += points.falsePositives[point]
    }
    for _ in 0..<100 {
      var changed = false
      for label in labels.indices {
        let points = labels[label]
        let otherHits = hits - points.truePositives[chosen[label]]
        let otherMisses = misses - points.falsePositives[chosen[label]]
        func f1(_ point: Int) -> Double {
          let hits = otherHits + points.truePositives[point]
          return 2 * hits / (pooled.positives + hits + otherMisses + points.falsePositives[point])
        }
        let best = points.best(f1)
        // The margin keeps rounding of weighted sums from moving thresholds round in circles.
        guard f1(best) > f1(chosen[label]) + 1e-12 else { continue }
        chosen[label] = best
        thresholds[label] = points.thresholds[best]
        hits = otherHits + points.truePositives[best]
        misses = otherMisses + points.falsePositives[best]
        changed = true
      }
      if !changed { break }
    }
    return zip(labels, thresholds).map { shrunk($1, of: $0, towards: common) }
  }

  /// The best smoothed F1 of each label.
  func balanced() -> [Double] {
    labels.map { points in
      let positives = points.positives + options.pseudoPositives
      let best = points.best { point in
        let (hits, misses) = smoothed(points, point)
        return positives > 0 ? 2 * hits / (positives + hits + misses) : 0
      }
      return points.thresholds[best]
    }
  }

  /// The lowest threshold of each label that reaches a precision.
  func precise(_ floor: Double) -> [Double] {
    labels.map { points in
      let reaching = points.thresholds.indices.last { point in
        let (hits, misses) = smoothed(points, point)
        // The relative margin forgives rounding where the floor is met exactly.
        return point > 0 && hits > 0 && hits >= floor * (hits + misses) * (1 - 1e-12)
      }
      return points.thresholds[reaching ?? 0]
    }
  }

  /// True and false positives at a point, with those that additional positives of the labels pooled would bring.
  private func smoothed(_ points: OperatingPoints, _ point: Int) -> (hits: Double, misses: Double) {
    let own = (points.truePositives[point], points.falsePositives[point])
    guard options.pseudoPositives > 0 else { return own }
    let shared = pooled.point(at: points.thresholds[point])
    let share = options.pseudoPositives / pooled.positives
    return (own.0 + share * pooled.truePositives[shared], own.1 + share * pooled.falsePositives[shared])
  }

  private func shrunk(_ threshold: Double, of points: OperatingPoints, towards common: Double) -> Double {
    let prior = options.pseudoPositives
    guard prior > 0, threshold != common else { return threshold }
    return sigmoid((points.positives * logit(threshold) + prior * logit(common)) / (points.positives + prior))
  }
}
