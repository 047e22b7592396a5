public import DatelineParallel

/// What a plugin is given besides data and parameters.
public struct TrainingContext: Sendable {
  /// The threads to use. Their number must not change the result.
  public var workers: WorkerPool
  /// The seed for anything random.
  public var seed: UInt64
  /// How many bytes of memory the training may take besides what is in memory already, if somebody set a limit: then a
  /// family takes no more, or refuses before it begins and says what it would need. Without a limit the machine's memory
  /// (``MemorySize/physical``) is one.
  public var memoryLimit: Int?
  /// Told now and then how far the work is: a fraction from 0 to 1 and a few words. Return `false` to stop.
  public var progress: @Sendable (Double, String) -> Bool

  /// A context.
  public init(
    workers: WorkerPool, seed: UInt64 = 0, memoryLimit: Int? = nil,
    progress: @escaping @Sendable (Double, String) -> Bool = { _, _ in true }
  ) {
    self.workers = workers
    self.seed = seed
    self.memoryLimit = memoryLimit
    self.progress = progress
  }

  /// Tells how far the work is.
  ///
  /// - Throws: ``DatelineError/Code/cancelled`` when it is to stop.
  public func report(_ fraction: Double, _ words: String) throws(DatelineError) {
    if !progress(fraction, words) { throw DatelineError(.cancelled, "the training was stopped") }
  }
}
