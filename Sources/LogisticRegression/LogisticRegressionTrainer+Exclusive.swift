import DatelineCore
import DatelineVectors
import Glibc

extension LogisticRegressionTrainer {
  /// Learns labels that exclude each other together: multinomial, or binary with one column for two labels.
  func trainExclusive(_ set: TrainingSet) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    let classWeights = classWeights(set)
    let strengths = set.targets.indices.enumerated().map {
      parameters.strength * (set.weights?[$0] ?? 1) * classWeights[Int($1)]
    }
    let data = try SweepData(set.features, workers: context.workers)
    let labels = set.targets.indices
    let isCancelled: Bool
    let columns: Int
    var solution: Solution
    if set.domain.count == 2 {
      columns = 1
      let members = (0..<Int32(labels.count)).filter { labels[Int($0)] == 1 }
      (solution, isCancelled) = try solving { progress throws(DatelineError) in
        try solve(
          data, members, strengths, scale: priorScale(data, set, workers: context.workers), normalizing: true,
          workers: context.workers, progress: progress)
      }
    } else {
      columns = set.domain.count
      (solution, isCancelled) = try solving { progress throws(DatelineError) in
        try solveSoftmax(data, set, strengths, progress: progress)
      }
      // Softmax leaves its constants free up to a common number. With mean zero they are unique, as the weights are.
      let mean = solution.constants.reduce(0, +) / Double(columns)
      solution.constants = solution.constants.map { $0 - mean }
    }
    if isCancelled { throw DatelineError(.cancelled, "the training was stopped") }
    let model = LinearClassifier(
      labelCount: set.domain.count,
      weights: stored(data.weights(of: [solution.weights], columns: columns), columnCount: columns),
      bias: solution.constants)
    return (model, report([solution], of: ""))
  }

  /// Runs a solver under the context's progress.
  private func solving(
    _ solve: ((Double) -> Bool) throws(DatelineError) -> Solution
  ) throws(DatelineError) -> (Solution, Bool) {
    var isCancelled = false
    var reached = 0.0
    let solution = try solve {
      // The gap may grow again for a while.
      reached = max(reached, $0)
      if !isCancelled { isCancelled = !context.progress(reached, "solving") }
      return !isCancelled
    }
    return (solution, isCancelled)
  }

  private func solveSoftmax(
    _ data: SweepData, _ set: TrainingSet, _ strengths: [Double], progress: (Double) -> Bool
  ) throws(DatelineError) -> Solution {
    let count = set.domain.count
    let labels = set.targets.indices
    let link = Link.softmax(columnCount: count, labels: labels)
    let constants = link.constants(strengths)
    // A single label with documents of any weight: there is nothing to tell apart.
    let present = Set(labels.indices.lazy.filter { strengths[$0] > 0 }.map { labels[$0] })
    guard present.count > 1 else { return Solution(constants: constants) }
    let scales = priorScale(data, set, workers: context.workers)?.scales(labels: labels, labelCount: count)
    var problem = try SoftmaxDual(
      data: data, labels: labels, labelCount: count, strengths: strengths,
      squaredScales: scales?.map { $0 * $0 } ?? [Float](repeating: 1, count: data.features.count * link.stride),
      startingConstants: constants, workers: context.workers)
    let found = descent.minimize(&problem) { progress(fraction(ofGap: $0)) }
    return try finish(
      data, found, weights: problem.weights, constants: problem.constants,
      objective: {
        LogisticObjective(data: data, link: link, strengths: strengths, scale: scales, workers: context.workers)
      }, progress: progress)
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
}
