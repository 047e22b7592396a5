import DatelineCore
import DatelineParallel
import DatelineVectors
import Glibc

/// Labels that exclude each other, together: the dual of multinomial logistic regression. Its copies share weights and
/// distributions, so there is to be one.
///
/// A document's dual variables are a distribution pᵢ over the labels, which at the optimum is the softmax of its margins
/// mᵢ = Wᵀxᵢ + b. The weights of a label are wₖ = R²ₖ ∘ Xᵀ(c ∘ (yₖ − pₖ)) at any time. The dual is
/// −½ Σₖ‖wₖ/Rₖ‖² + Σᵢ cᵢ·H(pᵢ), under Σᵢ cᵢ(yᵢₖ − pᵢₖ) = 0 for every label k, as constants are not penalised.
struct SoftmaxDual: DualProblem {
  let data: SweepData
  /// The label of each document.
  let labels: [Int32]
  let labelCount: Int
  /// cᵢ, how much each document counts.
  let strengths: [Double]
  /// R², the squares of the prior's scales, by features × stride, to eight binary digits.
  let squaredScales: [Float]
  let documents: [Int32]
  let workers: WorkerPool
  /// The numbers a row of weights or margins has: the labels, and padding that stays zero.
  let stride: Int

  /// W, with R².
  let table: ScaledRows
  /// p, by documents × labels.
  let distributions: MutableBuffer<Double>
  /// Σᵢ cᵢ(yᵢₖ − pᵢₖ); zero at the optimum.
  private var balances: [Double]
  /// Where a penalty draws the constants to.
  private var centers: [Double]
  /// The inverse strength of that penalty.
  private let freedom: Double
  /// ‖Rₖ∘x‖² by documents × labels.
  private let norms: SharedBuffer<Float>

  init(
    data: SweepData, labels: [Int32], labelCount: Int, strengths: [Double], squaredScales: [Float],
    startingConstants: [Double], workers: WorkerPool
  ) throws(DatelineError) {
    self.data = data
    self.workers = workers
    let rows = data.rows
    self.labels = labels
    self.labelCount = labelCount
    self.strengths = strengths
    let squaredScales = squaredScales.map(ScaledRows.rounded)
    self.squaredScales = squaredScales
    documents = (0..<Int32(strengths.count)).filter { strengths[Int($0)] > 0 }
    let stride = SparseProduct.stride(columns: labelCount)
    self.stride = stride
    table = ScaledRows(squaredScales: squaredScales, stride: stride, labelCount: labelCount)
    // No weights: every document is sure of its label.
    let distributions = try DatelineError.spooling { () throws(SpoolError) in
      try MutableBuffer<Double>(zeros: rows.rowCount * labelCount, spooled: rows.isSpooled)
    }
    rows.forEachBlock { block in
      for document in block { distributions[document * labelCount + Int(labels[document])] = 1 }
      distributions.release(block.lowerBound * labelCount..<block.upperBound * labelCount)
    }
    self.distributions = distributions
    balances = [Double](repeating: 0, count: labelCount)
    centers = startingConstants
    norms = try DatelineError.spooling { () throws(SpoolError) in
      try SoftmaxDual.norms(data, squaredScales, labelCount: labelCount, workers: workers)
    }
    var mean = 0.0
    norms.forEachPiece { norms in for place in norms.indices { mean += Double(norms[place]) } }
    mean /= Double(max(1, norms.count))
    // Constants are as free as the margins of an average document are by their weights.
    freedom = mean > 0 && mean.isFinite ? mean : 1
  }

  /// ‖Rₖ∘x‖² by documents × labels; in a temporary file if the rows are.
  private static func norms(
    _ data: SweepData, _ squaredScales: [Float], labelCount: Int, workers: WorkerPool
  ) throws(SpoolError) -> SharedBuffer<Float> {
    let rows = data.rows
    let stride = SparseProduct.stride(columns: labelCount)
    @Sendable func norms(of documents: Range<Int>, _ body: (Span<Float>) -> Void) {
      var sums = [Float](repeating: 0, count: stride)
      for document in documents {
        var span = sums.mutableSpan
        SparseProduct.multiply(
          rows, document..<document + 1, squaredScales.span, stride: stride, squaringValues: true, into: &span)
        body(sums.span.extracting(..<labelCount))
      }
    }
    if rows.isSpooled {
      let builder = try SharedBufferBuilder<Float>(spooled: true)
      try rows.forEachBlock { block throws(SpoolError) in
        var found: [Float] = []
        norms(of: block) { norms in for label in norms.indices { found.append(norms[label]) } }
        try builder.append(found.span)
      }
      return try builder.finish()
    }
    let pieces = data.rowPieces
    return SharedBuffer(workers: workers, bounds: pieces.map { $0 * labelCount }) { piece, buffer in
      var place = 0
      norms(of: pieces[piece]..<pieces[piece + 1]) { norms in
        for label in norms.indices { buffer[place + label] = norms[label] }
        place += labelCount
      }
    }
  }

  /// b
  var constants: [Double] { zip(centers, balances).map { $0 + freedom * $1 } }

  mutating func moveCenter() { centers = constants }

  var rows: CSRMatrix { data.rows }

  func release(_ documents: Range<Int>) {
    rows.release(rows: documents)
    let cells = documents.lowerBound * labelCount..<documents.upperBound * labelCount
    distributions.release(cells)
    norms.release(cells)
  }

  mutating func visit(_ documents: [Int32], negligible: Double, adding pass: inout DualPass) {
    let rows = data.rows
    var block = SoftmaxBlock(count: labelCount)
    var products = [Float](repeating: 0, count: table.width)
    var steps = products
    for (place, number) in documents.enumerated() {
      let document = Int(number)
      prefetch(documents, behind: place)
      table.multiply(rows, row: document, into: &products)
      if place + 1 < documents.count { table.prefetch(rows, row: Int(documents[place + 1])) }
      let first = document * labelCount
      let strength = strengths[document]
      for label in 0..<labelCount {
        block.margins[label] = Double(products[label]) + centers[label] + freedom * balances[label]
        block.start[label] = distributions[first + label]
        block.curvatures[label] = strength * (Double(norms[first + label]) + freedom)
      }
      let sum = block.normalize()
      let gap = strength * block.divergence()
      pass.loss += strength * (sum - block.margins[Int(labels[document])])
      pass.gap += gap
      if gap > negligible { pass.open.append(number) }
      block.minimize()
      for label in 0..<labelCount {
        let step = strength * (block.start[label] - block.distribution[label])
        distributions[first + label] = block.distribution[label]
        balances[label] += step
        steps[label] = Float(step)
      }
      table.add(rows, row: document, times: steps)
    }
  }

  /// Documents come in any order, so that nothing of the next one is in a cache unless it is asked for. What leads to
  /// something else has to be there first.
  @inline(__always)
  private func prefetch(_ documents: [Int32], behind place: Int) {
    if place + 4 < documents.count { SparseProduct.prefetchOffset(rows, row: Int(documents[place + 4])) }
    guard place + 2 < documents.count else { return }
    let next = Int(documents[place + 2])
    SparseProduct.prefetchElements(rows, row: next)
    strengths.withUnsafeBufferPointer { SparseProduct.prefetch($0, next..<next + 1) }
    labels.withUnsafeBufferPointer { SparseProduct.prefetch($0, next..<next + 1) }
    distributions.withUnsafeBufferPointer { SparseProduct.prefetch($0, next * labelCount..<(next + 1) * labelCount) }
    norms.withSpan { norms in
      norms.withUnsafeBufferPointer { SparseProduct.prefetch($0, next * labelCount..<(next + 1) * labelCount) }
    }
  }

  /// W, by features × stride.
  var weights: [Float] { table.weights(stride: stride, labelCount: labelCount) }

  /// ½ Σ w²/R²
  func penalty() -> Double { table.penalty(labelCount: labelCount) }
}
