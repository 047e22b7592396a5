/// All that a threshold can do to a set of scored examples: for every set of predictions that some threshold gives,
/// that threshold and the true and false positives.
///
/// Point 0 predicts nothing, the last point everything. Thresholds lie midway between neighbouring distinct scores, so
/// that equal scores are never told apart, and descend.
struct OperatingPoints {
  /// The thresholds; an example is predicted where its score is at or above.
  private(set) var thresholds: [Double]
  /// The weight of positives at or above each threshold.
  private(set) var truePositives: [Double]
  /// The weight of negatives at or above each threshold.
  private(set) var falsePositives: [Double]
  /// The lowest score that each point predicts; unused for point 0.
  private var floors: [Double]
  /// The highest score; 0 without examples.
  let highestScore: Double

  /// The points of some examples. O(n log n).
  ///
  /// - Parameters:
  ///   - scores: In [0, 1].
  ///   - positive: Whether each example is positive.
  ///   - weight: How much each example counts.
  init(scores: [Double], positive: [Bool], weight: (Int) -> Double) {
    // Equal scores keep the order of the examples: their weights are added in one order only.
    let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
    highestScore = order.first.map { scores[$0] } ?? 0
    thresholds = [highestScore < 1 ? midpoint(highestScore, 1) : (1.0).nextUp]
    truePositives = [0]
    falsePositives = [0]
    floors = [1]
    var hits = 0.0
    var misses = 0.0
    for (rank, example) in order.enumerated() {
      if positive[example] { hits += weight(example) } else { misses += weight(example) }
      let score = scores[example]
      let next = rank + 1 < order.count ? scores[order[rank + 1]] : 0
      if rank + 1 < order.count && next == score { continue }
      thresholds.append(score > next ? midpoint(next, score) : score)
      floors.append(score)
      truePositives.append(hits)
      falsePositives.append(misses)
    }
  }

  /// The number of points.
  var count: Int { thresholds.count }

  /// The weight of all positives.
  var positives: Double { truePositives[count - 1] }

  /// F1 at a point; 0 when there is nothing to divide by.
  func f1(_ point: Int) -> Double {
    let whole = positives + truePositives[point] + falsePositives[point]
    return whole > 0 ? 2 * truePositives[point] / whole : 0
  }

  /// The point with the highest value; the first of several, which predicts least.
  func best(_ value: (Int) -> Double) -> Int {
    var best = 0
    var highest = value(0)
    for point in 1..<max(count, 1) {
      let here = value(point)
      if here > highest { (best, highest) = (point, here) }
    }
    return best
  }

  /// The point that predicts what a threshold predicts. O(log n).
  func point(at threshold: Double) -> Int {
    var low = 0
    var high = count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if floors[middle] >= threshold { low = middle } else { high = middle - 1 }
    }
    return low
  }

}

/// A number midway between two; above `low` and at most `high`.
private func midpoint(_ low: Double, _ high: Double) -> Double {
  let middle = low + (high - low) / 2
  return middle > low ? middle : high
}
