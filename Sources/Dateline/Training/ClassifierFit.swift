import DatelineCore
import DatelineData
import DatelineEvaluation
import DatelineParallel

/// What out-of-fold scores decide: the parameters that are `auto`, the calibration, and the thresholds.
struct ClassifierFit {
  var parameters: Hyperparameters
  var calibrator: Calibrator
  var thresholds: Thresholds?
  var search: [TrainingSummary.SearchStep] = []
  var outOfFold: TrainingSummary.OutOfFold?
  var warnings: [String] = []

  /// Decides by cross-validation; without need for it, nothing is trained.
  init(
    trainer: Trainer, set: TrainingSet, digests: [UInt64], parameters: Hyperparameters
  ) throws(DatelineError) {
    let domain = set.domain
    let search = try ParameterSearch(parameters, grid: trainer.plugin.description.searchGrid)
    self.parameters = search.candidates[0]
    calibrator = .none(kind: domain.kind, labelCount: domain.count)
    thresholds = domain.kind == .multiLabel ? .common(labelCount: domain.count) : nil
    if trainer.calibration == .none, search.names.isEmpty { return }
    let foldCount = trainer.foldCount ?? (set.count >= 20_000 ? 3 : 5)
    guard set.count >= foldCount else {
      // Too few to hold any out: the middle of the grid, uncalibrated.
      self.parameters = search.candidates[search.candidates.count / 2]
      warnings.append("\(set.count) documents are too few to hold some out: nothing was searched or calibrated")
      return
    }
    let folds = try Folds(set.targets, digests: digests, count: foldCount, seed: trainer.seed)
    let validation = CrossValidation(plugin: trainer.plugin, folds: folds.assignments, foldCount: foldCount)
    let tables = try validation.scores(
      of: set, candidates: search.candidates, context: trainer.context(from: 0, to: 0.8))
    let calibrators = trainer.workers.map(tables.count) { Calibrator(fitting: tables[$0]) }
    let losses = trainer.workers.map(tables.count) { ParameterSearch.logLoss(tables[$0], calibrators[$0]) }
    var best = 0
    for number in losses.indices where losses[number] < losses[best] { best = number }
    self.parameters = search.candidates[best]
    if !search.names.isEmpty { self.search = search.steps(losses, chosen: best) }
    if trainer.calibration == .auto { calibrator = calibrators[best] }
    let calibrated = try tables[best].calibrated(by: calibrator)
    if domain.kind == .multiLabel {
      thresholds = Thresholds(fitting: calibrated, objective: trainer.thresholdObjective)
    }
    outOfFold = try ClassifierFit.estimate(calibrated, domain, thresholds, foldCount: foldCount)
  }

  private static func estimate(
    _ table: ScoreTable, _ domain: Domain, _ thresholds: Thresholds?, foldCount: Int
  ) throws(DatelineError) -> TrainingSummary.OutOfFold {
    var counts = EvaluationCounts(domain)
    for document in 0..<table.count {
      let row = Array(table.scores[document * domain.count..<(document + 1) * domain.count])
      let predicted = thresholds?.apply(row) ?? [row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 }]
      try counts.add(gold: table.targets[document].map { Int($0) }, predicted: predicted, probabilities: row.span)
    }
    let evaluation = Evaluation(counts, seconds: 0)
    return TrainingSummary.OutOfFold(
      accuracy: evaluation.accuracy, microF1: evaluation.micro.f1, macroF1: evaluation.macro.f1, foldCount: foldCount)
  }
}
