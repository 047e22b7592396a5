import DatelineCore
import DatelineOptimization
import DatelineParallel
import DatelineVectors
import Glibc

/// Learns a linear model from a training set.
struct LogisticRegressionTrainer {
  let parameters: LogisticRegressionParameters
  let context: TrainingContext

  /// Where coordinate descent hands over to Newton's method, which is faster from there on.
  static let handOver = 1e-5
  /// What coordinate descent visits at random (``DualDescent/blockSize``).
  var blockSize = VisitingOrder.standardBlockSize
  /// Squares of larger values leave no room for sums in single precision.
  private static let largestValue: Float = 1e15
  /// Sums of larger strengths leave no digits for what is summed.
  private static let largestStrength = 1e100

  func train(_ set: TrainingSet) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    guard set.count > 0 else { throw DatelineError(.invalidData, "no documents to learn from") }
    let largest = LogisticRegressionTrainer.largestValue
    try set.features.values.forEachPiece { values throws(DatelineError) in
      for place in values.indices where !(values[place].magnitude <= largest) {
        throw DatelineError(
          .invalidData,
          "a feature value of \(values[place]): values are finite and at most \(largest) in size; norm=l2 scales them"
        )
      }
    }
    let weight = set.weights?.reduce(0, +) ?? Double(set.count)
    guard weight > 0 else {
      throw DatelineError(.invalidData, "all documents have the weight 0: give some of them a positive weight")
    }
    guard weight * parameters.strength < LogisticRegressionTrainer.largestStrength else {
      throw DatelineError(
        .invalidData, "the weights of the documents add up to \(weight): give smaller document weights")
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

  /// A problem, solved.
  struct Solution: Sendable {
    /// By place in the sweep data × stride, scale included; empty where no feature tells anything.
    var weights: [Float] = []
    /// By column.
    var constants: [Double]
    var objective = 0.0
    /// A bound below the minimum.
    var dual = 0.0
    var passes = 0.0
    var newtonSteps = 0
    var isConverged = true
  }

  /// The descent with the parameters' tolerance, as far as it is fast.
  var descent: DualDescent {
    DualDescent(
      tolerance: max(parameters.tolerance, LogisticRegressionTrainer.handOver),
      maximumPasses: parameters.maximumIterations, blockSize: blockSize)
  }

  /// The solution of a descent; where it has not come all the way, Newton's method goes on from it.
  ///
  /// - Parameters:
  ///   - data: The documents.
  ///   - found: What the descent says of itself.
  ///   - weights: Its weights, by place × stride, scale included.
  ///   - constants: Its constants.
  ///   - objective: The same problem for Newton's method; asked for only when there is need.
  ///   - progress: Told a fraction from 0 to 1; returns `false` to stop.
  func finish(
    _ data: SweepData, _ found: DualDescent.Result, weights: [Float], constants: [Double],
    objective: () -> LogisticObjective,
    progress: (Double) -> Bool
  ) throws(DatelineError) -> Solution {
    var solution = Solution(
      weights: weights, constants: constants, objective: found.objective, dual: found.dual, passes: found.passes,
      isConverged: found.isConverged)
    if found.isConverged, parameters.tolerance >= LogisticRegressionTrainer.handOver { return solution }
    try checkMemory(LogisticObjective.memory(of: data, columns: constants.count))
    var objective = objective()
    var point = objective.point(weights: weights, constants: constants)
    // The optimiser's measure does not know how far constants would move with the weights; the certificate does.
    var tolerance = parameters.tolerance
    repeat {
      let optimiser = NewtonCG(
        tolerance: tolerance, maximumIterations: parameters.maximumIterations - solution.newtonSteps)
      let result = optimiser.minimize(&objective, from: point, workers: objective.workers) {
        progress(fraction(ofGap: $0))
      }
      point = result.point
      solution.newtonSteps += result.iterations
      (solution.objective, solution.dual) = objective.certificate(at: point)
      solution.isConverged = solution.objective - solution.dual <= parameters.tolerance * abs(solution.objective)
      if !result.converged { break }
      tolerance /= 10
    } while !solution.isConverged && tolerance > 1e-4 * parameters.tolerance
    solution.weights = objective.weights(at: point)
    solution.constants = Array(point[objective.weightCount..<objective.weightCount + constants.count])
    return solution
  }

  /// Newton's method works in memory.
  private func checkMemory(_ needed: Int) throws(DatelineError) {
    guard let limit = context.memoryLimit, needed > limit else { return }
    throw DatelineError(
      .usage,
      "Newton's method, which the tolerance needs here, takes \(MemorySize.describe(needed)) of memory, and \(MemorySize.describe(limit)) are allowed: allow more, or --set tolerance=\(max(0.01, 10 * parameters.tolerance))"
    )
  }

  /// How far the work is: from 0 at a gap as large as the objective to 1 at the tolerance, on a logarithmic scale.
  func fraction(ofGap gap: Double) -> Double {
    gap > 0 ? max(0, min(1, log(min(1, gap)) / log(parameters.tolerance))) : 1
  }

  /// What the prior lets each weight move; `nil` for a prior that lets all move alike.
  func priorScale(_ data: SweepData, _ set: TrainingSet, workers: WorkerPool) -> PriorScale? {
    if parameters.prior == .uniform { return nil }
    return PriorScale(data.rows, frequencies: data.frequencies, weights: set.weights, workers: workers)
  }

  /// Weights in as many bits as the parameters say.
  func stored(_ weights: [Float], columnCount: Int) -> LinearWeights {
    let weights = LinearWeights(SharedBuffer(weights), columnCount: columnCount)
    return parameters.precision == .single ? weights : weights.selecting(precision: parameters.precision)
  }

  /// What the training reached.
  func report(_ solutions: [Solution], of what: String) -> TrainingReport {
    let objective = solutions.reduce(0) { $0 + $1.objective }
    let dual = solutions.reduce(0) { $0 + $1.dual }
    let gap = max(0, objective - dual) / max(abs(objective), .leastNormalMagnitude)
    let open = solutions.filter { !$0.isConverged }
    var warnings: [String] = []
    if let steps = open.map(\.newtonSteps).max() {
      let found =
        "stopped after \(steps) Newton steps\(what) at a relative gap of \(gap), before the tolerance of \(parameters.tolerance)"
      warnings.append(
        steps >= parameters.maximumIterations
          ? "\(found): --set max-iterations= allows more"
          : "\(found): that is as near as numbers come; a larger tolerance= or a smaller C= is reachable")
    }
    return TrainingReport(
      figures: [
        ("C", .number(parameters.strength)), ("objective", .number(objective)), ("dual_objective", .number(dual)),
        ("relative_gap", .number(gap)), ("passes", .number(solutions.reduce(0) { $0 + $1.passes })),
        ("newton_steps", JSONValue(solutions.reduce(0) { $0 + $1.newtonSteps })), ("converged", .bool(open.isEmpty)),
      ],
      warnings: warnings)
  }
}
