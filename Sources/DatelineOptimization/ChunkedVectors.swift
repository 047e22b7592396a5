import DatelineParallel
import DatelineVectors

/// Long dense vectors on several threads, in fixed pieces whose sums are added in order, so that the number of threads
/// cannot change a bit.
struct ChunkedVectors {
  let workers: WorkerPool
  let bounds: [Int]

  init(count: Int, workers: WorkerPool) {
    self.workers = workers
    bounds = WorkerPool.bounds(count: count, size: 1 << 15)
  }

  func norm(_ x: [Double]) -> Double {
    let bounds = bounds
    return workers.map(bounds.count - 1) { piece in
      let part = x.span.extracting(bounds[piece]..<bounds[piece + 1])
      return BLAS.dot(part, part)
    }.reduce(0, +).squareRoot()
  }

  /// The inner product of two vectors, summed in double precision.
  func dot<Left: BinaryFloatingPoint & Sendable, Right: BinaryFloatingPoint & Sendable>(
    _ x: [Left], _ y: [Right]
  ) -> Double {
    let bounds = bounds
    return workers.map(bounds.count - 1) { piece in
      x.withUnsafeBufferPointer { x in
        y.withUnsafeBufferPointer { y in
          var sum = 0.0
          for index in bounds[piece]..<bounds[piece + 1] { sum += Double(x[index]) * Double(y[index]) }
          return sum
        }
      }
    }.reduce(0, +)
  }

  /// start + length · step.
  func moved(_ start: [Double], by length: Double, _ step: [Float]) -> [Double] {
    var result = start
    let bounds = bounds
    workers.modify(&result, bounds: bounds) { piece, result in
      step.withUnsafeBufferPointer { step in
        result.withUnsafeMutableBufferPointer { result in
          let first = bounds[piece]
          for index in result.indices { result[index] += length * Double(step[first &+ index]) }
        }
      }
    }
    return result
  }
}
