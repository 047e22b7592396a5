import DatelineCore
import DatelineParallel
import DatelineVectors

extension LogisticRegressionTrainer {
  /// Learns each label by itself, several at once.
  func trainOneVersusRest(_ set: TrainingSet) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    let labelCount = set.domain.count
    let data = try SweepData(set.features, workers: context.workers)
    let strengths = (0..<set.count).map { parameters.strength * (set.weights?[$0] ?? 1) }
    let members = members(set)
    let done = ProgressCount(parts: labelCount, context.progress)
    let single = WorkerPool(threads: 1)
    let scale = priorScale(data, set, workers: single)
    let results = pool(data).map(labelCount) { label -> Result<Solution, DatelineError> in
      defer { _ = done.reach(1, part: label, "solving") }
      do throws(DatelineError) {
        return .success(
          try solve(data, members[label], strengths, scale: scale, normalizing: false, workers: single) {
            done.reach($0, part: label, "solving")
          })
      } catch {
        return .failure(error)
      }
    }
    var solutions: [Solution] = []
    for result in results { solutions.append(try result.get()) }
    if done.isCancelled { throw DatelineError(.cancelled, "the training was stopped") }
    let model = LinearClassifier(
      labelCount: labelCount,
      weights: stored(data.weights(of: solutions.map(\.weights), columns: 1), columnCount: labelCount),
      bias: solutions.map { $0.constants[0] })
    let open = solutions.count { !$0.isConverged }
    return (model, report(solutions, of: " for \(open) of \(labelCount) labels"))
  }

  /// The threads for as many labels at a time as the memory allows.
  private func pool(_ data: SweepData) -> WorkerPool {
    guard let limit = context.memoryLimit else { return context.workers }
    // Dual variables, norms, the order and the sides of the documents; weights, scales and what leads to them; a block.
    let each = 32 * data.rows.rowCount + 48 * data.features.count + (data.rows.isSpooled ? 12 * blockSize : 0)
    let count = max(1, limit / 2 / each)
    return count < context.workers.threadCount ? WorkerPool(threads: count) : context.workers
  }

  /// The documents of each label.
  private func members(_ set: TrainingSet) -> [[Int32]] {
    var result = [[Int32]](repeating: [], count: set.domain.count)
    for document in 0..<set.count {
      for label in set.targets[document] { result[Int(label)].append(Int32(document)) }
    }
    return result
  }

  /// Solves a problem of one column.
  ///
  /// - Parameters:
  ///   - members: The documents that have the label, ascending.
  ///   - scale: The prior; `nil` when all weights move alike.
  ///   - normalizing: Whether the prior's scales are divided by their mean.
  func solve(
    _ data: SweepData, _ members: [Int32], _ strengths: [Double], scale: PriorScale?, normalizing: Bool,
    workers: WorkerPool, progress: (Double) -> Bool
  ) throws(DatelineError) -> Solution {
    var positives = [UInt8](repeating: 0, count: strengths.count)
    for document in members { positives[Int(document)] = 1 }
    let link = Link.sigmoid(columnCount: 1, positives: positives)
    let constant = link.constants(strengths)[0]
    let ofLabel = members.reduce(0) { $0 + strengths[Int($1)] }
    // For a label of no document, or of all, the objective has no minimum: the farther the constant, the better.
    guard ofLabel > 0, ofLabel < strengths.reduce(0, +) else { return Solution(constants: [constant]) }
    let scales = scale?.scales(members: members, normalizing: normalizing)
    var problem = BinaryDual(
      rows: data.rows, positives: positives, strengths: strengths,
      squaredScales: scales?.map { $0 * $0 } ?? [Float](repeating: 1, count: data.features.count),
      startingConstant: constant, workers: workers)
    let found = descent.minimize(&problem) { progress(fraction(ofGap: $0)) }
    return try finish(
      data, found, weights: problem.weights, constants: [problem.constant],
      objective: {
        LogisticObjective(data: data, link: link, strengths: strengths, scale: scales, workers: workers)
      }, progress: progress)
  }
}
