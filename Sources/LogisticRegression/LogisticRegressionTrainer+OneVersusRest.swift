import DatelineCore
import DatelineParallel
import DatelineVectors

extension LogisticRegressionTrainer {
  /// Learns each label by itself, several at once.
  func trainOneVersusRest(_ set: TrainingSet) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    let labelCount = set.domain.count
    let data = SweepData(set.features)
    let strengths = (0..<set.count).map { parameters.strength * (set.weights?[$0] ?? 1) }
    let members = members(set)
    let done = ProgressCount(parts: labelCount, context.progress)
    let single = WorkerPool(threads: 1)
    let scale = priorScale(data, set, workers: single)
    let solutions = context.workers.map(labelCount) { label in
      let solution = solve(data, members[label], strengths, scale: scale, normalizing: false, workers: single) {
        done.reach($0, part: label, "solving")
      }
      _ = done.reach(1, part: label, "solving")
      return solution
    }
    if done.isCancelled { throw DatelineError(.cancelled, "the training was stopped") }
    let model = LinearClassifier(
      labelCount: labelCount,
      weights: stored(data.weights(of: solutions.map(\.weights), columns: 1), columnCount: labelCount),
      bias: solutions.map { $0.constants[0] })
    let open = solutions.count { !$0.isConverged }
    return (model, report(solutions, of: " for \(open) of \(labelCount) labels"))
  }

  /// The documents of each label.
  private func members(_ set: TrainingSet) -> [[Int]] {
    var result = [[Int]](repeating: [], count: set.domain.count)
    for document in 0..<set.count {
      for label in set.targets[document] { result[Int(label)].append(document) }
    }
    return result
  }

  /// Solves a problem of one column.
  ///
  /// - Parameters:
  ///   - members: The documents that have the label.
  ///   - scale: The prior; `nil` when all weights move alike.
  ///   - normalizing: Whether the prior's scales are divided by their mean.
  func solve(
    _ data: SweepData, _ members: [Int], _ strengths: [Double], scale: PriorScale?, normalizing: Bool,
    workers: WorkerPool, progress: (Double) -> Bool
  ) -> Solution {
    var positives = [UInt8](repeating: 0, count: strengths.count)
    for document in members { positives[document] = 1 }
    let link = Link.sigmoid(columnCount: 1, positives: positives)
    let constant = link.constants(strengths)[0]
    let ofLabel = members.reduce(0) { $0 + strengths[$1] }
    // For a label of no document, or of all, the objective has no minimum: the farther the constant, the better.
    guard ofLabel > 0, ofLabel < strengths.reduce(0, +) else { return Solution(constants: [constant]) }
    let scales = scale?.scales(members: members, normalizing: normalizing)
    var problem = BinaryDual(
      rows: data.rows, positives: positives, strengths: strengths,
      squaredScales: scales?.map { $0 * $0 } ?? [Float](repeating: 1, count: data.features.count),
      startingConstant: constant)
    let found = descent.minimize(&problem) { progress(fraction(ofGap: $0)) }
    return finish(
      found, weights: problem.weights.map { Float($0) }, constants: [problem.constant],
      objective: {
        LogisticObjective(data: data, link: link, strengths: strengths, scale: scales, workers: workers)
      }, progress: progress)
  }
}
