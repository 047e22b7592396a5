import DatelineParallel

/// The vectors of the conjugate gradient method for H·s = −g with a diagonal preconditioner; Nocedal & Wright, algorithm
/// 5.3. They are long, so each step passes over them twice and no more.
struct ConjugateGradients {
  /// The solution so far.
  private(set) var step: [Float]
  /// The direction whose product with H is wanted.
  private(set) var direction: [Float]
  /// Receives H·direction.
  var product: [Float]
  /// The squared norm of the residual, in the norm of the preconditioner.
  private(set) var energy: Double

  private var residual: [Float]
  private let diagonal: [Float]
  private let vectors: ChunkedVectors

  init(gradient: [Double], diagonal: [Float], vectors: ChunkedVectors) {
    self.diagonal = diagonal
    self.vectors = vectors
    step = [Float](repeating: 0, count: gradient.count)
    product = step
    residual = gradient.map { Float(-$0) }
    direction = zip(residual, diagonal).map { $0 / $1 }
    energy = vectors.dot(residual, direction)
  }

  /// One step, once ``product`` is there.
  ///
  /// - Returns: `false` when the direction has no curvature left, which only rounding can bring about.
  mutating func advance() -> Bool {
    let curvature = vectors.dot(direction, product)
    guard curvature > 0, curvature.isFinite else { return false }
    let (bounds, workers) = (vectors.bounds, vectors.workers)
    let (direction, product, diagonal) = (direction, product, diagonal)
    let length = Float(energy / curvature)
    let energies = workers.modify(&step, &residual, bounds: bounds) { piece, step, residual in
      let first = bounds[piece]
      var sum = 0.0
      direction.withUnsafeBufferPointer { direction in
        product.withUnsafeBufferPointer { product in
          diagonal.withUnsafeBufferPointer { diagonal in
            for index in step.indices {
              step[index] += length * direction[first &+ index]
              let rest = residual[index] - length * product[first &+ index]
              residual[index] = rest
              sum += Double(rest) * Double(rest / diagonal[first &+ index])
            }
          }
        }
      }
      return sum
    }
    let next = energies.reduce(0, +)
    turn(ratio: Float(next / energy))
    energy = next
    return true
  }

  /// direction ← residual / diagonal + ratio · direction
  private mutating func turn(ratio: Float) {
    let (bounds, residual, diagonal) = (vectors.bounds, residual, diagonal)
    vectors.workers.modify(&direction, bounds: bounds) { piece, direction in
      let first = bounds[piece]
      residual.withUnsafeBufferPointer { residual in
        diagonal.withUnsafeBufferPointer { diagonal in
          for index in direction.indices {
            direction[index] = residual[first &+ index] / diagonal[first &+ index] + ratio * direction[index]
          }
        }
      }
    }
  }
}
