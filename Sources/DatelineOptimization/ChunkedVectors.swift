import DatelineParallel
import DatelineVectors

/// Long dense vectors on several threads: BLAS on fixed pieces, and sums over pieces in their order, so that the
/// number of threads cannot change a bit.
struct ChunkedVectors {
  let workers: WorkerPool
  private let bounds: [Int]

  init(count: Int, workers: WorkerPool) {
    self.workers = workers
    bounds = WorkerPool.bounds(count: count, size: 1 << 15)
  }

  func dot(_ x: [Double], _ y: [Double]) -> Double {
    let bounds = bounds
    let parts = workers.map(bounds.count - 1) { piece in
      let range = bounds[piece]..<bounds[piece + 1]
      return BLAS.dot(x.span.extracting(range), y.span.extracting(range))
    }
    return parts.reduce(0, +)
  }

  func axpy(_ alpha: Double, _ x: [Double], _ y: inout [Double]) {
    let bounds = bounds
    workers.modify(&y, bounds: bounds) { piece, y in
      BLAS.axpy(alpha, x.span.extracting(bounds[piece]..<bounds[piece + 1]), &y)
    }
  }

  /// y[i] ← body(i, y[i]).
  func update(_ y: inout [Double], _ body: @Sendable (Int, Double) -> Double) {
    let bounds = bounds
    workers.modify(&y, bounds: bounds) { piece, y in
      let first = bounds[piece]
      for index in y.indices { y[index] = body(first + index, y[index]) }
    }
  }
}
