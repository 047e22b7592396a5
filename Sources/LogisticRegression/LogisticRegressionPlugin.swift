public import DatelineCore
public import DatelineParallel

/// The classifier family `logistic-regression`: one convex problem with a unique optimum, solved to a stated tolerance.
///
/// Exclusive labels are learnt together (multinomial, or binary with one column for two labels), others each by itself
/// (one-vs-rest).
public struct LogisticRegressionPlugin: MemoryEstimatingPlugin {
  /// The family.
  public init() {}

  /// Name, version, parameters and capabilities.
  public var description: PluginDescription {
    PluginDescription(
      identifier: "logistic-regression", version: "1.0",
      summary: "Linear model with L2-regularised logistic loss, solved to its optimum.",
      parameters: LogisticRegressionParameters.schema, searchGrid: LogisticRegressionParameters.searchGrid,
      capabilities: [.multiLabel, .linear, .probabilistic])
  }

  /// Learns from documents.
  public func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    try set.checkValues(for: description.identifier)
    try checkMemory(
      for: set, parameters: parameters, workers: context.workers, limit: context.memoryLimit ?? MemorySize.physical)
    let trainer = LogisticRegressionTrainer(
      parameters: try LogisticRegressionParameters(parameters), context: context)
    return try trainer.train(set)
  }

  /// How many bytes a training takes at its peak, the set included.
  public func memoryNeeded(for set: TrainingSet, parameters: Hyperparameters, workers: WorkerPool) -> Double {
    MemoryNeed(set, parameters, threads: workers.threadCount).bytes
  }

  /// Refuses a training that would take more memory than it may.
  public func checkMemory(
    for set: TrainingSet, parameters: Hyperparameters, workers: WorkerPool, limit: Int
  ) throws(DatelineError) {
    try MemoryNeed.check(set, parameters, threads: workers.threadCount, limit: limit)
  }

  /// Brings a model back from its parts.
  public func load(_ payloads: Payloads, domain: Domain) throws(DatelineError) -> any Classifier {
    try LinearClassifier(payloads, domain: domain)
  }
}
