import Glibc

/// Items that wait for a thread, and results that wait for their turn.
final class PipelineQueue<Item: Sendable, Output: Sendable>: @unchecked Sendable {
  // Unchecked: `mutex` guards every stored property below.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let itemsOrEnd = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let outputsCame = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  /// The items from ``first`` on wait; they are cleared away now and then.
  private var items: [(number: Int, item: Item)?] = []
  private var first = 0
  private var outputs: [Int: Output] = [:]
  private var isClosed = false

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(itemsOrEnd, nil)
    pthread_cond_init(outputsCame, nil)
  }

  deinit {
    pthread_cond_destroy(outputsCame)
    pthread_cond_destroy(itemsOrEnd)
    pthread_mutex_destroy(mutex)
    outputsCame.deallocate()
    itemsOrEnd.deallocate()
    mutex.deallocate()
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Adds an item for any thread.
  func add(_ item: Item, number: Int) {
    locked {
      items.append((number, item))
      pthread_cond_signal(itemsOrEnd)
    }
  }

  /// Nothing will be added any more, and what still waits need not be done.
  func close() {
    locked {
      isClosed = true
      items = []
      first = 0
      pthread_cond_broadcast(itemsOrEnd)
    }
  }

  /// The result of an item, if it is there; it is gone then.
  func takeOutput(_ number: Int) -> Output? { locked { outputs.removeValue(forKey: number) } }

  /// Waits until the result of an item is there.
  func waitForOutput(_ number: Int) {
    locked { while outputs[number] == nil { pthread_cond_wait(outputsCame, mutex) } }
  }

  /// Transforms items until the queue is closed.
  func serve(_ transform: (Item) -> Output) {
    while true {
      let taken = locked { () -> (number: Int, item: Item)? in
        while first == items.count, !isClosed { pthread_cond_wait(itemsOrEnd, mutex) }
        return isClosed ? nil : takeItem()
      }
      guard let taken else { return }
      finish(taken.number, transform(taken.item))
    }
  }

  /// Transforms one item, if one waits.
  func serveOne(_ transform: (Item) -> Output) -> Bool {
    guard let taken = locked({ takeItem() }) else { return false }
    finish(taken.number, transform(taken.item))
    return true
  }

  /// Called with `mutex` held.
  private func takeItem() -> (number: Int, item: Item)? {
    guard first < items.count, let taken = items[first] else { return nil }
    items[first] = nil
    first += 1
    if first == items.count {
      items.removeAll(keepingCapacity: true)
      first = 0
    }
    return taken
  }

  private func finish(_ number: Int, _ output: Output) {
    locked {
      outputs[number] = output
      pthread_cond_signal(outputsCame)
    }
  }
}
