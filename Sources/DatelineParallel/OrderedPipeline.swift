extension WorkerPool {
  /// Takes items from `next`, transforms them on all threads, and hands the results to `consume` in the order in which
  /// the items came.
  ///
  /// Work goes in rounds: a round takes up to `threadCount × itemsPerThread` items, transforms them in parallel, and
  /// hands them on. So memory is bounded by one round, whatever the length of the input. Both closures run on the
  /// calling thread.
  ///
  /// - Parameters:
  ///   - itemsPerThread: Items a thread gets in a round, on average; more evens out items of unequal cost.
  ///   - next: The next item, or `nil` at the end.
  ///   - transform: The work. It is called from several threads at once.
  ///   - consume: Takes the results in order.
  /// - Throws: What `next` or `consume` throws; nothing further is taken then.
  public func pipeline<Item: Sendable, Output: Sendable, Failure: Error>(
    itemsPerThread: Int = 4,
    next: () throws(Failure) -> Item?,
    transform: @Sendable (Item) -> Output,
    consume: (Output) throws(Failure) -> Void
  ) throws(Failure) {
    let round = threadCount * max(1, itemsPerThread)
    var ended = false
    while !ended {
      var items: [Item] = []
      items.reserveCapacity(round)
      while items.count < round {
        guard let item = try next() else {
          ended = true
          break
        }
        items.append(item)
      }
      let batch = items
      for output in map(batch.count, { transform(batch[$0]) }) { try consume(output) }
    }
  }
}
