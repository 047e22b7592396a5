import DatelineCore
import DatelineOptimization
import DatelineParallel
import DatelineVectors
import Glibc

extension LogisticRegressionTrainer {
  /// Where coordinate descent hands over to Newton's method, which is faster from there on.
  private static let handOver = 1e-6

  /// One label against the rest, solved.
  private struct LabelSolution: Sendable {
    /// By feature of the training set.
    var weights: [Float]
    var constant: Double
    var objective = 0.0
    var dual = 0.0
    var passes = 0.0
    var newtonSteps = 0
    var isConverged = true
  }

  /// Learns each label by itself, several at once.
  func trainOneVersusRest(_ set: TrainingSet) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    let labelCount = set.domain.count
    let featureCount = set.features.columnCount
    let data = SweepData(set.features)
    let strengths = (0..<set.count).map { parameters.strength * (set.weights?[$0] ?? 1) }
    let members = members(set)
    let done = ProgressCount(parts: labelCount)
    let single = WorkerPool(threads: 1)
    let solutions = context.workers.map(labelCount) { label in
      var positives = [UInt8](repeating: 0, count: set.count)
      for document in members[label] { positives[document] = 1 }
      let solution = solve(data, positives, strengths, weights: set.weights, workers: single) {
        done.reach($0, part: label, context.progress)
      }
      _ = done.reach(1, part: label, context.progress)
      return solution
    }
    if done.isCancelled { throw DatelineError(.cancelled, "the training was stopped") }
    var weights = [Float](repeating: 0, count: featureCount * labelCount)
    for (label, solution) in solutions.enumerated() {
      for feature in 0..<featureCount { weights[feature * labelCount + label] = solution.weights[feature] }
    }
    let model = LinearClassifier(
      featureCount: featureCount, labelCount: labelCount, weights: SharedBuffer(weights),
      bias: solutions.map(\.constant))
    let unfinished = solutions.filter { !$0.isConverged }
    let figures = report(
      objective: solutions.reduce(0) { $0 + $1.objective }, dual: solutions.reduce(0) { $0 + $1.dual },
      steps: [
        ("passes", .number(solutions.reduce(0) { $0 + $1.passes })),
        ("newton_steps", JSONValue(solutions.reduce(0) { $0 + $1.newtonSteps })),
      ],
      unfinished: unfinished.isEmpty
        ? nil
        : "\(unfinished.map(\.newtonSteps).max() ?? 0) Newton steps for \(unfinished.count) of \(labelCount) labels",
      limited: unfinished.contains { $0.newtonSteps >= parameters.maximumIterations })
    return (model, figures)
  }

  /// The documents of each label.
  private func members(_ set: TrainingSet) -> [[Int]] {
    var result = [[Int]](repeating: [], count: set.domain.count)
    for document in 0..<set.count {
      for label in set.targets[document] { result[Int(label)].append(document) }
    }
    return result
  }

  /// Solves one label by coordinate descent, and to the last digits, if these are asked for, by Newton's method.
  private func solve(
    _ data: SweepData, _ positives: [UInt8], _ strengths: [Double], weights: [Double]?, workers: WorkerPool,
    progress: (Double) -> Bool
  ) -> LabelSolution {
    let link = Link.sigmoid(columnCount: 1, positives: positives)
    let constant = link.constants(strengths)[0]
    var solution = LabelSolution(weights: [Float](repeating: 0, count: data.featureCount), constant: constant)
    let ofLabel = strengths.indices.reduce(0) { $0 + (positives[$1] == 1 ? strengths[$1] : 0) }
    // For a label of no document, or of all, the objective has no minimum: the farther the constant, the better.
    guard ofLabel > 0, ofLabel < strengths.reduce(0, +) else { return solution }
    let scales = scales(
      data, positives: positives, weights: weights, columnCount: 1, normalizing: false, workers: workers)
    let descent = DualCoordinateDescent(
      rows: data.rows, positives: positives, strengths: strengths,
      squaredScales: scales?.map { $0 * $0 } ?? [Float](repeating: 1, count: data.features.count),
      startingConstant: constant)
    let found = descent.minimize(
      tolerance: max(parameters.tolerance, LogisticRegressionTrainer.handOver),
      maximumPasses: parameters.maximumIterations
    ) { progress(0) }
    solution.passes = found.passes
    if found.isConverged, parameters.tolerance >= LogisticRegressionTrainer.handOver {
      solution.objective = found.objective
      solution.dual = found.objective - found.gap
      solution.constant = found.constant
      for (place, feature) in data.features.enumerated() { solution.weights[feature] = Float(found.weights[place]) }
      return solution
    }
    var objective = LogisticObjective(data: data, link: link, strengths: strengths, scale: scales, workers: workers)
    var start = found.weights + [found.constant]
    if let scales { for place in scales.indices { start[place] /= Double(scales[place]) } }
    let result = solve(&objective, from: start, progress: progress).result
    var gradient = result.point
    solution.objective = objective.evaluate(result.point, gradient: &gradient)
    solution.dual = objective.dualValue(point: result.point, gradient: gradient)
    solution.newtonSteps = result.iterations
    solution.isConverged = result.converged
    solution.constant = result.point[objective.weightCount]
    solution.weights = objective.weights(at: result.point)
    return solution
  }
}
