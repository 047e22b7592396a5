extension WorkerPool {
  /// Writes to an array in pieces, on all threads.
  ///
  /// - Parameters:
  ///   - array: What is written to.
  ///   - bounds: Where the pieces begin and end: ascending, from 0 to the array's length. They must depend on the data
  ///     alone, so that the number of threads cannot change a result.
  ///   - body: Gets the number of a piece and its elements.
  public func modify<Element: BitwiseCopyable & Sendable>(
    _ array: inout [Element], bounds: [Int], _ body: @Sendable (Int, inout MutableSpan<Element>) -> Void
  ) {
    precondition(bounds.first ?? 0 == 0 && bounds.last ?? 0 == array.count, "the pieces must cover the array")
    array.withUnsafeMutableBufferPointer { buffer in
      // Pieces do not overlap, so threads never write to one place.
      nonisolated(unsafe) let memory = buffer
      forEach(max(0, bounds.count - 1)) { piece in
        var span = MutableSpan(_unsafeElements: memory[bounds[piece]..<bounds[piece + 1]])
        body(piece, &span)
      }
    }
  }

  /// The bounds of pieces of `size` elements; the last one may be shorter.
  public static func bounds(count: Int, size: Int) -> [Int] { Array(stride(from: 0, to: count, by: size)) + [count] }
}
