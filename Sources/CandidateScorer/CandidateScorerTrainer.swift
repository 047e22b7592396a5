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
    let first = try firstLevel(of: set, candidates, levels)
    let folds = ContiguousFolds(documentCount: set.count, count: foldCount)
    let held = try heldOutScores(first, folds)
    let (model, report) = try additive(first, from: 0.8, to: 0.95)
    let candidateOfLabel = set.domain.labels.map { Int32(candidates.candidate(of: $0) ?? -1) }
    let rarities = LabelRarity(set, levels, folds)
    let shared = (0..<levels.count).map { level in
      let rows = CandidateRows(set, candidates, levels, level: level, candidateOfLabel, held, rarities)
      let weights = DenseLogisticRegression(penalty: penalty).fit(rows)
      return SharedWeights(kindCount: candidates.kinds.count, weights: weights)
    }
    let weights = set.domain.labels.indices.flatMap { label in
      shared[levels.levels[label]].weights(
        rarity: rarities.rarity(of: label), constant: model.constant(label: levels.tops[label]))
    }
    return (
      CandidateScorer(
        terms: model, levels: levels, first: candidates.first, kindCount: candidates.kinds.count,
        candidateOfLabel: candidateOfLabel, weights: weights),
      TrainingReport(
        figures: report.figures + [
          ("candidates", JSONValue(candidateOfLabel.count { $0 >= 0 })),
          ("scorer_weights", .array(shared.flatMap(\.weights).map { .number($0) })),
        ], warnings: report.warnings)
    )
  }

  /// The documents with the labels of the first level alone, and of the features of candidates with the first kind
  /// alone; a document without any label stays, as it has none of them.
  ///
  /// The other kinds are for the second step. Here each would be a feature of one candidate, learnt from few documents,
  /// and as they say nearly the same the solver would need many more passes.
  private func firstLevel(
    of set: TrainingSet, _ candidates: CandidateFeatures, _ levels: LabelLevels
  ) throws(DatelineError) -> TrainingSet {
    var numbers = [Int](repeating: -1, count: set.domain.count)
    for (number, label) in levels.firstLevel.enumerated() { numbers[label] = number }
    var targets = Targets()
    for document in 0..<set.count {
      targets.append(set.targets[document].compactMap { numbers[Int($0)] < 0 ? nil : numbers[Int($0)] })
    }
    return try TrainingSet(
      domain: try levels.firstLevel(of: set.domain), features: firstKinds(of: set.features, candidates),
      targets: targets, weights: set.weights)
  }

  private func firstKinds(of matrix: CSRMatrix, _ candidates: CandidateFeatures) -> CSRMatrix {
    let end = candidates.first + candidates.labels.count * candidates.kinds.count
    var (offsets, indices, values): ([Int], [UInt32], [Float]) = ([0], [], [])
    offsets.reserveCapacity(matrix.rowCount + 1)
    for row in 0..<matrix.rowCount {
      for place in matrix.range(ofRow: row) {
        let feature = Int(matrix.columnIndices[place])
        let isOther =
          feature >= candidates.first && feature < end
          && !(feature - candidates.first).isMultiple(of: candidates.kinds.count)
        if isOther { continue }
        indices.append(matrix.columnIndices[place])
        values.append(matrix.values[place])
      }
      offsets.append(indices.count)
    }
    return CSRMatrix(columnCount: matrix.columnCount, rowOffsets: offsets, columnIndices: indices, values: values)
  }

  /// What models say of all documents that they had not seen.
  private func heldOutScores(_ set: TrainingSet, _ folds: ContiguousFolds) throws(DatelineError) -> TermScores {
    let labelCount = set.domain.count
    var held = TermScores(documentCount: set.count, labelCount: labelCount)
    let share = 0.8 / Double(folds.count)
    for fold in 0..<folds.count {
      let others = folds.others(than: fold)
      if others.isEmpty { continue }
      let (model, _) = try additive(
        try set.selecting(others), from: share * Double(fold), to: share * Double(fold + 1))
      for document in folds[fold] {
        let row = set.features[row: document]
        let found = model.scores(indices: row.indices, values: row.values)
        for label in 0..<labelCount {
          held.scores[document * labelCount + label] = found[label]
          held.constants[document * labelCount + label] = model.constant(label: label)
        }
      }
    }
    return held
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
