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
  let documents: [Int]
  /// The numbers a row of weights or margins has: the labels, and padding that stays zero.
  let stride: Int

  /// W, by features × stride.
  private(set) var weights: [Float]
  /// p, by documents × labels.
  private var distributions: [Double]
  /// Σᵢ cᵢ(yᵢₖ − pᵢₖ); zero at the optimum.
  private var balances: [Double]
  /// Where a penalty draws the constants to.
  private var centers: [Double]
  /// The inverse strength of that penalty.
  private let freedom: Double
  /// ‖Rₖ∘x‖² by documents × labels.
  private let norms: [Float]

  init(
    data: SweepData, labels: [Int32], labelCount: Int, strengths: [Double], squaredScales: [Float],
    startingConstants: [Double]
  ) {
    self.data = data
    let rows = data.rows
    self.labels = labels
    self.labelCount = labelCount
    self.strengths = strengths
    self.squaredScales = squaredScales
    documents = strengths.indices.filter { strengths[$0] > 0 }
    let stride = SparseProduct.stride(columns: labelCount)
    self.stride = stride
    weights = [Float](repeating: 0, count: rows.columnCount * stride)
    // No weights: every document is sure of its label.
    distributions = [Double](repeating: 0, count: rows.rowCount * labelCount)
    for (document, label) in labels.enumerated() { distributions[document * labelCount + Int(label)] = 1 }
    balances = [Double](repeating: 0, count: labelCount)
    centers = startingConstants
    var norms: [Float] = []
    norms.reserveCapacity(rows.rowCount * labelCount)
    var sums = [Float](repeating: 0, count: stride)
    for document in 0..<rows.rowCount {
      var span = sums.mutableSpan
      SparseProduct.multiply(
        rows, document..<document + 1, squaredScales.span, stride: stride, squaringValues: true, into: &span)
      norms += sums[..<labelCount]
    }
    self.norms = norms
    let mean = norms.reduce(0) { $0 + Double($1) } / Double(max(1, norms.count))
    // Constants are as free as the margins of an average document are by their weights.
    freedom = mean > 0 && mean.isFinite ? mean : 1
  }

  /// b
  var constants: [Double] { zip(centers, balances).map { $0 + freedom * $1 } }

  mutating func moveCenter() { centers = constants }

  mutating func visit(_ documents: [Int], negligible: Double) -> DualPass {
    let rows = data.rows
    var pass = DualPass()
    var block = SoftmaxBlock(count: labelCount)
    var products = [Float](repeating: 0, count: stride)
    var steps = products
    // Taken out while they change: all else is read through the same value.
    var weights = exchange(&weights, with: [])
    defer { self.weights = weights }
    for document in documents {
      var span = products.mutableSpan
      SparseProduct.multiply(rows, document..<document + 1, weights.span, stride: stride, into: &span)
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
      if gap > negligible { pass.open.append(document) }
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
    return pass
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

  /// The bound is the dual for variables that are made feasible: distributions are tilted, pᵢₖ ∝ pᵢₖ·tₖ, until every
  /// label's balance is zero to nine digits (iterative scaling; Darroch & Ratcliff 1972). Then it lies below the minimum
  /// over all weights and all constants.
  func certificate() -> (objective: Double, dual: Double) {
    let tilts = feasibleTilts()
    let constants = constants
    var products = [Float](repeating: 0, count: stride)
    var margins = [Double](repeating: 0, count: labelCount)
    var residuals = [Double](repeating: 0, count: data.rows.rowCount * stride)
    var (loss, entropy) = (0.0, 0.0)
    for document in documents {
      var span = products.mutableSpan
      SparseProduct.multiply(data.rows, document..<document + 1, weights.span, stride: stride, into: &span)
      for label in 0..<labelCount { margins[label] = Double(products[label]) + constants[label] }
      let own = Int(labels[document])
      loss += strengths[document] * (logSumExp(margins.span, 0..<labelCount) - margins[own])
      let total = (0..<labelCount).reduce(0) { $0 + distributions[document * labelCount + $1] * tilts[$1] }
      for label in 0..<labelCount {
        let p = distributions[document * labelCount + label] * tilts[label] / total
        if p > 0 { entropy -= strengths[document] * p * log(p) }
        residuals[document * stride + label] = strengths[document] * ((label == own ? 1 : 0) - p)
      }
    }
    return (loss + penalty(), entropy - penalty(ofResiduals: residuals))
  }

  /// ½ Σₖ ‖Rₖ ∘ Xᵀrₖ‖², in double precision; four labels at a time, as all together would take much memory.
  private func penalty(ofResiduals residuals: [Double]) -> Double {
    var total = 0.0
    var sums = [SIMD4<Double>](repeating: .zero, count: data.rows.columnCount)
    for first in Swift.stride(from: 0, to: labelCount, by: 4) {
      for feature in sums.indices { sums[feature] = .zero }
      for document in documents {
        let place = document * stride + first
        let residual = SIMD4(residuals[place], residuals[place + 1], residuals[place + 2], residuals[place + 3])
        for position in data.rows.range(ofRow: document) {
          sums[Int(data.rows.columnIndices[position])] += residual * Double(data.rows.values[position])
        }
      }
      for feature in sums.indices {
        let squares = sums[feature] * sums[feature]
        for label in 0..<min(4, labelCount - first) {
          total += squares[label] * Double(squaredScales[feature * stride + first + label])
        }
      }
    }
    return 0.5 * total
  }

  private func feasibleTilts() -> [Double] {
    var wanted = [Double](repeating: 0, count: labelCount)
    for document in documents { wanted[Int(labels[document])] += strengths[document] }
    var tilts = [Double](repeating: 1, count: labelCount)
    for _ in 0..<100 {
      var sums = [Double](repeating: 0, count: labelCount)
      for document in documents {
        let first = document * labelCount
        var total = 0.0
        for label in 0..<labelCount { total += distributions[first + label] * tilts[label] }
        let factor = strengths[document] / total
        for label in 0..<labelCount { sums[label] += factor * distributions[first + label] * tilts[label] }
      }
      let factors = zip(wanted, sums).map { $1 > 0 ? $0 / $1 : 1 }
      if factors.allSatisfy({ abs($0 - 1) < 1e-9 }) { break }
      for label in tilts.indices { tilts[label] *= factors[label] }
    }
    return tilts
  }
}
