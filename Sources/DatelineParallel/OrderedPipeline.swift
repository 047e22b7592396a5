extension WorkerPool {
  /// Takes items from `next`, transforms them on all threads, and hands the results to `consume` in the order in which
  /// the items came.
  ///
  /// `next` and `consume` run on the calling thread, which transforms as well when there is neither an item to take nor
  /// a result to hand on. Memory is bounded: at most `threadCount × itemsPerThread` items have been taken and not handed
  /// on.
  ///
  /// - Parameters:
  ///   - itemsPerThread: Items that may be under way for each thread; more evens out items of unequal cost.
  ///   - next: The next item, or `nil` at the end.
  ///   - transform: The work. It is called from several threads at once.
  ///   - consume: Takes the results in order.
  /// - Throws: What `next` or `consume` throws; nothing further is taken then. What comes before an item that could not
  ///   be taken is handed on first.
  public func pipeline<Item: Sendable, Output: Sendable, Failure: Error>(
    itemsPerThread: Int = 4,
    next: () throws(Failure) -> Item?,
    transform: @Sendable (Item) -> Output,
    consume: (Output) throws(Failure) -> Void
  ) throws(Failure) {
    // Threads are started and woken where there are several items to share, and not for a single one.
    var ahead: [Item] = []
    if threadCount > 1 {
      do throws(Failure) {
        while ahead.count < 2, let item = try next() { ahead.append(item) }
      } catch {
        for item in ahead { try consume(transform(item)) }
        throw error
      }
      if ahead.count < 2 {
        for item in ahead { try consume(transform(item)) }
        return
      }
      ahead.reverse()
    }
    // Alone, one item after the other: its bytes are still in the cache.
    let limit = threadCount == 1 ? 1 : threadCount * max(1, itemsPerThread)
    let queue = PipelineQueue<Item, Output>()
    var failure: Failure?
    whileHelping({ queue.serve(transform) }) {
      var taken = 0
      var consumed = 0
      var ended = false
      do throws(Failure) {
        while !ended || consumed < taken {
          if let output = queue.takeOutput(consumed) {
            consumed += 1
            try consume(output)
          } else if !ended, taken - consumed < limit {
            do throws(Failure) {
              var item = ahead.popLast()
              if item == nil { item = try next() }
              guard let item else {
                ended = true
                continue
              }
              queue.add(item, number: taken)
              taken += 1
            } catch {
              failure = error
              ended = true
            }
          } else if !queue.serveOne(transform) {
            queue.waitForOutput(consumed)
          }
        }
      } catch {
        failure = error
      }
      queue.close()
    }
    if let failure { throw failure }
  }
}
