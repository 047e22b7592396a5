import DatelineCore
import DatelineEvaluation
import Glibc

/// Parameters whose value is `auto`, and the values to try for them.
struct ParameterSearch {
  /// Every combination of values for the parameters that are `auto`, the last one varying fastest; the given parameters
  /// themselves where none is.
  let candidates: [Hyperparameters]
  /// The names of the parameters that are searched, sorted.
  let names: [String]

  init(_ parameters: Hyperparameters, grid: [String: [ParameterValue]]) throws(DatelineError) {
    names = grid.keys.sorted().filter { parameters[$0] == .choice("auto") }
    var combinations = [parameters]
    for name in names {
      var next: [Hyperparameters] = []
      for combination in combinations {
        for value in grid[name] ?? [] { next.append(try combination.setting(name, to: value)) }
      }
      combinations = next
    }
    candidates = combinations
  }

  /// The candidate of the least loss, and what was tried on the way to it.
  ///
  /// Values of a single parameter are in rising order and losses have one valley: so the search begins with the two in
  /// the middle and goes on as long as the loss falls. Of several parameters every combination is tried.
  ///
  /// - Parameter losses: The loss of each of some candidates.
  func best(
    losses measure: ([Hyperparameters]) throws(DatelineError) -> [Double]
  ) throws(DatelineError) -> (parameters: Hyperparameters, steps: [TrainingSummary.SearchStep]) {
    var losses: [Int: Double] = [:]
    func tryOut(_ numbers: [Int]) throws(DatelineError) {
      for (number, loss) in zip(numbers, try measure(numbers.map { candidates[$0] })) {
        losses[number] = loss.isNaN ? .infinity : loss
      }
    }
    func isBetter(_ number: Int, than other: Int) -> Bool { losses[number] ?? .infinity < losses[other] ?? .infinity }
    var best = candidates.count / 2
    if names.count == 1 {
      try tryOut(Array((best...best + 1).clamped(to: 0...candidates.count - 1)))
      let direction = candidates.indices.contains(best + 1) && isBetter(best + 1, than: best) ? 1 : -1
      if direction == 1 { best += 1 }
      while candidates.indices.contains(best + direction) {
        try tryOut([best + direction])
        guard isBetter(best + direction, than: best) else { break }
        best += direction
      }
    } else {
      try tryOut(Array(candidates.indices))
      for number in candidates.indices where isBetter(number, than: best) { best = number }
    }
    let steps = losses.keys.sorted().map { number in
      let values = Dictionary(uniqueKeysWithValues: names.map { ($0, candidates[number][$0]) })
      return TrainingSummary.SearchStep(
        description: names.map { "\($0)=\(candidates[number][$0])" }.joined(separator: " "), values: values,
        logLoss: losses[number] ?? .nan, isChosen: number == best)
    }
    return (candidates[best], steps)
  }

  /// The log loss of out-of-fold probabilities per document, after calibration: it rewards both the right order and
  /// honest probabilities, and, unlike accuracy, it moves with every document.
  static func logLoss(_ table: ScoreTable, _ calibrator: Calibrator) -> Double {
    var sum = 0.0
    var row = [Double](repeating: 0, count: table.labelCount)
    for document in 0..<table.count {
      for label in row.indices { row[label] = table.scores[document * table.labelCount + label] }
      var span = row.mutableSpan
      calibrator.calibrate(&span)
      sum += table.weight(document) * loss(row, table.targets[document], table.kind)
    }
    return sum / max(table.totalWeight, .leastNormalMagnitude)
  }

  private static func loss(_ probabilities: [Double], _ labels: ArraySlice<Int32>, _ kind: Domain.Kind) -> Double {
    let smallest = 1e-15
    if kind == .exclusive {
      return labels.first.map { -log(max(smallest, probabilities[Int($0)])) } ?? 0
    }
    var sum = 0.0
    var remaining = labels
    for (label, probability) in probabilities.enumerated() {
      let positive = remaining.first == Int32(label)
      if positive { remaining.removeFirst() }
      sum -= log(max(smallest, positive ? probability : 1 - probability))
    }
    return sum
  }
}
