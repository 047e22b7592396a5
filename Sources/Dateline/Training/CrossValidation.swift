import DatelineCore
import DatelineEvaluation
import DatelineParallel
import DatelineVectors

/// Learns a classifier from a training set.
typealias ClassifierTraining =
  @Sendable (TrainingSet, Hyperparameters, TrainingContext) throws(DatelineError) -> (
    model: any Classifier, report: TrainingReport
  )

/// Scores documents with models that have not seen them.
///
/// As many folds are learnt at a time as there are threads, or as memory allows, and only their data and models are in memory. No fold is
/// learnt twice with the same parameters.
///
/// Documents × labels scores are at most ``scoreLimit``: of more documents, a sample is scored. Which ones follows
/// from their texts alone, and every fold is learnt from all documents outside of it all the same.
struct CrossValidation {
  /// The most scores of a table, 2²⁴: 128 MiB of them. What is fitted to them has a few numbers a label.
  static let scoreLimit = 1 << 24
  /// Of how many documents at least there are scores, however many labels there are.
  static let fewestScored = 100

  let set: TrainingSet
  let train: ClassifierTraining
  /// The fold of each document.
  let folds: [Int]
  let foldCount: Int
  /// The most folds to learn at a time, which cannot change the result.
  private let foldsAtOnce: Int
  /// Whether each document is scored.
  private let isScored: [Bool]

  /// Parameters without any `auto`, and the fold to hold out.
  private struct Job {
    let candidate: Hyperparameters
    let fold: Int
  }

  /// Each with the scores of the fold's documents, in their order, by a model of the others.
  private var done: [(job: Job, scores: [Double])] = []

  /// - Parameters:
  ///   - digests: A digest of each document's text, which decides whether it is in a sample.
  ///   - foldsAtOnce: The most folds that memory allows at a time.
  ///   - scoreLimit: How many scores a table may have.
  init(
    _ set: TrainingSet, digests: [UInt64], folds: [Int], foldCount: Int, foldsAtOnce: Int = .max,
    scoreLimit: Int = CrossValidation.scoreLimit, train: @escaping ClassifierTraining
  ) {
    self.set = set
    self.foldsAtOnce = foldsAtOnce
    isScored = CrossValidation.sample(
      digests, count: max(CrossValidation.fewestScored, scoreLimit / set.domain.count))
    self.folds = folds
    self.foldCount = foldCount
    self.train = train
  }

  /// Which documents are scored: as many as asked for, those whose mixed digests are lowest.
  private static func sample(_ digests: [UInt64], count: Int) -> [Bool] {
    guard digests.count > count else { return [Bool](repeating: true, count: digests.count) }
    // Folds are dealt by the digests, too; another mixing keeps the two apart.
    let keys = digests.map { SplitMix64.mix($0 ^ 0x5363_6F72_6573) }
    let highest = keys.sorted()[count - 1]
    // Of copies of one text the first ones, so that many copies cannot make a large sample.
    var copies = count - keys.count { $0 < highest }
    return keys.map { key in
      if key == highest { copies -= 1 }
      return key < highest || (key == highest && copies >= 0)
    }
  }

  /// The out-of-fold scores of the documents of some folds, or of the sample of them, in the order of the documents.
  ///
  /// - Parameters:
  ///   - candidates: Checked parameters without any `auto`.
  ///   - scored: The folds whose documents are scored.
  ///   - context: Threads, seed and progress.
  /// - Returns: A table a candidate.
  mutating func tables(
    of candidates: [Hyperparameters], folds scored: Range<Int>, context: TrainingContext
  ) throws(DatelineError) -> [ScoreTable] {
    var jobs: [Job] = []
    for candidate in candidates {
      for fold in scored where known(candidate, fold) == nil { jobs.append(Job(candidate: candidate, fold: fold)) }
    }
    try learn(jobs, context: context)
    var tables: [ScoreTable] = []
    for candidate in candidates { tables.append(try table(of: candidate, folds: scored)) }
    return tables
  }

  private func known(_ candidate: Hyperparameters, _ fold: Int) -> [Double]? {
    done.first { $0.job.candidate == candidate && $0.job.fold == fold }?.scores
  }

  private func table(of candidate: Hyperparameters, folds scored: Range<Int>) throws(DatelineError) -> ScoreTable {
    let labels = set.domain.count
    let rows = folds.indices.filter { isScored[$0] && scored.contains(folds[$0]) }
    var next = [Int](repeating: 0, count: foldCount)
    let ofFold = (0..<foldCount).map { scored.contains($0) ? known(candidate, $0) ?? [] : [] }
    var table: [Double] = []
    table.reserveCapacity(rows.count * labels)
    for row in rows {
      let fold = folds[row]
      table += ofFold[fold][next[fold] * labels..<(next[fold] + 1) * labels]
      next[fold] += 1
    }
    return try ScoreTable(
      kind: set.domain.kind, labelCount: labels, scores: table, targets: set.targets.selecting(rows),
      weights: set.weights.map { weights in rows.map { weights[$0] } })
  }

  /// Learns and scores folds in rounds of as many as there are threads; a single one gets all threads.
  private mutating func learn(_ jobs: [Job], context: TrainingContext) throws(DatelineError) {
    let progress = ProgressCount(parts: max(1, jobs.count), context.progress)
    let width = min(context.workers.threadCount, foldsAtOnce)
    for first in stride(from: 0, to: jobs.count, by: width) {
      let round = Array(jobs[first..<min(first + width, jobs.count)])
      let workers = round.count == 1 ? context.workers : WorkerPool(threads: 1)
      let learn: @Sendable (Int) -> Result<[Double], DatelineError> = { [self] number in
        let share = context.memoryLimit.map { $0 / round.count }
        let inner = TrainingContext(workers: workers, seed: context.seed, memoryLimit: share) {
          progress.reach($0, part: first + number, "fold \(round[number].fold + 1) of \(foldCount), \($1)")
        }
        do throws(DatelineError) {
          return .success(try scores(round[number], context: inner))
        } catch {
          return .failure(error)
        }
      }
      let results = round.count == 1 ? [learn(0)] : context.workers.map(round.count, learn)
      for (job, result) in zip(round, results) { done.append((job, try result.get())) }
    }
  }

  private func scores(_ job: Job, context: TrainingContext) throws(DatelineError) -> [Double] {
    let outside = folds.indices.filter { isScored[$0] && folds[$0] == job.fold }
    if outside.isEmpty { return [] }
    try context.report(0, "selecting")
    let inside = try set.selecting(folds.indices.filter { folds[$0] != job.fold })
    return try CrossValidation.scores(
      of: outside, in: set, by: try train(inside, job.candidate, context).model, context.workers)
  }

  /// The scores of some documents, which ascend, row after row.
  static func scores(
    of rows: [Int], in set: TrainingSet, by model: any Classifier, _ workers: WorkerPool
  ) throws(DatelineError) -> [Double] {
    let labels = set.domain.count
    let pieces = WorkerPool.bounds(count: rows.count, size: 512)
    var scores = [Double](repeating: 0, count: rows.count * labels)
    let features = set.features
    workers.modify(&scores, bounds: pieces.map { $0 * labels }) { piece, scores in
      for (place, number) in (pieces[piece]..<pieces[piece + 1]).enumerated() {
        let range = features.range(ofRow: rows[number])
        var row = scores._mutatingExtracting(place * labels..<(place + 1) * labels)
        features.columnIndices.withSpan { indices in
          features.values.withSpan { values in
            model.score(indices: indices.extracting(range), values: values.extracting(range), into: &row)
          }
        }
      }
      features.release(rows: rows[pieces[piece]]..<rows[pieces[piece + 1] - 1] + 1)
    }
    try model.checkForFailure()
    return scores
  }
}
