public import DatelineCore
import DatelineVectors

/// The classifier family `naive-bayes`: one pass of counting, and a model that can learn on.
///
/// Memory grows with the pairs of a feature and a label that occur, not with features × labels: where there are many of
/// both, weights are sparse (`SparseLinearClassifier`).
public struct NaiveBayesPlugin: IncrementalClassifierPlugin {
  /// The family.
  public init() {}

  /// Name, version, parameters and capabilities.
  public var description: PluginDescription {
    PluginDescription(
      identifier: "naive-bayes", version: "1.0",
      summary: "Complement, multinomial or Bernoulli naive Bayes: counts terms, trains in one pass, learns on.",
      parameters: NaiveBayesParameters.schema, searchGrid: NaiveBayesParameters.searchGrid,
      vectorizerDefaults: ["min-df": .integer(1)],
      capabilities: [.multiLabel, .nonNegativeOnly, .incremental, .linear, .probabilistic])
  }

  /// Learns from documents.
  public func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    let trainer = NaiveBayesTrainer(parameters: try NaiveBayesParameters(parameters), workers: context.workers)
    return try finish(try count(set, trainer, context), trainer, set, context)
  }

  /// Learns further documents.
  public func update(
    _ model: any Classifier, with set: TrainingSet, featureMap: [Int], labelMap: [Int], parameters: Hyperparameters,
    context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    guard let earlier = model as? NaiveBayesModel else {
      throw DatelineError(.usage, "only a naive Bayes model can learn on with naive Bayes")
    }
    try check(featureMap, from: earlier.featureCount, to: set.features.columnCount, "features")
    try check(labelMap, from: earlier.labelCount, to: set.domain.count, "labels")
    let trainer = NaiveBayesTrainer(parameters: try NaiveBayesParameters(parameters), workers: context.workers)
    let counts = try count(set, trainer, context)
      .adding(try earlier.counts(), featureMap: featureMap, labelMap: labelMap)
    return try finish(counts, trainer, set, context)
  }

  /// A map that does not ascend would give the counts of one feature or label to another without a word.
  private func check(_ map: [Int], from old: Int, to new: Int, _ what: String) throws(DatelineError) {
    guard map.count == old, map.first ?? 0 >= 0, map.last ?? -1 < new, zip(map, map.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw DatelineError(
        .usage,
        "a map of \(map.count) \(what) for a model of \(old) and further documents of \(new): expected a number for each of the model's, ascending and below \(new)"
      )
    }
  }

  /// Brings a model back from its parts.
  public func load(_ payloads: Payloads, domain: Domain) throws(DatelineError) -> any Classifier {
    try NaiveBayesModel(payloads, domain: domain)
  }

  private func count(
    _ set: TrainingSet, _ trainer: NaiveBayesTrainer, _ context: TrainingContext
  ) throws(DatelineError) -> FeatureCounts {
    try context.report(0, "counting")
    try set.checkValues(for: description.identifier, nonNegative: true)
    return FeatureCounts(set, binarizes: trainer.parameters.countsPresence, workers: trainer.workers)
  }

  private func finish(
    _ counts: FeatureCounts, _ trainer: NaiveBayesTrainer, _ set: TrainingSet, _ context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    guard counts.isFinite else {
      throw DatelineError(
        .invalidData, "the counts add up to more than numbers can hold: give smaller document weights or feature values"
      )
    }
    try context.report(0.9, "smoothing")
    let form = trainer.form(for: counts, kind: set.domain.kind)
    if form == .dense { try checkMemory(counts, context) }
    let report = TrainingReport(figures: [
      ("alpha", .number(trainer.parameters.alpha)), ("documents_counted", .number(counts.documents)),
    ])
    return (trainer.model(counts, kind: set.domain.kind, form: form), report)
  }

  private func checkMemory(_ counts: FeatureCounts, _ context: TrainingContext) throws(DatelineError) {
    let limit = context.memoryLimit ?? MemorySize.physical
    let needed = NaiveBayesTrainer.bytesOfDenseWeights(counts)
    guard needed > Double(limit) else { return }
    throw DatelineError(
      .usage,
      "\(counts.featureCount) features × \(counts.labelCount) labels, most of which go together, would take \(MemorySize.describe(needed)) of memory, and there are \(MemorySize.describe(Double(limit))): fewer features do with less (--set min-df=5, or --set vocabulary=hashed --set hash-bits=18), or give more with --max-memory"
    )
  }
}
