import DatelineVectors
import Glibc

/// One label by itself: the dual of binary logistic regression.
///
/// A document's dual variable is αᵢ = cᵢ·σ(−mᵢ) at the optimum, for its margin mᵢ = yᵢ(wᵀxᵢ + b), and the weights are
/// w = R² ∘ Xᵀ(α ∘ y) at any time. A visit costs two operations for each stored element.
struct BinaryDual: DualProblem {
  /// Documents × features.
  let rows: CSRMatrix
  /// 1 for documents that have the label, 0 for others.
  let positives: [UInt8]
  /// cᵢ, how much each document counts.
  let strengths: [Double]
  /// R², the square of the prior's scale of each feature.
  let squaredScales: [Float]
  let documents: [Int32]

  /// w
  private(set) var weights: [Double]
  /// α, each from 0 to the document's strength.
  private var duals: [Double]
  /// Σ αᵢyᵢ; zero at the optimum.
  private var balance = 0.0
  /// Where a penalty draws the constant to.
  private var center: Double
  /// The inverse strength of that penalty.
  private let freedom: Double
  /// ‖R∘x‖² of each document.
  private let norms: [Double]

  init(rows: CSRMatrix, positives: [UInt8], strengths: [Double], squaredScales: [Float], startingConstant: Double) {
    self.rows = rows
    self.positives = positives
    self.strengths = strengths
    self.squaredScales = squaredScales
    documents = (0..<Int32(strengths.count)).filter { strengths[Int($0)] > 0 }
    weights = [Double](repeating: 0, count: rows.columnCount)
    duals = [Double](repeating: 0, count: rows.rowCount)
    center = startingConstant
    var norms: [Double] = []
    norms.reserveCapacity(rows.rowCount)
    rows.forEachBlock { block in
      for row in block { norms.append(SparseProduct.squaredNorm(rows, row: row, scaledBy: squaredScales.span)) }
    }
    self.norms = norms
    let mean = documents.reduce(0) { $0 + norms[Int($1)] } / Double(max(1, documents.count))
    // The constant is as free as the margin of an average document is by its weights.
    freedom = mean > 0 && mean.isFinite ? mean : 1
  }

  /// b
  var constant: Double { center + freedom * balance }

  mutating func moveCenter() { center = constant }

  func release(_ documents: Range<Int>) { rows.release(rows: documents) }

  mutating func visit(_ documents: [Int32], negligible: Double, adding pass: inout DualPass) {
    // Taken out while they change: all else is read through the same value.
    var weights = exchange(&weights, with: [])
    defer { self.weights = weights }
    var span = weights.mutableSpan
    for (place, number) in documents.enumerated() {
      let document = Int(number)
      if place + 2 < documents.count { SparseProduct.prefetchElements(rows, row: Int(documents[place + 2])) }
      if place + 1 < documents.count {
        SparseProduct.prefetch(rows, row: Int(documents[place + 1]), span.span, squaredScales.span)
      }
      let sign = positives[document] == 1 ? 1.0 : -1.0
      let margin = sign * (SparseProduct.dot(rows, row: document, span.span) + constant)
      let dual = duals[document]
      let strength = strengths[document]
      let loss = strength * BinaryDual.loss(margin)
      // Fenchel & Young: loss + conjugate loss ≥ −αm, equal where α is the loss's derivative.
      let gap = max(0, loss + dual * margin - strength * BinaryDual.entropy(dual / strength))
      pass.loss += loss
      pass.gap += gap
      if gap > negligible { pass.open.append(number) }
      let next = BinaryDual.minimizer(
        margin: margin, dual: dual, strength: strength, norm: norms[document] + freedom)
      guard next != dual else { continue }
      let step = sign * (next - dual)
      duals[document] = next
      balance += step
      SparseProduct.add(rows, row: document, times: step, scaledBy: squaredScales.span, to: &span)
    }
  }

  /// The dual variable of one document at which the dual is least while all others rest.
  ///
  /// There α = c·σ(−m) for the margin m = m₀ + ‖x‖²(α − α₀) that the step leads to. The root is looked for in m: of
  /// m − m₀ − ‖x‖²(c·σ(−m) − α₀), whose slope is at least 1, by Newton's method within a bracket. So a dual variable
  /// near its bounds loses no digits.
  static func minimizer(margin: Double, dual: Double, strength: Double, norm: Double) -> Double {
    var low = margin - norm * dual
    var high = margin + norm * (strength - dual)
    var m = margin
    var result = dual
    for _ in 0..<100 {
      let p = 1 / (1 + exp(m))
      result = strength * p
      let excess = m - margin - norm * (result - dual)
      if abs(excess) <= 0.01 * abs(m - margin) + 1e-14 * abs(margin) { break }
      if excess > 0 { high = m } else { low = m }
      let next = m - excess / (1 + norm * strength * p * (1 - p))
      m = next > low && next < high ? next : 0.5 * (low + high)
    }
    return result
  }

  func penalty() -> Double { penalty(weights) }

  /// ½‖V‖² = ½ Σ w²/R²
  private func penalty(_ weights: [Double]) -> Double {
    var sum = 0.0
    for feature in weights.indices { sum += weights[feature] * weights[feature] / Double(squaredScales[feature]) }
    return 0.5 * sum
  }

  /// The bound is the dual −½‖R∘Xᵀ(α∘y)‖² + Σ cᵢ·H(αᵢ/cᵢ) for variables that are made feasible: those of one side are
  /// made smaller until Σ αᵢyᵢ = 0. Then it lies below the minimum over all weights and all constants.
  func certificate() -> (objective: Double, dual: Double) {
    var sums = [0.0, 0.0]
    for document in documents { sums[Int(positives[Int(document)])] += duals[Int(document)] }
    let factors = sums.map { $0 > 0 ? min(sums[0], sums[1]) / $0 : 1 }
    var feasible = [Double](repeating: 0, count: weights.count)
    var span = feasible.mutableSpan
    var (loss, entropy) = (0.0, 0.0)
    rows.forEachBlock(of: documents) { block in
      for document in block.lazy.map({ Int($0) }) {
        let side = Int(positives[document])
        let sign = side == 1 ? 1.0 : -1.0
        loss +=
          strengths[document]
          * BinaryDual.loss(sign * (SparseProduct.dot(rows, row: document, weights.span) + constant))
        let dual = factors[side] * duals[document]
        entropy += strengths[document] * BinaryDual.entropy(dual / strengths[document])
        SparseProduct.add(rows, row: document, times: sign * dual, scaledBy: squaredScales.span, to: &span)
      }
    }
    return (loss + penalty(), entropy - penalty(feasible))
  }

  /// ln(1 + e^−m) without overflow for either sign.
  private static func loss(_ margin: Double) -> Double { log1p(exp(-abs(margin))) + max(0, -margin) }

  /// −p·ln p − (1 − p)·ln(1 − p)
  private static func entropy(_ p: Double) -> Double {
    (p > 0 ? -p * log(p) : 0) + (p < 1 ? -(1 - p) * log1p(-p) : 0)
  }
}
