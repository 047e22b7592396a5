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

  /// The elements of one of several parts of about equal size.
  ///
  /// - Parameters:
  ///   - part: The number of the part, from 0.
  ///   - parts: How many parts there are; some are empty where there are fewer elements.
  ///   - count: How many elements there are.
  public static func part(_ part: Int, of parts: Int, count: Int) -> Range<Int> {
    part * count / parts..<(part + 1) * count / parts
  }

  /// The bounds of pieces of `size` elements; the last one may be shorter.
  public static func bounds(count: Int, size: Int) -> [Int] { Array(stride(from: 0, to: count, by: size)) + [count] }
}

extension WorkerPool {
  /// Writes to two arrays of one length in pieces, on all threads, and returns what each piece gives, in order.
  ///
  /// - Parameters:
  ///   - first: What is written to.
  ///   - second: What is written to as well.
  ///   - bounds: Where the pieces begin and end, as for ``modify(_:bounds:_:)``.
  ///   - body: Gets the number of a piece and its elements of both arrays.
  public func modify<Element: BitwiseCopyable & Sendable, Result: Sendable>(
    _ first: inout [Element], _ second: inout [Element], bounds: [Int],
    _ body: @Sendable (Int, inout MutableSpan<Element>, inout MutableSpan<Element>) -> Result
  ) -> [Result] {
    precondition(first.count == second.count, "arrays of one length")
    precondition(bounds.first ?? 0 == 0 && bounds.last ?? 0 == first.count, "the pieces must cover the arrays")
    return first.withUnsafeMutableBufferPointer { first in
      second.withUnsafeMutableBufferPointer { second in
        // Pieces do not overlap, so threads never write to one place.
        nonisolated(unsafe) let memory = (first, second)
        return map(max(0, bounds.count - 1)) { piece in
          let range = bounds[piece]..<bounds[piece + 1]
          var one = MutableSpan(_unsafeElements: memory.0[range])
          var other = MutableSpan(_unsafeElements: memory.1[range])
          return body(piece, &one, &other)
        }
      }
    }
  }
}
