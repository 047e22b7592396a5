public import DatelineCore
public import DatelineEvaluation
public import DatelineParallel
import DatelineVectors

/// Learns a model of one facet: vectorizer, classifier, calibration and thresholds, from one pass over the documents.
///
/// The result depends on the documents, their order, the settings and the seed alone; not on threads, memory or clock,
/// nor, with one BLAS and C library, on the machine.
///
/// Parameters, calibration and thresholds follow from out-of-fold scores. Where documents × labels are more than 2²⁴,
/// these are scores of a sample of 2²⁴ / labels documents, at least 100, whose texts' digests decide; the classifier is
/// learnt from all documents all the same. A family that can tell how much memory it needs is asked before any work of
/// its own.
public struct Trainer: Sendable {
  /// Whether scores become calibrated probabilities.
  public enum Calibration: String, Sendable, CaseIterable {
    /// Fitted to scores of documents by models that have not seen them.
    case auto
    /// The same with an offset for each exclusive label, which may change the most probable one.
    case vectorScaling = "vector-scaling"
    /// None: probabilities are what the family's scores say.
    case none

    var method: Calibrator.Method {
      switch self {
      case .auto: .auto
      case .vectorScaling: .vectorScaling
      case .none: .none
      }
    }
  }

  /// The facet.
  public var facet: Facet
  /// Whether labels exclude each other.
  public var kind: Domain.Kind
  /// The classifier family.
  public var plugin: any ClassifierPlugin
  /// The vectorizer family.
  public var vectorizer: any VectorizerPlugin
  /// Parameters of the classifier and the vectorizer, as users write them.
  public var settings: [String: String]
  /// What a training document is: of a model of sentences, longer documents are read sentence by sentence.
  public var unit: Unit
  /// The model withholds exclusive labels that are less probable than this, and says why. Where labels do not exclude
  /// each other, a document that no label reaches its threshold for gets the most probable one from this on. From 0 to 1.
  public var minimumProbability: Double
  /// Whether the model gives labels only where the text speaks for them: where their odds are more than half as high again as
  /// for an empty text.
  public var needsEvidence = false
  /// The model withholds its answer on texts of whose distinct terms it knows a smaller share than this, and says why; 0
  /// for none. From 0 to 1, for models whose vocabulary is not hashed.
  public var minimumCoverage = 0.0
  /// Where labels exclude each other, the model gives further ones at least this probable besides the most probable one;
  /// 1 for none.
  public var furtherProbability = 1.0
  /// Codes of labels, such as those of a standard, by the labels' paths; answers carry them. Labels that the model does
  /// not have may be among them.
  public var codes: [String: String] = [:]
  /// Whether scores become calibrated probabilities.
  public var calibration: Calibration
  /// What the thresholds of labels that do not exclude each other are chosen for.
  public var thresholdObjective: ThresholdObjective
  /// Whether labels that no document has are learnt, too, where the features describe candidates for them
  /// (`CandidateFeatures`): of labels that do not exclude each other.
  public var includesAllCandidates = false
  /// The number of folds for out-of-fold scores; `nil` for 5, or 3 from 5,000 documents on, or a single part of 5 % that
  /// is held out from 1,000,000 documents on.
  public var foldCount: Int?
  /// The seed of everything random: the assignment of documents to folds.
  public var seed: UInt64
  /// The threads.
  public var workers: WorkerPool
  /// The most bytes that the model's file may have; `nil` for no limit. A larger model is learnt again with weights in
  /// fewer bits and, where that is not enough, with fewer features, and ``TrainingSummary/reduction`` says what that cost.
  public var maximumModelSize: Int?
  /// How many bytes of memory a training may take; `nil` for what the machine has. With a limit, what grows with the text
  /// goes to temporary files in the folder that the variable `TMPDIR` names, or else in `/tmp`; the model is the same.
  public var memoryLimit: Int?
  /// Told how far the work is: a fraction from 0 to 1, unknown while reading, and a few words. Return `false` to stop.
  public var progress: @Sendable (Double?, String) -> Bool

  /// What stands for all documents where they are very many.
  var largeCorpus = LargeCorpus()

  /// A trainer with defaults that need no tuning.
  public init(
    facet: Facet, kind: Domain.Kind = .exclusive, plugin: any ClassifierPlugin, settings: [String: String] = [:],
    workers: WorkerPool = WorkerPool()
  ) {
    self.facet = facet
    self.kind = kind
    self.plugin = plugin
    vectorizer = VectorizerRegistry.standard().first
    self.settings = settings
    unit = .document
    minimumProbability = 0
    calibration = .auto
    thresholdObjective = .macroF1
    seed = 0
    self.workers = workers
    progress = { _, _ in true }
  }

  /// Learns a model.
  ///
  /// From 400,000 documents on, parameters that are `auto` are chosen on a sample of about 200,000 of them.
  ///
  /// - Throws: `DatelineError.Code.usage` for settings that do not exist, `DatelineError.Code.invalidData` for
  ///   documents that nothing can be learnt from.
  public func train(_ source: some DocumentSource) throws(DatelineError) -> (model: Model, summary: TrainingSummary) {
    let parameters = try checkedParameters()
    let vectorizerTrainer = try vectorizer.trainer(parameters.vectorizer)
    guard let memoryLimit else { return try train(source, parameters, vectorizerTrainer) }
    guard let spooling = vectorizerTrainer.spooling(memoryLimit: memoryLimit) else {
      throw DatelineError(
        .usage, "the vectorizer \"\(vectorizer.identifier)\" cannot keep to a limit of memory: train without one")
    }
    return try train(source, parameters, spooling: spooling)
  }

  /// The settings, shared out among classifier and vectorizer and checked; all that is wrong is in one message.
  func checkedParameters() throws(DatelineError) -> TrainerParameters {
    guard (0...1).contains(minimumCoverage) else {
      throw DatelineError(.usage, "a minimum coverage of \(minimumCoverage): give a number from 0 to 1")
    }
    return try TrainerParameters(settings, plugin: plugin.description, vectorizer: vectorizer)
  }

  private func train<Counts>(
    _ source: some DocumentSource, _ parameters: TrainerParameters,
    _ vectorizerTrainer: some VectorizerTrainer<Counts>
  ) throws(DatelineError) -> (model: Model, summary: TrainingSummary) {
    var counts: [Counts] = []
    let corpus = try read(source, count: vectorizerTrainer.count) { counts.append($0) }
    return try train(corpus, parameters) { () throws(DatelineError) in
      try vectorizerTrainer.fit(exchange(&counts, with: []), workers: workers)
    }
  }

  /// The same with everything that grows with the text on disk.
  private func train<Counts, Spool>(
    _ source: some DocumentSource, _ parameters: TrainerParameters,
    spooling vectorizerTrainer: some SpoolingVectorizerTrainer<Counts, Spool>
  ) throws(DatelineError) -> (model: Model, summary: TrainingSummary) {
    var spool: Spool? = try vectorizerTrainer.makeSpool()
    let corpus = try read(source, count: vectorizerTrainer.count) { counts throws(DatelineError) in
      try append(counts, to: &spool, vectorizerTrainer)
    }
    return try train(corpus, parameters) { () throws(DatelineError) in
      guard let spool = exchange(&spool, with: nil) else { throw DatelineError(.internal, "a corpus is learnt twice") }
      return try vectorizerTrainer.fit(spool, workers: workers)
    }
  }

  private func append<Counts, Spool>(
    _ counts: Counts, to spool: inout Spool?, _ trainer: some SpoolingVectorizerTrainer<Counts, Spool>
  ) throws(DatelineError) {
    // Taken out while it grows: what it holds must not be copied.
    guard var grown = exchange(&spool, with: nil) else { return }
    try trainer.append(counts, to: &grown)
    spool = grown
  }

  private func train(
    _ corpus: consuming CountedCorpus, _ parameters: TrainerParameters,
    vectorizing fit: () throws(DatelineError) -> (vectorizer: any Vectorizer, features: CSRMatrix)
  ) throws(DatelineError) -> (model: Model, summary: TrainingSummary) {
    var corpus = corpus
    var (domain, targets) = try corpus.takeTargets(facet: facet, kind: kind)
    try checkLabels(domain, targets)
    try report(nil, "counting terms")
    let (fitted, features) = try fit()
    if includesAllCandidates { try extend(&domain, &targets, by: fitted.candidates) }
    let set = try TrainingSet(
      domain: domain, features: features, targets: targets, weights: corpus.weights.isEmpty ? nil : corpus.weights,
      candidates: fitted.candidates)
    // Nobody wants to hear it after the folds, which take less.
    try (plugin as? any MemoryEstimatingPlugin)?.checkMemory(
      for: set, parameters: parameters.classifier, workers: workers, limit: availableMemory)
    let fit = try ClassifierFit(
      trainer: self, set: set, digests: corpus.textDigests, parameters: parameters.classifier
    ) { set, parameters, context throws(DatelineError) in
      try plugin.train(set, parameters: parameters, context: context)
    }
    let (classifier, figures) = try plugin.train(set, parameters: fit.parameters, context: context(from: 0.8, to: 1))
    let origin = ModelOrigin(
      digest: corpus.digest, documentCount: corpus.count, support: targets.support(labelCount: domain.count))
    let trained = Trained(
      fit: fit, classifier: classifier, report: figures, vectorizer: fitted,
      vectorizerParameters: parameters.vectorizer, set: set, digests: corpus.textDigests, origin: origin)
    if let maximumModelSize { return try reducing(trained, to: maximumModelSize) }
    return try assemble(trained)
  }

  func read<Counts: Sendable>(
    _ source: some DocumentSource, count: @Sendable (DocumentBatch) -> Counts,
    consume: (Counts) throws(DatelineError) -> Void
  ) throws(DatelineError) -> CountedCorpus {
    let unit = unit
    return try CountedCorpus(
      source, kind: kind, workers: workers, count: { count($0.asPassages(unit: unit)) }, consume: consume
    ) { count throws(DatelineError) in try report(nil, "read \(count) documents") }
  }

  /// How many bytes of memory the rest of a training may take.
  var availableMemory: Int { memoryLeft ?? MemorySize.physical }

  /// What is left of a limit by now.
  private var memoryLeft: Int? { memoryLimit.map { max(1, $0 - MemorySize.resident) } }

  func checkLabels(_ domain: Domain, _ targets: Targets) throws(DatelineError) {
    guard kind == .exclusive, domain.count < 2 else { return }
    throw DatelineError(
      .invalidData,
      "all \(targets.count) documents have the label \"\(domain.labels[0])\": there is nothing to tell apart; give documents of at least two labels"
    )
  }

  /// Adds the labels of all candidates to a domain.
  private func extend(
    _ domain: inout Domain, _ targets: inout Targets, by candidates: CandidateFeatures?
  ) throws(DatelineError) {
    guard let candidates, kind == .multiLabel else {
      throw DatelineError(
        .usage,
        "labels of all candidates need features of candidates, such as places, and labels that do not exclude each other"
      )
    }
    let wider = try Domain(facet: domain.facet, kind: kind, labels: domain.labels + candidates.labels)
    targets.renumber(domain.labels.map { Int32(wider.index(of: $0) ?? 0) })
    domain = wider
  }

  func report(_ fraction: Double?, _ words: String) throws(DatelineError) {
    if !progress(fraction, words) { throw DatelineError(.cancelled, "the training was stopped") }
  }

  /// What a plugin is given; its progress from 0 to 1 is ours from `start` to `end`.
  func context(from start: Double, to end: Double) -> TrainingContext {
    let progress = progress
    return TrainingContext(workers: workers, seed: seed, memoryLimit: memoryLeft) {
      progress(start + (end - start) * $0, $1)
    }
  }

  /// The codes of labels that the model has; a table of codes may be that of a whole standard.
  private func codes(of domain: Domain) -> [String: String] {
    codes.filter { entry in domain.labels.contains { $0.path == entry.key } }
  }

  func assemble(_ trained: Trained) throws(DatelineError) -> (model: Model, summary: TrainingSummary) {
    let (fit, set, origin) = (trained.fit, trained.set, trained.origin)
    let manifest = Manifest(
      domain: set.domain, support: origin.support, plugin: plugin.description, parameters: fit.parameters.json,
      vectorizer: vectorizer.identifier, vectorizerParameters: trained.vectorizerParameters.json,
      unit: unit, minimumProbability: minimumProbability, needsEvidence: needsEvidence,
      minimumCoverage: minimumCoverage, furtherProbability: furtherProbability, codes: codes(of: set.domain),
      calibrator: fit.calibrator, thresholds: fit.thresholds,
      training: [
        "search": .array(fit.search.map { ["parameters": $0.json, "log_loss": .number($0.logLoss)] }),
        "report": .object(trained.report.figures),
      ],
      provenance: Provenance(
        dataDigest: origin.digest.description, documentCount: origin.documentCount, seed: seed,
        toolVersion: Release.version, blas: BLAS.identification))
    let model = try Model(manifest: manifest, vectorizer: trained.vectorizer, classifier: trained.classifier)
    guard minimumCoverage == 0 || model.tellsCoverage else {
      throw DatelineError(
        .usage,
        "a minimum coverage of \(minimumCoverage) with a vectorizer that takes every term for one that it knows: leave it out"
      )
    }
    let summary = TrainingSummary(
      documentCount: set.count, featureCount: trained.vectorizer.featureCount,
      elementCount: set.features.storedCount, support: origin.support, search: fit.search, outOfFold: fit.outOfFold,
      reduction: trained.reduction, report: trained.report, warnings: fit.warnings + trained.report.warnings)
    return (model, summary)
  }
}

/// The version of the library.
public enum Release {
  /// The version, as in the change log.
  public static let version = "0.1.0"
}
