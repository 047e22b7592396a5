public import DatelineCore
public import DatelineParallel
import DatelineVectors

extension NaiveBayesPlugin: MemoryEstimatingPlugin {
  /// How many bytes a training takes at its peak: the sums by feature and label while they are put together, or those
  /// and the weights while they become a model and its file.
  public func memoryNeeded(for set: TrainingSet, parameters: Hyperparameters, workers: WorkerPool) -> Double {
    let features = Double(set.features.columnCount)
    let labels = Double(set.domain.count)
    let labelsOfDocument = Double(set.targets.indices.count) / Double(max(1, set.count))
    let cells = min(features * labels, Double(set.features.storedCount) * labelsOfDocument)
    let isDense =
      NaiveBayesTrainer.form(
        features: set.features.columnCount, labels: set.domain.count, cells: Int(cells), groups: 0) == .dense
    let counting = 24 * cells + 40 * features
    let modelling = 24 * cells + 48 * features + (isDense ? 12 * features * labels : 12 * cells)
    return max(counting, modelling)
  }

  /// Refuses a training that would take more memory than it may.
  public func checkMemory(
    for set: TrainingSet, parameters: Hyperparameters, workers: WorkerPool, limit: Int
  ) throws(DatelineError) {
    let needed = memoryNeeded(for: set, parameters: parameters, workers: workers)
    guard needed > Double(limit) else { return }
    throw DatelineError(
      .usage,
      "naive Bayes would take \(MemorySize.describe(needed)) of memory for \(set.features.columnCount) features and \(set.domain.count) labels, and there are \(MemorySize.describe(Double(limit))): take fewer features (--set min-df=5, or --set vocabulary=hashed), or give more with --max-memory"
    )
  }
}
