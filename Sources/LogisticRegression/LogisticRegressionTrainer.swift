import DatelineCore
import DatelineOptimization
import DatelineParallel
import DatelineVectors
import Glibc

/// Learns a linear model from a training set.
struct LogisticRegressionTrainer {
  let parameters: LogisticRegressionParameters
  let context: TrainingContext

  func train(_ set: TrainingSet) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    guard set.count > 0 else { throw DatelineError(.invalidData, "no documents to learn from") }
    guard set.features.values.allSatisfy(\.isFinite) else {
      throw DatelineError(.invalidData, "a feature value that is not a finite number")
    }
    if set.domain.kind == .exclusive {
      guard set.domain.count > 1 else {
        throw DatelineError(
          .invalidData,
          "all documents have the label \"\(set.domain.labels[0])\": nothing to tell apart; give documents of at least two labels"
        )
      }
      return try trainExclusive(set)
    }
    return try trainOneVersusRest(set)
  }

  /// What the prior lets each weight move, by features × stride; `nil` for ones.
  func scales(
    _ data: SweepData, positives: [UInt8], weights: [Double]?, columnCount: Int, normalizing: Bool,
    workers: WorkerPool
  ) -> [Float]? {
    parameters.prior == .uniform
      ? nil
      : PriorScale.logOdds(
        data.columns, positives: positives, weights: weights, columnCount: columnCount, normalizing: normalizing,
        workers: workers)
  }

  /// Minimises an objective by Newton's method.
  ///
  /// - Parameters:
  ///   - objective: The problem.
  ///   - start: Where to begin.
  ///   - progress: Told a fraction from 0 to 1; returns `false` to stop.
  func solve(
    _ objective: inout LogisticObjective, from start: [Double], progress: (Double) -> Bool
  ) -> (result: NewtonCG.Result, cancelled: Bool) {
    var cancelled = false
    let optimiser = NewtonCG(tolerance: parameters.tolerance, maximumIterations: parameters.maximumIterations)
    let result = optimiser.minimize(&objective, from: start, workers: objective.workers) { gap in
      // From 1 at the start to the tolerance at the end, on a logarithmic scale.
      let done = gap > 0 ? log(min(1, gap)) / log(parameters.tolerance) : 1
      cancelled = !progress(max(0, min(1, done)))
      return !cancelled
    }
    return (result, cancelled)
  }

  /// What the training reached.
  ///
  /// - Parameters:
  ///   - objective: The objective.
  ///   - dual: The bound below it.
  ///   - steps: What it took.
  ///   - unfinished: The steps after which it ended before the tolerance was met; `nil` when it was.
  ///   - limited: Whether more steps would have been of use.
  func report(
    objective: Double, dual: Double, steps: [(String, JSONValue)], unfinished: String?, limited: Bool
  ) -> TrainingReport {
    let gap = (objective - dual) / max(abs(objective), .leastNormalMagnitude)
    var warnings: [String] = []
    if let unfinished {
      let found =
        "stopped after \(unfinished) at a relative gap of \(gap), before the tolerance of \(parameters.tolerance)"
      warnings = [
        limited
          ? "\(found): --set max-iterations= allows more"
          : "\(found): the objective cannot be made smaller within the precision of numbers; a larger tolerance= or a smaller C= is reachable"
      ]
    }
    return TrainingReport(
      figures: [
        ("C", .number(parameters.strength)), ("objective", .number(objective)), ("dual_objective", .number(dual)),
        ("relative_gap", .number(gap)),
      ] + steps + [("converged", .bool(unfinished == nil))],
      warnings: warnings)
  }
}
