import DatelineCore
import DatelineVectors

/// Learns both steps of a ``CandidateScorer``.
struct CandidateScorerTrainer {
  let terms: any ClassifierPlugin
  let termParameters: Hyperparameters
  /// The strength of the L2 penalty of the weights that candidates share.
  let penalty: Double
  let foldCount: Int
  let context: TrainingContext

  func train(
    _ set: TrainingSet, _ candidates: CandidateFeatures
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    let levels = LabelLevels(set.domain)
    let first = try firstLevel(of: set, levels)
    let held = try heldOutScores(first)
    let (model, report) = try additive(first, from: 0.8, to: 0.95)
    let candidateOfLabel = set.domain.labels.map { Int32(candidates.candidate(of: $0) ?? -1) }
    var weights: [Double] = []
    for level in 0..<levels.count {
      let rows = CandidateRows(set, candidates, levels, level: level, candidateOfLabel, held)
      weights += DenseLogisticRegression(penalty: penalty).fit(rows)
    }
    return (
      CandidateScorer(
        terms: model, levels: levels, first: candidates.first, kindCount: candidates.kinds.count,
        candidateOfLabel: candidateOfLabel, weights: weights),
      TrainingReport(
        figures: report.figures + [
          ("candidates", JSONValue(candidateOfLabel.count { $0 >= 0 })),
          ("scorer_weights", .array(weights.map { .number($0) })),
        ], warnings: report.warnings)
    )
  }

  /// The documents with the labels of the first level alone; a document without any stays, as it has none of them.
  private func firstLevel(of set: TrainingSet, _ levels: LabelLevels) throws(DatelineError) -> TrainingSet {
    var numbers = [Int](repeating: -1, count: set.domain.count)
    for (number, label) in levels.firstLevel.enumerated() { numbers[label] = number }
    var targets = Targets()
    for document in 0..<set.count {
      targets.append(set.targets[document].compactMap { numbers[Int($0)] < 0 ? nil : numbers[Int($0)] })
    }
    return try TrainingSet(
      domain: try levels.firstLevel(of: set.domain), features: set.features, targets: targets, weights: set.weights,
      candidates: set.candidates)
  }

  /// The scores of all documents, document after document, by models that had not seen them.
  private func heldOutScores(_ set: TrainingSet) throws(DatelineError) -> [Double] {
    let labelCount = set.domain.count
    var scores = [Double](repeating: 0, count: set.count * labelCount)
    let folds = min(foldCount, set.count)
    for fold in 0..<folds {
      // Neighbours in a corpus are often alike, so they stay together as far as that is possible.
      let bounds = set.count * fold / folds..<set.count * (fold + 1) / folds
      let others = Array(0..<bounds.lowerBound) + Array(bounds.upperBound..<set.count)
      if others.isEmpty { continue }
      let share = 0.8 / Double(folds)
      let (model, _) = try additive(
        try set.selecting(others), from: share * Double(fold), to: share * Double(fold + 1))
      for document in bounds {
        let row = set.features[row: document]
        let found = model.scores(indices: row.indices, values: row.values)
        for label in 0..<labelCount { scores[document * labelCount + label] = found[label] }
      }
    }
    return scores
  }

  private func additive(
    _ set: TrainingSet, from start: Double, to end: Double
  ) throws(DatelineError) -> (model: any AdditiveClassifier, report: TrainingReport) {
    let progress = context.progress
    var context = context
    context.progress = { progress(start + (end - start) * $0, $1) }
    let (model, report) = try terms.train(set, parameters: termParameters, context: context)
    guard let additive = model as? any AdditiveClassifier else {
      throw DatelineError(
        .usage, "candidate-scorer over \(terms.description.identifier), whose scores are no sums: take a linear family")
    }
    return (additive, report)
  }
}
