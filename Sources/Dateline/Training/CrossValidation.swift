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
/// Only one fold's data is in memory at a time, and of several candidates each starts from the model of the one before.
struct CrossValidation {
  /// Learns from some of the documents.
  let train: ClassifierTraining
  let folds: [Int]
  let foldCount: Int

  /// The out-of-fold scores of each candidate, in the order of the candidates: the documents of the given folds, in
  /// their order.
  ///
  /// - Parameters:
  ///   - set: All documents.
  ///   - candidates: Checked parameters without any `auto`.
  ///   - folds: The folds whose documents are scored.
  ///   - context: Threads, seed and progress.
  func scores(
    of set: TrainingSet, candidates: [Hyperparameters], folds scored: Range<Int>, context: TrainingContext
  ) throws(DatelineError) -> [ScoreTable] {
    let rows = folds.indices.filter { scored.contains(folds[$0]) }
    var places = [Int](repeating: 0, count: set.count)
    for (place, row) in rows.enumerated() { places[row] = place }
    var tables = [[Double]](
      repeating: Array(repeating: 0, count: rows.count * set.domain.count), count: candidates.count)
    let total = Double(scored.count * candidates.count)
    for fold in scored {
      let inside = folds.indices.filter { folds[$0] != fold }
      let outside = folds.indices.filter { folds[$0] == fold }
      if outside.isEmpty { continue }
      let training = try set.selecting(inside)
      var previous: (any Classifier)?
      for (number, candidate) in candidates.enumerated() {
        let step = Double((fold - scored.lowerBound) * candidates.count + number)
        var inner = context
        inner.warmStart = previous
        let words = "fold \(fold + 1) of \(foldCount)"
        guard context.progress(step / total, words) else {
          throw DatelineError(.cancelled, "the training was stopped")
        }
        inner.progress = { context.progress((step + $0) / total, "\(words), \($1)") }
        let model = try train(training, candidate, inner).model
        CrossValidation.score(set, rows: outside, with: model, places: places, into: &tables[number], context: context)
        previous = model
      }
    }
    let targets = set.targets.selecting(rows)
    let weights = set.weights.map { weights in rows.map { weights[$0] } }
    var result: [ScoreTable] = []
    for scores in tables {
      result.append(
        try ScoreTable(
          kind: set.domain.kind, labelCount: set.domain.count, scores: scores, targets: targets, weights: weights))
    }
    return result
  }

  private static func score(
    _ set: TrainingSet, rows: [Int], with model: any Classifier, places: [Int], into table: inout [Double],
    context: TrainingContext
  ) {
    let labels = set.domain.count
    let pieces = stride(from: 0, to: rows.count, by: 512).map { $0..<min($0 + 512, rows.count) }
    let scores = context.workers.map(pieces.count) { piece in
      var result = [Double](repeating: 0, count: pieces[piece].count * labels)
      var span = result.mutableSpan
      for (place, number) in pieces[piece].enumerated() {
        let range = set.features.range(ofRow: rows[number])
        var row = span._mutatingExtracting(place * labels..<(place + 1) * labels)
        model.score(
          indices: set.features.columnIndices.span.extracting(range),
          values: set.features.values.span.extracting(range),
          into: &row)
      }
      return result
    }
    for (piece, range) in pieces.enumerated() {
      for (place, number) in range.enumerated() {
        let target = places[rows[number]] * labels
        table.replaceSubrange(target..<target + labels, with: scores[piece][place * labels..<(place + 1) * labels])
      }
    }
  }
}
