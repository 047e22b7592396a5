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

  /// What was tried, for people and for the manifest.
  func steps(_ losses: [Double], chosen: Int) -> [TrainingSummary.SearchStep] {
    candidates.indices.map { number in
      let values = Dictionary(uniqueKeysWithValues: names.map { ($0, candidates[number][$0]) })
      return TrainingSummary.SearchStep(
        description: names.map { "\($0)=\(candidates[number][$0])" }.joined(separator: " "), values: values,
        logLoss: losses[number], isChosen: number == chosen)
    }
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
