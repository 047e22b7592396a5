import DatelineCore
import DatelineOptimization
import DatelineParallel
import DatelineVectors
import Glibc

/// The L2-regularised logistic loss of a linear model, as a function of its weights and constants:
///
///     f(V, b) = ½‖V‖² + Σᵢ cᵢ · loss(yᵢ, (R∘V)ᵀxᵢ + b)
///
/// R scales the prior of each weight (all ones without it), cᵢ is the strength C times the weight of document i. The
/// constants are not penalised. Variables are V, row after row of one feature, and then b.
///
/// One evaluation or Hessian product is one sweep over the rows and one over the columns, 2 × elements × columns
/// multiplications each. Rows and columns are cut into fixed pieces, so threads cannot change a sum.
struct LogisticObjective: SmoothObjective {
  /// Documents × features, and the same by columns.
  struct Data: Sendable {
    let rows: CSRMatrix
    let columns: CSRMatrix
    /// Pieces of about equal numbers of elements.
    let rowPieces: [Int]
    let columnPieces: [Int]

    init(_ matrix: CSRMatrix) {
      rows = matrix
      columns = matrix.transposed()
      rowPieces = Data.pieces(rows)
      columnPieces = Data.pieces(columns)
    }

    private static func pieces(_ matrix: CSRMatrix) -> [Int] {
      let target = 1 << 15
      var bounds = [0]
      var last = 0
      for row in 0..<matrix.rowCount
      where matrix.rowOffsets[row + 1] - last >= target || row + 1 - bounds[bounds.count - 1] >= 1 << 13 {
        bounds.append(row + 1)
        last = matrix.rowOffsets[row + 1]
      }
      if bounds.last != matrix.rowCount { bounds.append(matrix.rowCount) }
      return bounds
    }
  }

  let data: Data
  let link: Link
  /// cᵢ: the strength times the weight of each document; by document and column where columns weigh differently.
  let strengths: Strengths
  /// R by features × columns; `nil` for ones.
  let scale: [Float]?
  let columnCount: Int
  let workers: WorkerPool

  private var scaled: [Double]
  private var margins: [Double]
  private var probabilities: [Double]
  private var residuals: [Double]

  init(data: Data, link: Link, strengths: Strengths, scale: [Float]?, workers: WorkerPool) {
    self.data = data
    self.link = link
    self.strengths = strengths
    self.scale = scale
    self.workers = workers
    columnCount = link.columnCount
    scaled = [Double](repeating: 0, count: data.rows.columnCount * columnCount)
    margins = [Double](repeating: 0, count: data.rows.rowCount * columnCount)
    probabilities = margins
    residuals = margins
  }

  /// The number of weights, constants left out.
  var weightCount: Int { data.rows.columnCount * columnCount }

  var dimension: Int { weightCount + columnCount }

  mutating func evaluate(_ point: [Double], gradient: inout [Double]) -> Double {
    computeMargins(point)
    let link = link
    let strengths = strengths
    let margins = margins
    let columns = columnCount
    let pieces = data.rowPieces
    // Probabilities first, then residuals and losses from them: each a pass over its own array.
    workers.modify(&probabilities, bounds: pieces.map { $0 * columns }) { piece, probabilities in
      let first = pieces[piece]
      for row in first..<pieces[piece + 1] {
        link.probabilities(margins.span, at: row * columns, into: &probabilities, at: (row - first) * columns)
      }
    }
    let probabilities = probabilities
    workers.modify(&residuals, bounds: pieces.map { $0 * columns }) { piece, residuals in
      let first = pieces[piece]
      for row in first..<pieces[piece + 1] {
        for column in 0..<columns {
          let target = link.target(row: row, column: column)
          residuals[(row - first) * columns + column] =
            strengths[row, column] * (probabilities[row * columns + column] - target)
        }
      }
    }
    let losses = workers.map(pieces.count - 1) { piece in
      var sum = 0.0
      for row in pieces[piece]..<pieces[piece + 1] { sum += link.loss(margins.span, row: row, strengths: strengths) }
      return sum
    }
    backward(residuals, adding: point, into: &gradient)
    return 0.5 * penalty(point) + losses.reduce(0, +)
  }

  mutating func hessianProduct(_ direction: [Double], into product: inout [Double]) {
    computeMargins(direction)
    let link = link
    let strengths = strengths
    let margins = margins
    let probabilities = probabilities
    let columns = columnCount
    let pieces = data.rowPieces
    workers.modify(&residuals, bounds: pieces.map { $0 * columns }) { piece, residuals in
      let first = pieces[piece]
      for row in first..<pieces[piece + 1] {
        link.curvature(
          probabilities.span, margins.span, row: row, strengths: strengths, into: &residuals,
          at: (row - first) * columns)
      }
    }
    backward(residuals, adding: direction, into: &product)
  }

  mutating func hessianDiagonal(into diagonal: inout [Double]) {
    let columns = columnCount
    let strengths = strengths
    let probabilities = probabilities
    let pieces = data.rowPieces
    workers.modify(&residuals, bounds: pieces.map { $0 * columns }) { piece, residuals in
      let first = pieces[piece]
      for row in first..<pieces[piece + 1] {
        for column in 0..<columns {
          let probability = probabilities[row * columns + column]
          residuals[(row - first) * columns + column] = strengths[row, column] * probability * (1 - probability)
        }
      }
    }
    sweepColumns(residuals, squaringValues: true, into: &diagonal)
    let scale = scale
    let weights = weightCount
    let sums = columnSums(residuals)
    ChunkedUpdate(count: diagonal.count, workers: workers).run(&diagonal) { index, value in
      if index >= weights { return max(sums[index - weights], 1e-12) }
      let factor = scale.map { Double($0[index]) } ?? 1
      return value * factor * factor + 1
    }
  }

  /// The bound below the minimum that the last evaluation proves, by Fenchel duality: −½‖Rᵀ∘Xᵀr‖² + Σᵢ cᵢ·H(pᵢ) with
  /// the residuals r = c(p − y) as dual variables and H the entropy. It holds for the weights given the constants; the
  /// constants' own gradient is part of the gradient norm.
  func dualValue(point: [Double], gradient: [Double]) -> Double {
    var norm = 0.0
    for index in 0..<weightCount {
      let loss = gradient[index] - point[index]
      norm += loss * loss
    }
    var entropy = 0.0
    for row in 0..<data.rows.rowCount { entropy += link.entropy(probabilities.span, row: row, strengths: strengths) }
    return -0.5 * norm + entropy
  }

  private func penalty(_ point: [Double]) -> Double {
    let weights = weightCount
    let bounds = WorkerPool.bounds(count: weights, size: 1 << 15)
    return workers.map(bounds.count - 1) { piece in
      let part = point.span.extracting(bounds[piece]..<bounds[piece + 1])
      return BLAS.dot(part, part)
    }.reduce(0, +)
  }

  /// margins ← (R∘V)ᵀx + b for every document.
  private mutating func computeMargins(_ point: [Double]) {
    if let scale {
      ChunkedUpdate(count: scaled.count, workers: workers).run(&scaled) { index, _ in
        point[index] * Double(scale[index])
      }
    }
    let weights = scale == nil ? point : scaled
    let constants = Array(point[weightCount...])
    let columns = columnCount
    let matrix = data.rows
    let pieces = data.rowPieces
    workers.modify(&margins, bounds: pieces.map { $0 * columns }) { piece, margins in
      Sweep.rows(matrix, pieces[piece]..<pieces[piece + 1], weights.span, constants.span, into: &margins)
    }
  }

  /// result ← R∘(Xᵀ·residuals) + point for the weights, Σ residuals for the constants.
  private func backward(_ residuals: [Double], adding point: [Double], into result: inout [Double]) {
    sweepColumns(residuals, squaringValues: false, into: &result)
    let sums = columnSums(residuals)
    let scale = scale
    let weights = weightCount
    ChunkedUpdate(count: result.count, workers: workers).run(&result) { index, value in
      if index >= weights { return sums[index - weights] }
      return (scale.map { Double($0[index]) * value } ?? value) + point[index]
    }
  }

  private func sweepColumns(_ residuals: [Double], squaringValues: Bool, into result: inout [Double]) {
    let columns = columnCount
    let matrix = data.columns
    var bounds = data.columnPieces.map { $0 * columns }
    // The constants stand behind the weights; their piece is left alone here.
    bounds.append(result.count)
    let pieces = data.columnPieces
    workers.modify(&result, bounds: bounds) { piece, result in
      guard piece + 1 < pieces.count else { return }
      Sweep.columns(
        matrix, pieces[piece]..<pieces[piece + 1], residuals.span, columnCount: columns, squaringValues: squaringValues,
        into: &result)
    }
  }

  private func columnSums(_ residuals: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: columnCount)
    for row in 0..<data.rows.rowCount {
      for column in 0..<columnCount { sums[column] += residuals[row * columnCount + column] }
    }
    return sums
  }
}

/// Element-wise work on a long vector, in fixed pieces on all threads.
struct ChunkedUpdate {
  let count: Int
  let workers: WorkerPool

  func run(_ array: inout [Double], _ body: @Sendable (Int, Double) -> Double) {
    let bounds = WorkerPool.bounds(count: count, size: 1 << 15)
    workers.modify(&array, bounds: bounds) { piece, elements in
      let first = bounds[piece]
      for index in elements.indices { elements[index] = body(first + index, elements[index]) }
    }
  }
}
