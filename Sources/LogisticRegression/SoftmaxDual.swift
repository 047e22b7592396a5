import DatelineCore
import DatelineVectors
import Glibc

/// Labels that exclude each other, together: the dual of multinomial logistic regression.
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
  /// R², the squares of the prior's scales, by features × stride.
  let squaredScales: [Float]
  let documents: [Int32]
  /// The numbers a row of weights or margins has: the labels, and padding that stays zero.
  let stride: Int

  /// W, by features × stride.
  private(set) var weights: [Float]
  /// p, by documents × labels.
  let distributions: MutableSpool<Double>
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
    startingConstants: [Double]
  ) throws(DatelineError) {
    self.data = data
    let rows = data.rows
    self.labels = labels
    self.labelCount = labelCount
    self.strengths = strengths
    self.squaredScales = squaredScales
    documents = (0..<Int32(strengths.count)).filter { strengths[Int($0)] > 0 }
    let stride = SparseProduct.stride(columns: labelCount)
    self.stride = stride
    weights = [Float](repeating: 0, count: rows.columnCount * stride)
    // No weights: every document is sure of its label.
    let distributions = try DatelineError.spooling { () throws(SpoolError) in
      try MutableSpool<Double>(zeros: rows.rowCount * labelCount, spooled: rows.isSpooled)
    }
    rows.forEachBlock { block in
      for document in block { distributions[document * labelCount + Int(labels[document])] = 1 }
      distributions.release(block.lowerBound * labelCount..<block.upperBound * labelCount)
    }
    self.distributions = distributions
    balances = [Double](repeating: 0, count: labelCount)
    centers = startingConstants
    var sums = [Float](repeating: 0, count: stride)
    var mean = 0.0
    norms = try DatelineError.spooling { () throws(SpoolError) in
      let norms = try SharedBufferBuilder<Float>(spooled: rows.isSpooled, capacity: rows.rowCount * labelCount)
      try rows.forEachBlock { block throws(SpoolError) in
        for document in block {
          var span = sums.mutableSpan
          SparseProduct.multiply(
            rows, document..<document + 1, squaredScales.span, stride: stride, squaringValues: true, into: &span)
          for label in 0..<labelCount { mean += Double(sums[label]) }
          try norms.append(sums.span.extracting(..<labelCount))
        }
      }
      return try norms.finish()
    }
    mean /= Double(max(1, norms.count))
    // Constants are as free as the margins of an average document are by their weights.
    freedom = mean > 0 && mean.isFinite ? mean : 1
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
    var products = [Float](repeating: 0, count: stride)
    var steps = products
    // Taken out while they change: all else is read through the same value.
    var weights = exchange(&weights, with: [])
    defer { self.weights = weights }
    for (place, number) in documents.enumerated() {
      let document = Int(number)
      if place + 2 < documents.count { SparseProduct.prefetchElements(rows, row: Int(documents[place + 2])) }
      var span = products.mutableSpan
      SparseProduct.multiply(rows, document..<document + 1, weights.span, stride: stride, into: &span)
      if place + 1 < documents.count {
        SparseProduct.prefetch(
          rows, row: Int(documents[place + 1]), weights.span, squaredScales.span, stride: stride)
      }
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
      var target = weights.mutableSpan
      SparseProduct.add(
        rows, row: document, times: steps.span, scaledBy: squaredScales.span, stride: stride, to: &target)
    }
  }

  /// ½ Σ w²/R²
  func penalty() -> Double {
    var sum = 0.0
    weights.withUnsafeBufferPointer { weights in
      squaredScales.withUnsafeBufferPointer { scales in
        for place in weights.indices { sum += Double(weights[place]) * Double(weights[place]) / Double(scales[place]) }
      }
    }
    return 0.5 * sum
  }
}
