import DatelineParallel

/// Element-wise work on long vectors, in fixed pieces on all threads.
///
/// Scales are by weight; a vector that also holds constants is longer, and what is behind the weights is left alone.
enum Elementwise {
  private static let pieceSize = 1 << 15

  /// result ← x ∘ scale
  static func product<Scalar: BinaryFloatingPoint & BitwiseCopyable & Sendable>(
    _ x: [Scalar], _ scale: [Float], into result: inout [Scalar], _ workers: WorkerPool
  ) {
    update(&result, scale, count: result.count, workers) { index, _, scale in x[index] * Scalar(scale) }
  }

  /// y ← y ∘ scale + x; `nil` scales are ones.
  static func scaleAndAdd<Scalar: BinaryFloatingPoint & BitwiseCopyable & Sendable>(
    _ y: inout [Scalar], _ scale: [Float]?, _ x: [Scalar], count: Int, _ workers: WorkerPool
  ) {
    update(&y, scale, count: count, workers) { index, value, scale in value * Scalar(scale) + x[index] }
  }

  /// y ← y ∘ scale² + 1; `nil` scales are ones.
  static func scaleSquaredAndAddOne(_ y: inout [Float], _ scale: [Float]?, count: Int, _ workers: WorkerPool) {
    update(&y, scale, count: count, workers) { _, value, scale in value * scale * scale + 1 }
  }

  @inline(__always)
  static func update<Scalar: BinaryFloatingPoint & BitwiseCopyable & Sendable>(
    _ y: inout [Scalar], _ scale: [Float]?, count: Int, _ workers: WorkerPool,
    _ body: @Sendable (Int, Scalar, Float) -> Scalar
  ) {
    let bounds = WorkerPool.bounds(count: count, size: pieceSize) + (count < y.count ? [y.count] : [])
    workers.modify(&y, bounds: bounds) { piece, y in
      let first = bounds[piece]
      guard first < count else { return }
      y.withUnsafeMutableBufferPointer { y in
        guard let scale else {
          for index in y.indices { y[index] = body(first &+ index, y[index], 1) }
          return
        }
        scale.withUnsafeBufferPointer { scale in
          for index in y.indices { y[index] = body(first &+ index, y[index], scale[first &+ index]) }
        }
      }
    }
  }
}
