import DatelineOptimization
import DatelineParallel
import DatelineVectors

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
    columnBounds = data.columnPieces.map { $0 * stride }
    scaled = [Double](repeating: 0, count: data.columns.rowCount * stride)
    scaledDirection = [Float](repeating: 0, count: scaled.count)
    margins = [Double](repeating: 0, count: data.rows.rowCount * stride)
    probabilities = margins
    residuals = margins
    directionMargins = [Float](repeating: 0, count: margins.count)
    curvatures = directionMargins
  }

  /// The number of weights, padding included and constants left out.
  var weightCount: Int { scaled.count }

  var dimension: Int { weightCount + stride }

  // MARK: Value and gradient

  mutating func evaluate(_ point: [Double], gradient: inout [Double]) -> Double {
    let (data, link, strengths, stride) = (data, link, strengths, stride)
    scale(point, into: &scaled)
    let weights = scaled
    workers.modify(&margins, bounds: rowBounds) { piece, margins in
      let rows = data.rowPieces[piece]..<data.rowPieces[piece + 1]
      SparseProduct.multiply(data.rows, rows, weights.span, stride: stride, into: &margins)
      for index in margins.indices { margins[index] += point[weights.count + index % stride] }
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
    sweepColumns(residuals, squaringValues: false, into: &gradient)
    finish(&gradient, adding: point, constants: columnSums(residuals))
    return 0.5 * penalty(point) + losses.reduce(0, +)
  }

  /// The bound below the minimum that the last evaluation proves, by Fenchel duality: −½‖R∘Xᵀr‖² + Σᵢ cᵢ·H(pᵢ) with
  /// the residuals r = c(p − y) as dual variables and H the entropy. It holds for the weights given the constants; the
  /// constants' own gradient is part of the gradient norm.
  func dualValue(point: [Double], gradient: [Double]) -> Double {
    let squares = (0..<weightCount).reduce(0.0) {
      let loss = gradient[$1] - point[$1]
      return $0 + loss * loss
    }
    let entropy = (0..<data.rows.rowCount).reduce(0.0) {
      $0 + strengths[$1] * link.entropy(probabilities.span, row: $1)
    }
    return -0.5 * squares + entropy
  }

  // MARK: Second derivatives

  mutating func hessianProduct(_ direction: [Double], into product: inout [Double]) {
    let (data, link, strengths, stride) = (data, link, strengths, stride)
    let (scale, probabilities) = (scale, probabilities)
    ChunkedUpdate(workers).run(&scaledDirection) { index, _ in
      Float(direction[index]) * (scale.map { $0[index] } ?? 1)
    }
    let weights = scaledDirection
    workers.modify(&directionMargins, bounds: rowBounds) { piece, margins in
      let rows = data.rowPieces[piece]..<data.rowPieces[piece + 1]
      SparseProduct.multiply(data.rows, rows, weights.span, stride: stride, into: &margins)
      for index in margins.indices { margins[index] += Float(direction[weights.count + index % stride]) }
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
    // The scaled direction is no longer needed: its memory takes the sums.
    workers.modify(&scaledDirection, bounds: columnBounds) { piece, sums in
      let features = data.columnPieces[piece]..<data.columnPieces[piece + 1]
      SparseProduct.multiply(data.columns, features, curvatures.span, stride: stride, into: &sums)
    }
    let sums = scaledDirection
    let constants = columnSums(curvatures)
    ChunkedUpdate(workers).run(&product) { index, _ in
      if index >= sums.count { return constants[index - sums.count] }
      return Double(sums[index] * (scale.map { $0[index] } ?? 1)) + direction[index]
    }
  }

  mutating func hessianDiagonal(into diagonal: inout [Double]) {
    let (data, strengths, stride, scale, probabilities) = (data, strengths, stride, scale, probabilities)
    workers.modify(&residuals, bounds: rowBounds) { piece, residuals in
      let first = data.rowPieces[piece]
      for row in first..<data.rowPieces[piece + 1] {
        for column in 0..<stride {
          let probability = probabilities[row * stride + column]
          residuals[(row - first) * stride + column] = strengths[row] * probability * (1 - probability)
        }
      }
    }
    sweepColumns(residuals, squaringValues: true, into: &diagonal)
    let constants = columnSums(residuals)
    let weights = weightCount
    ChunkedUpdate(workers).run(&diagonal) { index, value in
      // A constant that nothing depends on any more still needs a positive diagonal.
      if index >= weights { return max(constants[index - weights], 1e-12) }
      let factor = scale.map { Double($0[index]) } ?? 1
      return value * factor * factor + 1
    }
  }

  // MARK: Parts

  private func scale(_ point: [Double], into scaled: inout [Double]) {
    let scale = scale
    ChunkedUpdate(workers).run(&scaled) { index, _ in point[index] * (scale.map { Double($0[index]) } ?? 1) }
  }

  private func penalty(_ point: [Double]) -> Double {
    let bounds = WorkerPool.bounds(count: weightCount, size: 1 << 15)
    return workers.map(bounds.count - 1) { piece in
      let part = point.span.extracting(bounds[piece]..<bounds[piece + 1])
      return BLAS.dot(part, part)
    }.reduce(0, +)
  }

  private func sweepColumns(_ residuals: [Double], squaringValues: Bool, into result: inout [Double]) {
    let (data, stride) = (data, stride)
    // The constants stand behind the weights; their piece is left alone here.
    workers.modify(&result, bounds: columnBounds + [result.count]) { piece, result in
      guard piece + 1 < data.columnPieces.count else { return }
      let features = data.columnPieces[piece]..<data.columnPieces[piece + 1]
      SparseProduct.multiply(
        data.columns, features, residuals.span, stride: stride, squaringValues: squaringValues, into: &result)
    }
  }

  /// gradient ← R∘gradient + point for the weights, and the sums of the residuals for the constants.
  private func finish(_ gradient: inout [Double], adding point: [Double], constants: [Double]) {
    let (scale, weights) = (scale, weightCount)
    ChunkedUpdate(workers).run(&gradient) { index, value in
      if index >= weights { return constants[index - weights] }
      return value * (scale.map { Double($0[index]) } ?? 1) + point[index]
    }
  }

  private func columnSums(_ numbers: [some BinaryFloatingPoint & BitwiseCopyable & Sendable]) -> [Double] {
    let (pieces, bounds, stride) = (data.rowPieces, rowBounds, stride)
    let parts = workers.map(pieces.count - 1) { piece in
      var sums = [Double](repeating: 0, count: stride)
      for index in bounds[piece]..<bounds[piece + 1] { sums[index % stride] += Double(numbers[index]) }
      return sums
    }
    return parts.reduce(into: [Double](repeating: 0, count: stride)) { total, part in
      for column in total.indices { total[column] += part[column] }
    }
  }
}

/// Element-wise work on a long vector, in fixed pieces on all threads.
struct ChunkedUpdate {
  private let workers: WorkerPool

  init(_ workers: WorkerPool) { self.workers = workers }

  @inline(__always)
  func run<Element: BitwiseCopyable & Sendable>(_ array: inout [Element], _ body: @Sendable (Int, Element) -> Element) {
    let bounds = WorkerPool.bounds(count: array.count, size: 1 << 15)
    workers.modify(&array, bounds: bounds) { piece, elements in
      let first = bounds[piece]
      for index in elements.indices { elements[index] = body(first + index, elements[index]) }
    }
  }
}
