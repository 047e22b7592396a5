import DatelineCore
import DatelineEvaluation
import DatelineParallel
import DatelineVectors

/// Learns a classifier from a training set.
typealias ClassifierTraining = (TrainingSet, Hyperparameters, TrainingContext) throws(DatelineError) -> (
  model: any Classifier, report: TrainingReport
)

/// Scores documents with models that have not seen them.
///
/// Only one fold's data and model are in memory at a time, and no fold is learnt twice with the same parameters.
struct CrossValidation {
  let set: TrainingSet
  let train: ClassifierTraining
  /// The fold of each document.
  let folds: [Int]
  let foldCount: Int

  /// The scores of a fold's documents, in their order, by a model of the others.
  private struct FoldScores {
    let candidate: Hyperparameters
    let fold: Int
    let scores: [Double]
  }

  private var known: [FoldScores] = []

  init(_ set: TrainingSet, folds: [Int], foldCount: Int, train: @escaping ClassifierTraining) {
    self.set = set
    self.folds = folds
    self.foldCount = foldCount
    self.train = train
  }

  /// The out-of-fold scores of the documents of some folds, in the order of the documents.
  ///
  /// - Parameters:
  ///   - candidate: Checked parameters without any `auto`.
  ///   - scored: The folds whose documents are scored.
  ///   - context: Threads, seed and progress.
  mutating func table(
    of candidate: Hyperparameters, folds scored: Range<Int>, context: TrainingContext
  ) throws(DatelineError) -> ScoreTable {
    let labels = set.domain.count
    let rows = folds.indices.filter { scored.contains(folds[$0]) }
    var places = [Int](repeating: 0, count: set.count)
    for (place, row) in rows.enumerated() { places[row] = place }
    var table = [Double](repeating: 0, count: rows.count * labels)
    for fold in scored {
      var inner = context
      inner.progress = { context.progress((Double(fold - scored.lowerBound) + $0) / Double(scored.count), $1) }
      let scores = try scores(of: candidate, fold: fold, context: inner)
      for (number, row) in folds.indices.filter({ folds[$0] == fold }).enumerated() {
        let target = places[row] * labels
        table.replaceSubrange(target..<target + labels, with: scores[number * labels..<(number + 1) * labels])
      }
    }
    return try ScoreTable(
      kind: set.domain.kind, labelCount: labels, scores: table, targets: set.targets.selecting(rows),
      weights: set.weights.map { weights in rows.map { weights[$0] } })
  }

  private mutating func scores(
    of candidate: Hyperparameters, fold: Int, context: TrainingContext
  ) throws(DatelineError) -> [Double] {
    if let found = known.first(where: { $0.candidate == candidate && $0.fold == fold }) { return found.scores }
    let outside = folds.indices.filter { folds[$0] == fold }
    if outside.isEmpty { return [] }
    let words = "fold \(fold + 1) of \(foldCount)"
    guard context.progress(0, words) else { throw DatelineError(.cancelled, "the training was stopped") }
    var inner = context
    inner.progress = { context.progress($0, "\(words), \($1)") }
    let model = try train(try set.selecting(folds.indices.filter { folds[$0] != fold }), candidate, inner).model
    let scores = score(outside, with: model, context.workers)
    known.append(FoldScores(candidate: candidate, fold: fold, scores: scores))
    return scores
  }

  private func score(_ rows: [Int], with model: any Classifier, _ workers: WorkerPool) -> [Double] {
    let labels = set.domain.count
    let pieces = WorkerPool.bounds(count: rows.count, size: 512)
    var scores = [Double](repeating: 0, count: rows.count * labels)
    let features = set.features
    workers.modify(&scores, bounds: pieces.map { $0 * labels }) { piece, scores in
      for (place, number) in (pieces[piece]..<pieces[piece + 1]).enumerated() {
        let range = features.range(ofRow: rows[number])
        var row = scores._mutatingExtracting(place * labels..<(place + 1) * labels)
        model.score(
          indices: features.columnIndices.span.extracting(range), values: features.values.span.extracting(range),
          into: &row)
      }
    }
    return scores
  }
}
