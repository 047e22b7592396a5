import DatelineCore
import DatelineOptimization
import DatelineParallel
import DatelineVectors
import Glibc

/// Learns a linear model from a training set.
struct LogisticRegressionTrainer {
  let parameters: LogisticRegressionParameters
  let context: TrainingContext

  /// Labels that are solved together in one-vs-rest: enough for the sweeps to use a whole cache line of an element's
  /// residuals, few enough for several blocks to be solved at once.
  private static let blockSize = 8

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

  // MARK: Exclusive labels

  private func trainExclusive(_ set: TrainingSet) throws(DatelineError) -> (
    model: any Classifier, report: TrainingReport
  ) {
    let labels = set.targets.indices
    let columns = set.domain.count == 2 ? 1 : set.domain.count
    let data = SweepData(set.features)
    let positives = columns == 1 ? labels.map { UInt8($0) } : indicator(labels, columnCount: columns)
    let link: Link =
      columns == 1 ? .sigmoid(columnCount: 1, positives: positives) : .softmax(columnCount: columns, labels: labels)
    let classWeights = classWeights(set)
    let strengths = labels.indices.map {
      parameters.strength * (set.weights?[$0] ?? 1) * classWeights[Int(labels[$0])]
    }
    let objective = LogisticObjective(
      data: data, link: link, strengths: strengths,
      scale: scale(
        data, positives: positives, weights: set.weights, columnCount: columns, normalizing: true,
        workers: context.workers),
      workers: context.workers
    )
    // The tolerance is a share of the gradient where the weights are zero and the constants alone do what they can.
    let prior = objective.prior()
    let start = startingPoint(set, objective, columns: 0..<columns, without: prior)
    let solution = solve(objective, from: start, reference: prior) { context.progress($0, "solving") }
    if solution.cancelled { throw DatelineError(.cancelled, "the training was stopped") }
    let model = LinearClassifier(
      featureCount: set.features.columnCount, labelCount: set.domain.count, weights: SharedBuffer(solution.weights),
      bias: solution.constants)
    return (model, report([solution]))
  }

  /// Documents × columns: 1 where the document has the column's label.
  private func indicator(_ labels: [Int32], columnCount: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: labels.count * columnCount)
    for (document, label) in labels.enumerated() { result[document * columnCount + Int(label)] = 1 }
    return result
  }

  /// How much documents of each label count, with mean 1 over all documents.
  private func classWeights(_ set: TrainingSet) -> [Double] {
    var support = [Double](repeating: 0, count: set.domain.count)
    for (document, label) in set.targets.indices.enumerated() { support[Int(label)] += set.weights?[document] ?? 1 }
    let exponent = parameters.classWeight == .none ? 0 : parameters.classWeight == .sqrt ? 0.5 : 1
    let raw = support.map { $0 > 0 ? pow($0, -exponent) : 0 }
    let total = zip(raw, support).reduce(0) { $0 + $1.0 * $1.1 }
    return total > 0 ? raw.map { $0 * support.reduce(0, +) / total } : raw
  }

  // MARK: One-vs-rest

  private func trainOneVersusRest(_ set: TrainingSet) throws(DatelineError) -> (
    model: any Classifier, report: TrainingReport
  ) {
    let labelCount = set.domain.count
    let featureCount = set.features.columnCount
    let data = SweepData(set.features)
    let blocks = WorkerPool.bounds(count: labelCount, size: LogisticRegressionTrainer.blockSize)
    let single = WorkerPool(threads: 1)
    let done = ProgressCount(parts: blocks.count - 1)
    let solutions = context.workers.map(blocks.count - 1) { block in
      let labels = blocks[block]..<blocks[block + 1]
      var positives = [UInt8](repeating: 0, count: set.count * labels.count)
      for document in 0..<set.count {
        for label in set.targets[document] where labels.contains(Int(label)) {
          positives[document * labels.count + Int(label) - labels.lowerBound] = 1
        }
      }
      let strengths = (0..<set.count).map { parameters.strength * (set.weights?[$0] ?? 1) }
      let objective = LogisticObjective(
        data: data, link: .sigmoid(columnCount: labels.count, positives: positives),
        strengths: strengths,
        scale: scale(
          data, positives: positives, weights: set.weights, columnCount: labels.count, normalizing: false,
          workers: single), workers: single)
      // The tolerance is a share of the gradient at zero, which the constants of rare labels dominate: of hundreds of
      // labels, each is brought less close to its optimum than exclusive labels are. tolerance= brings them closer.
      let zero = [Double](repeating: 0, count: objective.dimension)
      let start = startingPoint(set, objective, columns: labels, without: zero)
      let solution = solve(objective, from: start, reference: zero) { done.reach($0, part: block, context.progress) }
      _ = done.reach(1, part: block, context.progress)
      return solution
    }
    if done.isCancelled { throw DatelineError(.cancelled, "the training was stopped") }
    var weights = [Float](repeating: 0, count: featureCount * labelCount)
    var constants: [Double] = []
    for (block, solution) in solutions.enumerated() {
      let size = solution.constants.count
      for feature in 0..<featureCount {
        for column in 0..<size {
          weights[feature * labelCount + blocks[block] + column] = solution.weights[feature * size + column]
        }
      }
      constants += solution.constants
    }
    let model = LinearClassifier(
      featureCount: featureCount, labelCount: labelCount, weights: SharedBuffer(weights), bias: constants)
    return (model, report(solutions))
  }

  // MARK: Common

  private func scale(
    _ data: SweepData, positives: [UInt8], weights: [Double]?, columnCount: Int, normalizing: Bool,
    workers: WorkerPool
  ) -> [Float]? {
    parameters.prior == .uniform
      ? nil
      : PriorScale.logOdds(
        data.columns, positives: positives, weights: weights, columnCount: columnCount, normalizing: normalizing,
        workers: workers)
  }

  /// The weights of the model to start from, in the objective's variables; `start` without one.
  private func startingPoint(
    _ set: TrainingSet, _ objective: LogisticObjective, columns: Range<Int>, without start: [Double]
  ) -> [Double] {
    let scale = objective.scale
    let features = set.features.columnCount
    let stride = objective.stride
    var point = start
    guard let model = context.warmStart as? LinearClassifier, model.featureCount == features,
      model.labelCount == set.domain.count, columns.upperBound <= model.columnCount
    else { return point }
    model.weights.withSpan { weights in
      for (number, feature) in objective.data.features.enumerated() {
        for column in columns {
          let place = number * stride + column - columns.lowerBound
          let weight = Double(weights[feature * model.columnCount + column])
          point[place] = scale.map { weight / Double($0[place]) } ?? weight
        }
      }
    }
    for column in columns { point[features * stride + column - columns.lowerBound] = model.bias[column] }
    return point
  }

  private struct Solution: Sendable {
    var weights: [Float]
    var constants: [Double]
    var objective: Double
    var dualObjective: Double
    var result: NewtonCG.Result
    var cancelled: Bool
  }

  /// Solves one problem.
  ///
  /// - Parameters:
  ///   - objective: The problem.
  ///   - start: Where to begin.
  ///   - reference: The point whose gradient the tolerance is a share of.
  ///   - progress: Told a fraction from 0 to 1; returns `false` to stop.
  private func solve(
    _ objective: LogisticObjective, from start: [Double], reference: [Double], progress: (Double) -> Bool
  ) -> Solution {
    var objective = objective
    var gradient = [Double](repeating: 0, count: objective.dimension)
    _ = objective.evaluate(reference, gradient: &gradient)
    // Where features tell nothing, that gradient is rounding; a millionth of all strengths is none to speak of.
    let referenceNorm = max(
      gradient.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-6 * objective.strengths.reduce(0, +))
    var cancelled = false
    let optimiser = NewtonCG(tolerance: parameters.tolerance, maximumIterations: parameters.maximumIterations)
    let result = optimiser.minimize(&objective, from: start, referenceNorm: referenceNorm, workers: objective.workers) {
      // From 1 at the start to the tolerance at the end, on a logarithmic scale.
      let done = $0 > 0 && parameters.tolerance < 1 ? log(min(1, $0)) / log(parameters.tolerance) : 0
      cancelled = !progress(max(0, min(1, done)))
      return !cancelled
    }
    let value = objective.evaluate(result.point, gradient: &gradient)
    let dual = objective.dualValue(point: result.point, gradient: gradient)
    let count = objective.weightCount
    let columns = objective.link.columnCount
    var weights = [Float](repeating: 0, count: objective.data.features.count * columns)
    for (number, feature) in objective.data.features.enumerated() {
      for column in 0..<columns {
        let place = number * objective.stride + column
        let scale = objective.scale.map { Double($0[place]) } ?? 1
        weights[feature * columns + column] = Float(result.point[place] * scale)
      }
    }
    return Solution(
      weights: weights, constants: constants(result.point[count..<count + columns], objective.link), objective: value,
      dualObjective: dual, result: result, cancelled: cancelled)
  }

  /// Softmax leaves its constants free up to a common number, and where that ends depends on the start. With mean zero
  /// they are unique, as the weights are.
  private func constants(_ found: ArraySlice<Double>, _ link: Link) -> [Double] {
    guard case .softmax = link else { return Array(found) }
    let mean = found.reduce(0, +) / Double(found.count)
    return found.map { $0 - mean }
  }

  private func report(_ solutions: [Solution]) -> TrainingReport {
    let objective = solutions.reduce(0) { $0 + $1.objective }
    let dual = solutions.reduce(0) { $0 + $1.dualObjective }
    let norm = solutions.map { $0.result.gradientNorm / max($0.result.referenceNorm, .leastNormalMagnitude) }.max() ?? 0
    let converged = solutions.allSatisfy(\.result.converged)
    return TrainingReport(
      figures: [
        ("C", .number(parameters.strength)),
        ("objective", .number(objective)),
        ("dual_objective", .number(dual)),
        ("relative_gap", .number((objective - dual) / max(abs(objective), .leastNormalMagnitude))),
        ("relative_gradient_norm", .number(norm)),
        ("newton_steps", JSONValue(solutions.reduce(0) { $0 + $1.result.iterations })),
        ("hessian_products", JSONValue(solutions.reduce(0) { $0 + $1.result.hessianProducts })),
        ("converged", .bool(converged)),
      ],
      warnings: converged ? [] : [warning(solutions, norm)])
  }

  /// Why the tolerance was not met: too few steps were allowed, or no step could make the objective any smaller.
  private func warning(_ solutions: [Solution], _ norm: Double) -> String {
    let open = solutions.lazy.filter { !$0.result.converged }.map(\.result.iterations)
    let steps = open.max() ?? 0
    let found =
      "stopped after \(steps) Newton steps at a relative gradient norm of \(norm), before the tolerance of \(parameters.tolerance)"
    return steps >= parameters.maximumIterations
      ? "\(found): --set max-iterations= allows more"
      : "\(found): the objective cannot be made smaller within the precision of numbers; a larger tolerance= or a smaller C= is reachable"
  }
}
