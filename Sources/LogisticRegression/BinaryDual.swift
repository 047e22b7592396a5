import DatelineParallel
import DatelineVectors
import Glibc

/// One label by itself: the dual of binary logistic regression. Its copies share the weights, so there is to be one.
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
  let documents: [Int32]
  let workers: WorkerPool

  /// w and R², the squares of the prior's scales.
  private let table: ScaledWeights
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

  /// - Parameter squaredScales: R² of each feature.
  init(
    rows: CSRMatrix, positives: [UInt8], strengths: [Double], squaredScales: [Float], startingConstant: Double,
    workers: WorkerPool
  ) {
    self.rows = rows
    self.positives = positives
    self.strengths = strengths
    precondition(squaredScales.count == rows.columnCount, "a scale a feature")
    self.workers = workers
    documents = (0..<Int32(strengths.count)).filter { strengths[Int($0)] > 0 }
    let table = ScaledWeights(squaredScales: squaredScales)
    self.table = table
    duals = [Double](repeating: 0, count: rows.rowCount)
    center = startingConstant
    var norms = [Double](repeating: 0, count: rows.rowCount)
    let pieces = SweepData.pieces(rows)
    workers.modify(&norms, bounds: pieces) { piece, norms in
      for place in norms.indices { norms[place] = table.squaredNorm(rows, row: pieces[piece] + place) }
      rows.release(rows: pieces[piece]..<pieces[piece + 1])
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

  /// w
  var weights: [Float] { table.array() }

  mutating func visit(_ documents: [Int32], negligible: Double, adding pass: inout DualPass) {
    for (place, number) in documents.enumerated() {
      let document = Int(number)
      prefetch(documents, behind: place)
      if place + 1 < documents.count { table.prefetch(rows, row: Int(documents[place + 1])) }
      let sign = positives[document] == 1 ? 1.0 : -1.0
      let margin = sign * (table.dot(rows, row: document) + constant)
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
      table.add(rows, row: document, times: step)
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
    positives.withUnsafeBufferPointer { SparseProduct.prefetch($0, next..<next + 1) }
    strengths.withUnsafeBufferPointer { SparseProduct.prefetch($0, next..<next + 1) }
    duals.withUnsafeBufferPointer { SparseProduct.prefetch($0, next..<next + 1) }
    norms.withUnsafeBufferPointer { SparseProduct.prefetch($0, next..<next + 1) }
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

  /// ½‖V‖² = ½ Σ w²/R²
  func penalty() -> Double { table.penalty() }

  /// The bound is the dual −½‖R∘Xᵀ(α∘y)‖² + Σ cᵢ·H(αᵢ/cᵢ) for variables that are made feasible: those of one side are
  /// made smaller until Σ αᵢyᵢ = 0. Then it lies below the minimum over all weights and all constants.
  ///
  /// Two threads sweep over one half of the documents each; the halves, and so the sums, do not depend on threads.
  func certificate() -> (objective: Double, dual: Double) {
    var sums = [0.0, 0.0]
    for document in documents { sums[Int(positives[Int(document)])] += duals[Int(document)] }
    let factors = sums.map { $0 > 0 ? min(sums[0], sums[1]) / $0 : 1 }
    let halves = workers.map(2) { half in
      certificate(
        of: Array(documents[WorkerPool.part(half, of: 2, count: documents.count)]), factors: factors)
    }
    var penalty = 0.0
    for feature in 0..<table.count {
      let gradient = halves[0].gradient[feature] + halves[1].gradient[feature]
      penalty += gradient * gradient * Double(table.squaredScale(feature))
    }
    return (
      halves[0].loss + halves[1].loss + self.penalty(), halves[0].entropy + halves[1].entropy - 0.5 * penalty
    )
  }

  /// What some documents add to the objective, to the entropy of the feasible variables, and to Xᵀ(α∘y) of these.
  private func certificate(
    of documents: [Int32], factors: [Double]
  ) -> (loss: Double, entropy: Double, gradient: [Double]) {
    var (loss, entropy) = (0.0, 0.0)
    var gradient = [Double](repeating: 0, count: table.count)
    var span = gradient.mutableSpan
    rows.forEachBlock(of: documents) { block in
      for document in block.lazy.map({ Int($0) }) {
        let side = Int(positives[document])
        let sign = side == 1 ? 1.0 : -1.0
        loss += strengths[document] * BinaryDual.loss(sign * (table.dot(rows, row: document) + constant))
        let dual = factors[side] * duals[document]
        entropy += strengths[document] * BinaryDual.entropy(dual / strengths[document])
        SparseProduct.add(rows, row: document, times: sign * dual, to: &span)
      }
    }
    return (loss, entropy, gradient)
  }

  /// ln(1 + e^−m) without overflow for either sign.
  private static func loss(_ margin: Double) -> Double { log1p(exp(-abs(margin))) + max(0, -margin) }

  /// −p·ln p − (1 − p)·ln(1 − p)
  private static func entropy(_ p: Double) -> Double {
    (p > 0 ? -p * log(p) : 0) + (p < 1 ? -(1 - p) * log1p(-p) : 0)
  }
}
