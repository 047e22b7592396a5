import DatelineCore
import DatelineData
import DatelineEvaluation
import DatelineParallel

/// What out-of-fold scores decide: the parameters that are `auto`, the calibration, and the thresholds.
///
/// The scores are those of ``CrossValidation``: of all documents, or of a sample where documents × labels are very many.
/// For very many documents a sample and a single held-out part decide (``LargeCorpus``).
struct ClassifierFit {
  private(set) var parameters: Hyperparameters
  private(set) var calibrator: Calibrator
  private(set) var thresholds: Thresholds?
  var search: [TrainingSummary.SearchStep] = []
  private(set) var outOfFold: TrainingSummary.OutOfFold?
  private(set) var warnings: [String] = []

  /// One fold of so many documents tells candidates apart; fewer need all folds.
  private static let documentsForOneFold = 2000
  /// From so many documents on, two thirds of them teach nearly as much as four fifths.
  private static let documentsForThreeFolds = 5000
  /// The number of labels, each learnt by itself, that the search looks at.
  private static let labelsForSearch = 16

  /// Decides by cross-validation; without need for it, nothing is trained.
  init(
    trainer: Trainer, set: TrainingSet, digests: [UInt64], parameters: Hyperparameters,
    train: @escaping ClassifierTraining
  ) throws(DatelineError) {
    let domain = set.domain
    let candidates = try ParameterSearch(parameters, grid: trainer.plugin.description.searchGrid)
    // Without a search, the middle of the grid.
    self.parameters = candidates.candidates[candidates.candidates.count / 2]
    calibrator = .none(kind: domain.kind, labelCount: domain.count)
    let fixed = trainer.thresholdObjective.fixedThreshold
    thresholds = domain.kind == .multiLabel ? .common(fixed ?? 0.5, labelCount: domain.count) : nil
    let scoresAll = trainer.calibration != .none || (domain.kind == .multiLabel && fixed == nil)
    guard scoresAll || !candidates.names.isEmpty else { return }
    let foldCount = trainer.foldCount ?? (set.count >= ClassifierFit.documentsForThreeFolds ? 3 : 5)
    guard set.count >= foldCount else {
      warnings.append("\(set.count) documents are too few to hold some out: nothing was searched or calibrated")
      return
    }
    func validation(
      _ set: TrainingSet, _ digests: [UInt64]
    ) throws(DatelineError) -> CrossValidation {
      let folds = try Folds(set.targets, digests: digests, count: foldCount, seed: trainer.seed)
      return CrossValidation(
        set, digests: digests, folds: folds.assignments, foldCount: foldCount,
        foldsAtOnce: ClassifierFit.foldsAtOnce(set, parameters, trainer), train: train)
    }
    let holdsOut = trainer.foldCount == nil && set.count >= trainer.largeCorpus.documentsForHeldOut
    var searched: CrossValidation?
    if !candidates.names.isEmpty {
      let scored = 0..<(set.count >= ClassifierFit.documentsForOneFold ? 1 : foldCount)
      let few = try trainer.largeCorpus.sample(of: set, digests: digests, seed: trainer.seed)
      let labels = try ClassifierFit.sample(of: few?.set ?? set)
      var searching = try validation(labels ?? few?.set ?? set, few?.digests ?? digests)
      var tried = 0.0
      (self.parameters, search) = try candidates.best { some throws(DatelineError) in
        // How many are tried is not known beforehand; each takes a tenth of the work, and what is left at the end is
        // skipped.
        let end = min(0.4, tried + 0.1 * Double(some.count))
        let tables = try searching.tables(of: some, folds: scored, context: trainer.context(from: tried, to: end))
        tried = end
        return trainer.workers.map(tables.count) {
          ParameterSearch.logLoss(tables[$0], Calibrator(fitting: tables[$0]))
        }
      }
      if few == nil, labels == nil { searched = searching }
    }
    guard scoresAll else { return }
    let context = trainer.context(from: 0.4, to: 0.8)
    let table: ScoreTable
    if holdsOut {
      guard
        let found = try trainer.largeCorpus.heldOutTable(
          set, digests: digests, seed: trainer.seed, parameters: self.parameters, train: train, context: context)
      else {
        warnings.append("the documents are too much alike to hold some out: nothing was calibrated")
        return
      }
      table = found
    } else {
      var validating: CrossValidation
      if let searched { validating = searched } else { validating = try validation(set, digests) }
      table = try validating.tables(of: [self.parameters], folds: 0..<foldCount, context: context)[0]
    }
    calibrator = Calibrator(fitting: table, method: trainer.calibration.method)
    let calibrated = try table.calibrated(by: calibrator)
    if domain.kind == .multiLabel {
      thresholds = Thresholds(fitting: calibrated, objective: trainer.thresholdObjective)
    }
    outOfFold = try ClassifierFit.estimate(calibrated, thresholds, domain, foldCount: holdsOut ? 1 : foldCount)
  }

  /// How many folds have room in memory side by side; each takes less than the whole set does.
  private static func foldsAtOnce(_ set: TrainingSet, _ parameters: Hyperparameters, _ trainer: Trainer) -> Int {
    guard let plugin = trainer.plugin as? any MemoryEstimatingPlugin else { return .max }
    let needed = plugin.memoryNeeded(for: set, parameters: parameters, workers: trainer.workers)
    return max(1, Int(min(1e6, Double(trainer.availableMemory) / max(1, needed))))
  }

  /// The set with a sample of the labels where these are many and each is learnt by itself: every k-th of the labels by
  /// number of documents. What suits them suits the others, at a fraction of the work. `nil` where they are few.
  private static func sample(of set: TrainingSet) throws(DatelineError) -> TrainingSet? {
    let domain = set.domain
    guard domain.kind == .multiLabel, domain.count > labelsForSearch else { return nil }
    let support = set.targets.support(labelCount: domain.count)
    let order = domain.labels.indices.sorted { (support[$1], $0) < (support[$0], $1) }
    let chosen = (0..<labelsForSearch).map { order[$0 * domain.count / labelsForSearch] }.sorted()
    var targets = Targets()
    for document in 0..<set.count {
      targets.append(set.targets[document].compactMap { chosen.firstIndex(of: Int($0)) })
    }
    return try TrainingSet(
      domain: try Domain(facet: domain.facet, kind: domain.kind, labels: chosen.map { domain.labels[$0] }),
      features: set.features, targets: targets, weights: set.weights, candidates: set.candidates)
  }

  private static func estimate(
    _ table: ScoreTable, _ thresholds: Thresholds?, _ domain: Domain, foldCount: Int
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
