public import DatelineCore
import DatelineVectors

/// The classifier family `naive-bayes`: one pass of counting, and a model that can learn on.
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
      capabilities: [.multiLabel, .nonNegativeOnly, .incremental, .linear])
  }

  /// Learns from documents.
  public func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    let trainer = NaiveBayesTrainer(parameters: try NaiveBayesParameters(parameters), workers: context.workers)
    return finish(try count(set, trainer), trainer, set)
  }

  /// Learns further documents.
  public func update(
    _ model: any Classifier, with set: TrainingSet, featureMap: [Int], labelMap: [Int], parameters: Hyperparameters,
    context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    guard let earlier = model as? NaiveBayesModel else {
      throw DatelineError(.usage, "only a naive Bayes model can learn on with naive Bayes")
    }
    let trainer = NaiveBayesTrainer(parameters: try NaiveBayesParameters(parameters), workers: context.workers)
    let counts = try count(set, trainer)
      .adding(try earlier.counts(), featureMap: featureMap, labelMap: labelMap)
    return finish(counts, trainer, set)
  }

  /// Brings a model back from its parts.
  public func load(_ payloads: Payloads, domain: Domain) throws(DatelineError) -> any Classifier {
    try NaiveBayesModel(payloads, domain: domain)
  }

  private func count(_ set: TrainingSet, _ trainer: NaiveBayesTrainer) throws(DatelineError) -> FeatureCounts {
    guard set.features.values.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
      throw DatelineError(.invalidData, "naive Bayes counts: feature values have to be finite and 0 or more")
    }
    return FeatureCounts(set, binarizes: trainer.parameters.countsPresence, workers: trainer.workers)
  }

  private func finish(
    _ counts: FeatureCounts, _ trainer: NaiveBayesTrainer, _ set: TrainingSet
  ) -> (model: any Classifier, report: TrainingReport) {
    let report = TrainingReport(figures: [
      ("alpha", .number(trainer.parameters.alpha)), ("documents_counted", .number(counts.documents)),
    ])
    return (trainer.model(counts, kind: set.domain.kind), report)
  }
}
