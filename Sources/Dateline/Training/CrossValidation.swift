import DatelineCore
import DatelineEvaluation
import DatelineParallel
import DatelineVectors

/// Scores documents with models that have not seen them, for every candidate of a parameter grid.
///
/// Folds outside, candidates inside: only one fold's data is in memory at a time, and each candidate starts from the
/// model of the one before.
struct CrossValidation {
  let plugin: any ClassifierPlugin
  let folds: [Int]
  let foldCount: Int

  /// The out-of-fold scores of each candidate, in the order of the candidates.
  ///
  /// - Parameters:
  ///   - set: All documents.
  ///   - candidates: Checked parameters without any `auto`.
  ///   - context: Threads, seed and progress.
  func scores(
    of set: TrainingSet, candidates: [Hyperparameters], context: TrainingContext
  ) throws(DatelineError) -> [ScoreTable] {
    var tables = [[Double]](
      repeating: Array(repeating: 0, count: set.count * set.domain.count), count: candidates.count)
    for fold in 0..<foldCount {
      let inside = folds.indices.filter { folds[$0] != fold }
      let outside = folds.indices.filter { folds[$0] == fold }
      if outside.isEmpty { continue }
      let training = try set.selecting(inside)
      var previous: (any Classifier)?
      for (number, candidate) in candidates.enumerated() {
        let step = Double(fold * candidates.count + number)
        let total = Double(foldCount * candidates.count)
        var inner = context
        inner.warmStart = previous
        inner.progress = { context.progress((step + $0) / total, "fold \(fold + 1) of \(foldCount), \($1)") }
        let model = try plugin.train(training, parameters: candidate, context: inner).model
        score(set, rows: outside, with: model, into: &tables[number], context: context)
        previous = model
      }
    }
    var result: [ScoreTable] = []
    for scores in tables {
      result.append(
        try ScoreTable(
          kind: set.domain.kind, labelCount: set.domain.count, scores: scores, targets: set.targets,
          weights: set.weights))
    }
    return result
  }

  private func score(
    _ set: TrainingSet, rows: [Int], with model: any Classifier, into table: inout [Double], context: TrainingContext
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
        let target = rows[number] * labels
        table.replaceSubrange(target..<target + labels, with: scores[piece][place * labels..<(place + 1) * labels])
      }
    }
  }
}
