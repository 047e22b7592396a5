public import DatelineParallel

/// A classifier family that knows beforehand how much memory a training takes.
public protocol MemoryEstimatingPlugin: ClassifierPlugin {
  /// How many bytes a training takes at its peak, the set included. O(the set's elements).
  ///
  /// - Parameters:
  ///   - set: The documents.
  ///   - parameters: Those of the training; they may still be `auto`.
  ///   - workers: The threads.
  func memoryNeeded(for set: TrainingSet, parameters: Hyperparameters, workers: WorkerPool) -> Double
  /// Refuses a training that would take more memory than it may.
  ///
  /// - Parameter limit: The bytes that it may take.
  /// - Throws: ``DatelineError/Code/usage``, with what it would take and what to do.
  func checkMemory(
    for set: TrainingSet, parameters: Hyperparameters, workers: WorkerPool, limit: Int
  ) throws(DatelineError)
}
