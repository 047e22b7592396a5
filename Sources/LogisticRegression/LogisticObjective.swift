import DatelineOptimization
import DatelineParallel
import DatelineVectors
import Glibc

/// The L2-regularised logistic loss of a linear model, as a function of its weights and constants:
///
///     f(V, b) = ½‖V‖² + Σᵢ cᵢ · loss(yᵢ, (R∘V)ᵀxᵢ + b)
///
/// R scales the prior of each weight (all ones without it), cᵢ is the strength C times the weight of document i. The
/// constants are not penalised. Variables are V, row after row of one feature, and then b; a row has ``stride`` of them,
/// and those behind the last column stay zero.
///
/// One evaluation or Hessian product is one sweep over the rows and one over the columns. Both are cut into fixed
/// pieces, so threads cannot change a sum. Evaluations are in double precision. Hessian products only have to point
/// the way: they read and add floats, which halves the memory that has to come to the processor.
struct LogisticObjective: SmoothObjective {
  let data: SweepData
  let link: Link
  /// cᵢ.
  let strengths: [Double]
  /// R by features × stride; `nil` for ones.
  let scale: [Float]?
  let workers: WorkerPool
  /// The numbers a row of weights or margins has: the columns, and padding.
  let stride: Int

  /// Features × documents.
  private let columns: CSRMatrix
  private let columnPieces: [Int]
  private let rowBounds: [Int]
  private let columnBounds: [Int]
  private var scaled: [Double]
  private var scaledDirection: [Float]
  private var margins: [Double]
  private var directionMargins: [Float]
  private var probabilities: [Double]
  private var residuals: [Double]
  private var curvatures: [Float]

  init(data: SweepData, link: Link, strengths: [Double], scale: [Float]?, workers: WorkerPool) {
    self.data = data
    self.link = link
    self.strengths = strengths
    self.scale = scale
    self.workers = workers
    let stride = link.stride
    self.stride = stride
    rowBounds = data.rowPieces.map { $0 * stride }
    columns = data.rows.transposed()
    columnPieces = SweepData.pieces(columns)
    columnBounds = columnPieces.map { $0 * stride }
    scaled = [Double](repeating: 0, count: columns.rowCount * stride)
    scaledDirection = [Float](repeating: 0, count: scaled.count)
    margins = [Double](repeating: 0, count: data.rows.rowCount * stride)
    probabilities = margins
    residuals = margins
    directionMargins = [Float](repeating: 0, count: margins.count)
    curvatures = directionMargins
  }

  /// About how many bytes of memory an objective and its optimiser take.
  static func memory(of data: SweepData, columns: Int) -> Int {
    let stride = SparseProduct.stride(columns: columns)
    // The transpose; three numbers a margin in double precision and two in single; a dozen vectors of weights.
    return 8 * data.rows.storedCount + 32 * data.rows.rowCount * stride + 96 * data.features.count * stride
  }

  /// The number of weights, padding included and constants left out.
  var weightCount: Int { scaled.count }

  var dimension: Int { weightCount + stride }

  /// The weights at a point, scale included, by place × stride.
  func weights(at point: [Double]) -> [Float] {
    (0..<weightCount).map { Float(point[$0] * Double(scale?[$0] ?? 1)) }
  }

  /// The point of given weights, scale included, and constants; zeros where none are given.
  func point(weights: [Float], constants: [Double]) -> [Double] {
    var point = [Double](repeating: 0, count: dimension)
    for place in weights.indices { point[place] = Double(weights[place]) / Double(scale?[place] ?? 1) }
    for column in constants.indices { point[weightCount + column] = constants[column] }
    return point
  }

  // MARK: Value and gradient

  mutating func evaluate(_ point: [Double], gradient: inout [Double]) -> Double {
    let (data, link, strengths, stride) = (data, link, strengths, stride)
    let constants = Array(point[weightCount...])
    if let scale { Elementwise.product(point, scale, into: &scaled, workers) }
    let weights = scale == nil ? Array(point[..<weightCount]) : scaled
    workers.modify(&margins, bounds: rowBounds) { piece, margins in
      let rows = data.rowPieces[piece]..<data.rowPieces[piece + 1]
      SparseProduct.multiply(data.rows, rows, weights.span, stride: stride, into: &margins)
      LogisticObjective.add(constants, to: &margins)
    }
    let margins = margins
    workers.modify(&probabilities, bounds: rowBounds) { piece, probabilities in
      let first = data.rowPieces[piece]
      for row in first..<data.rowPieces[piece + 1] {
        link.probabilities(margins.span, row: row, into: &probabilities, at: (row - first) * stride)
      }
    }
    let probabilities = probabilities
    workers.modify(&residuals, bounds: rowBounds) { piece, residuals in
      let first = data.rowPieces[piece]
      for row in first..<data.rowPieces[piece + 1] {
        link.residuals(
          probabilities.span, row: row, strength: strengths[row], into: &residuals, at: (row - first) * stride)
      }
    }
    let losses = workers.map(data.rowPieces.count - 1) { piece in
      (data.rowPieces[piece]..<data.rowPieces[piece + 1]).reduce(0) {
        $0 + strengths[$1] * link.loss(margins.span, row: $1)
      }
    }
    let found = residuals
    let sums = columnSums { found[$1] }
    sweepColumns(found, into: &gradient)
    Elementwise.scaleAndAdd(&gradient, scale, point, count: weightCount, workers)
    for column in 0..<stride { gradient[weightCount + column] = sums[column] }
    return 0.5 * squaredNorm(ofWeightsIn: point) + losses.reduce(0, +)
  }

  /// The objective at a point, and a bound below its minimum: the dual −½‖R∘Xᵀr‖² + Σᵢ cᵢ·H(pᵢ) with residuals
  /// r = c(p − y), for probabilities that are tilted until Σᵢ rᵢ = 0. That makes it a bound for all constants, too.
  mutating func certificate(at point: [Double]) -> (objective: Double, dual: Double) {
    var gradient = [Double](repeating: 0, count: dimension)
    let value = evaluate(point, gradient: &gradient)
    link.balance(&probabilities, strengths: strengths)
    var residuals = residuals
    var entropy = 0.0
    for row in strengths.indices {
      var span = residuals.mutableSpan
      link.residuals(probabilities.span, row: row, strength: strengths[row], into: &span, at: row * stride)
      entropy += strengths[row] * link.entropy(probabilities.span, row: row)
    }
    sweepColumns(residuals, into: &gradient)
    if let scale { for place in 0..<weightCount { gradient[place] *= Double(scale[place]) } }
    return (value, entropy - 0.5 * squaredNorm(ofWeightsIn: gradient))
  }

  /// ½‖∇ᵥf‖², which is the duality gap for these constants, and what better constants could gain if the weights stayed
  /// as they are, to second order. ``certificate(at:)`` has the whole gap.
  func gap(value: Double, gradient: [Double]) -> Double {
    let (strengths, probabilities) = (strengths, probabilities)
    let curvatures = columnSums { strengths[$0] * probabilities[$1] * (1 - probabilities[$1]) }
    var gain = 0.0
    for column in 0..<stride {
      let slope = gradient[weightCount + column]
      if slope != 0 { gain += slope * slope / (2 * max(curvatures[column], .leastNormalMagnitude)) }
    }
    return 0.5 * squaredNorm(ofWeightsIn: gradient) + gain
  }

  // MARK: Second derivatives

  mutating func hessianProduct(_ direction: [Float], into product: inout [Float]) {
    let (data, link, strengths, stride, probabilities) = (data, link, strengths, stride, probabilities)
    let constants = Array(direction[weightCount...])
    if let scale { Elementwise.product(direction, scale, into: &scaledDirection, workers) }
    let weights = scale == nil ? Array(direction[..<weightCount]) : scaledDirection
    workers.modify(&directionMargins, bounds: rowBounds) { piece, margins in
      let rows = data.rowPieces[piece]..<data.rowPieces[piece + 1]
      SparseProduct.multiply(data.rows, rows, weights.span, stride: stride, into: &margins)
      LogisticObjective.add(constants, to: &margins)
    }
    let margins = directionMargins
    workers.modify(&curvatures, bounds: rowBounds) { piece, curvatures in
      let first = data.rowPieces[piece]
      for row in first..<data.rowPieces[piece + 1] {
        link.curvature(
          probabilities.span, margins.span, row: row, strength: strengths[row], into: &curvatures,
          at: (row - first) * stride)
      }
    }
    let curvatures = curvatures
    let sums = columnSums { Double(curvatures[$1]) }
    sweepColumns(curvatures, into: &product)
    Elementwise.scaleAndAdd(&product, scale, direction, count: weightCount, workers)
    for column in 0..<stride { product[weightCount + column] = Float(sums[column]) }
  }

  mutating func hessianDiagonal(into diagonal: inout [Float]) {
    let (data, strengths, stride, probabilities) = (data, strengths, stride, probabilities)
    workers.modify(&curvatures, bounds: rowBounds) { piece, curvatures in
      let first = data.rowPieces[piece]
      for row in first..<data.rowPieces[piece + 1] {
        for column in 0..<stride {
          let probability = probabilities[row * stride + column]
          curvatures[(row - first) * stride + column] = Float(strengths[row] * probability * (1 - probability))
        }
      }
    }
    let curvatures = curvatures
    let sums = columnSums { Double(curvatures[$1]) }
    sweepColumns(curvatures, squaringValues: true, into: &diagonal)
    Elementwise.scaleSquaredAndAddOne(&diagonal, scale, count: weightCount, workers)
    // A constant that nothing depends on any more still needs a positive diagonal.
    for column in 0..<stride { diagonal[weightCount + column] = Float(max(sums[column], 1e-12)) }
  }

  // MARK: Parts

  private func squaredNorm(ofWeightsIn point: [Double]) -> Double {
    let bounds = WorkerPool.bounds(count: weightCount, size: 1 << 15)
    return workers.map(bounds.count - 1) { piece in
      let part = point.span.extracting(bounds[piece]..<bounds[piece + 1])
      return BLAS.dot(part, part)
    }.reduce(0, +)
  }

  /// result ← Xᵀ·numbers for the weights; the constants behind them are left alone.
  private func sweepColumns<Scalar: BinaryFloatingPoint & SIMDScalar & BitwiseCopyable & Sendable>(
    _ numbers: [Scalar], squaringValues: Bool = false, into result: inout [Scalar]
  ) {
    let (columns, pieces, stride) = (columns, columnPieces, stride)
    workers.modify(&result, bounds: columnBounds + [result.count]) { piece, result in
      guard piece + 1 < pieces.count else { return }
      let features = pieces[piece]..<pieces[piece + 1]
      SparseProduct.multiply(
        columns, features, numbers.span, stride: stride, squaringValues: squaringValues, into: &result)
    }
  }

  private static func add<Scalar: BinaryFloatingPoint>(_ constants: [Scalar], to margins: inout MutableSpan<Scalar>) {
    var column = 0
    for index in margins.indices {
      margins[index] += constants[column]
      column = column + 1 == constants.count ? 0 : column + 1
    }
  }

  /// The sums by column over all rows; `term` is given the row and the place of the number.
  @inline(__always)
  private func columnSums(_ term: @Sendable (_ row: Int, _ place: Int) -> Double) -> [Double] {
    let (pieces, stride) = (data.rowPieces, stride)
    let parts = workers.map(pieces.count - 1) { piece in
      var sums = [Double](repeating: 0, count: stride)
      for row in pieces[piece]..<pieces[piece + 1] {
        for column in 0..<stride { sums[column] += term(row, row * stride + column) }
      }
      return sums
    }
    return parts.reduce(into: [Double](repeating: 0, count: stride)) { total, part in
      for column in total.indices { total[column] += part[column] }
    }
  }
}
