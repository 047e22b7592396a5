public import DatelineParallel
public import DatelineVectors

extension SharedBuffer {
  /// A buffer that is filled in pieces, on all threads.
  ///
  /// - Parameters:
  ///   - workers: The threads.
  ///   - bounds: Where the pieces begin and end: ascending, from 0 to the buffer's length.
  ///   - body: Gets the number of a piece and its elements, all of which it sets.
  public init(
    workers: WorkerPool, bounds: [Int], _ body: @Sendable (Int, inout MutableSpan<Element>) -> Void
  ) {
    self.init(count: bounds.last ?? 0) { buffer in
      // Pieces do not overlap, so threads never write to one place.
      nonisolated(unsafe) let memory = buffer
      workers.forEach(max(0, bounds.count - 1)) { piece in
        var span = MutableSpan(_unsafeElements: memory[bounds[piece]..<bounds[piece + 1]])
        body(piece, &span)
      }
    }
  }
}
