public import DatelineParallel

/// What a plugin is given besides data and parameters.
public struct TrainingContext: Sendable {
  /// The threads to use. Their number must not change the result.
  public var workers: WorkerPool
  /// The seed for anything random.
  public var seed: UInt64
  /// Told now and then how far the work is: a fraction from 0 to 1 and a few words. Return `false` to stop.
  public var progress: @Sendable (Double, String) -> Bool

  /// A context.
  public init(
    workers: WorkerPool, seed: UInt64 = 0,
    progress: @escaping @Sendable (Double, String) -> Bool = { _, _ in true }
  ) {
    self.workers = workers
    self.seed = seed
    self.progress = progress
  }
}
