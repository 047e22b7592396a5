import DatelineCore
import DatelineVectors
import Glibc

/// One label by itself: binary logistic regression, solved in its dual by coordinate descent.
///
/// Yu, Huang & Lin, "Dual coordinate descent methods for logistic regression and maximum entropy models" (Machine
/// Learning 85, 2011), algorithm 5, with three additions:
///
/// - The constant is not penalised. The descent holds it to a centre by a penalty as strong as that of an average
///   document's margin, and the centre follows (proximal point method; in the dual, the method of multipliers for
///   Σ αᵢyᵢ = 0).
/// - Each document knows its share of the duality gap. Passes over all documents alternate with cheap ones over those
///   whose share is still large: of a rare label these are few.
/// - The gap itself, not the size of the steps, tells when to stop.
///
/// A pass costs about two operations for each stored element, whatever the label, and no memory besides two numbers a
/// feature. Where a large C makes it slow, it stops at ``Result/isConverged`` false and a Newton method takes over.
struct DualCoordinateDescent {
  /// Documents × features.
  let rows: CSRMatrix
  /// 1 for documents that have the label, 0 for others.
  let positives: [UInt8]
  /// How much each document counts, C included.
  let strengths: [Double]
  /// The square of the prior's scale of each feature.
  let squaredScales: [Float]
  /// The constant to begin with.
  let startingConstant: Double

  /// Cheap passes between two over all documents.
  private static let maximumPartialPasses = 20

  struct Result {
    /// The weights of the features, scale included.
    var weights: [Double]
    var constant: Double
    var objective: Double
    /// How far the objective is above its dual for this constant.
    var gap: Double
    /// Passes over all documents; a pass over some counts as much as it visits.
    var passes: Double
    /// Whether gap and constant are within the tolerance.
    var isConverged: Bool
  }

  /// What the documents of one pass add up to.
  private struct Totals {
    var loss = 0.0
    var gap = 0.0
    /// The loss's second derivative by the constant.
    var curvature = 0.0

    /// Adds one document, and returns its share of the gap.
    mutating func add(margin: Double, dual: Double, strength: Double) -> Double {
      let tail = exp(-abs(margin))
      let loss = strength * (log1p(tail) + max(0, -margin))
      self.loss += loss
      curvature += strength * tail / ((1 + tail) * (1 + tail))
      // Fenchel & Young: loss + conjugate loss ≥ −αm, equal where α is the loss's derivative.
      let share = dual / strength
      let conjugate = (share > 0 ? share * log(share) : 0) + (share < 1 ? (1 - share) * log1p(-share) : 0)
      let gap = max(0, loss + dual * margin + strength * conjugate)
      self.gap += gap
      return gap
    }
  }

  /// The descent's variables.
  private struct State {
    /// w = R² ∘ Xᵀ(α ∘ y)
    var weights: [Double]
    /// α, each from 0 to the document's strength.
    var duals: [Double]
    /// Σ αᵢyᵢ; zero at the optimum.
    var balance = 0.0
    /// Where the penalty draws the constant to.
    var center: Double
    /// The inverse strength of that penalty.
    let freedom: Double
    var random = SplitMix64(seed: 0)

    var constant: Double { center + freedom * balance }
  }

  /// Minimises.
  ///
  /// - Parameters:
  ///   - tolerance: The largest gap, as a share of the objective.
  ///   - maximumPasses: The most passes over all documents.
  ///   - shouldGoOn: Asked before each pass.
  func minimize(tolerance: Double, maximumPasses: Int, shouldGoOn: () -> Bool) -> Result {
    // Documents of no strength are none.
    let documents = strengths.indices.filter { strengths[$0] > 0 }
    let norms = squaredNorms()
    let meanNorm = documents.reduce(0) { $0 + norms[$1] } / Double(max(1, documents.count))
    var state = State(
      weights: [Double](repeating: 0, count: rows.columnCount), duals: [Double](repeating: 0, count: rows.rowCount),
      center: startingConstant, freedom: meanNorm > 0 && meanNorm.isFinite ? meanNorm : 1)
    var everything = documents
    var visits = 0
    var objective = Double.infinity
    while visits < maximumPasses * documents.count, shouldGoOn() {
      let negligible = 0.3 * tolerance * objective / Double(documents.count)
      var (pass, open) = descend(&state, over: &everything, norms, negligible: negligible)
      visits += documents.count
      objective = pass.loss + penalty(state.weights)
      if pass.gap <= 0.8 * tolerance * objective {
        let result = measure(state, documents, visits: visits, tolerance: tolerance)
        if result.isConverged { return result }
        visits += documents.count
        state.center = state.constant
        continue
      }
      // The gap of a pass is that from before each step, so the first pass tells nothing of what remains.
      guard visits > documents.count, open.count * 4 < documents.count * 3 else { continue }
      for _ in 0..<DualCoordinateDescent.maximumPartialPasses {
        let (part, _) = descend(&state, over: &open, norms, negligible: 0)
        visits += open.count
        if part.gap <= 0.4 * tolerance * objective { break }
      }
    }
    return measure(state, documents, visits: visits, tolerance: tolerance)
  }

  /// One pass: each document's dual variable, in random order, to where it minimises the dual while the others rest.
  ///
  /// - Returns: What the documents added up to, each before its step, and those whose share of the gap was more than
  ///   `negligible`.
  private func descend(
    _ state: inout State, over documents: inout [Int], _ norms: [Double], negligible: Double
  ) -> (totals: Totals, open: [Int]) {
    documents.shuffle(using: &state.random)
    var totals = Totals()
    var open: [Int] = []
    let (freedom, center) = (state.freedom, state.center)
    var balance = state.balance
    rows.columnIndices.withUnsafeBufferPointer { indices in
      rows.values.withUnsafeBufferPointer { values in
        squaredScales.withUnsafeBufferPointer { scales in
          state.weights.withUnsafeMutableBufferPointer { weights in
            for document in documents {
              let elements = rows.range(ofRow: document)
              let sign = positives[document] == 1 ? 1.0 : -1.0
              let product =
                weights.baseAddress.map { SparseProduct.dot(indices, values, elements, $0, false) } ?? 0
              let margin = sign * (product + center + freedom * balance)
              let dual = state.duals[document]
              let strength = strengths[document]
              if totals.add(margin: margin, dual: dual, strength: strength) > negligible { open.append(document) }
              let next = DualCoordinateDescent.minimizer(
                margin: margin, dual: dual, strength: strength, norm: norms[document] + freedom)
              let step = sign * (next - dual)
              guard step != 0 else { continue }
              state.duals[document] = next
              balance += step
              for position in elements {
                let feature = Int(indices[position])
                weights[feature] += step * Double(values[position]) * Double(scales[feature])
              }
            }
          }
        }
      }
    }
    state.balance = balance
    return (totals, open)
  }

  /// The dual variable of one document at which the dual is least while all others rest.
  ///
  /// There α = C·σ(−m) for the margin m = m₀ + ‖x‖²(α − α₀) that the step leads to. The root is looked for in m: of
  /// m − m₀ − ‖x‖²(C·σ(−m) − α₀), whose slope is at least 1, by Newton's method within a bracket. So a dual variable
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

  /// Objective, gap and constant as they are, in one pass that changes nothing.
  private func measure(_ state: State, _ documents: [Int], visits: Int, tolerance: Double) -> Result {
    var totals = Totals()
    let constant = state.constant
    for document in documents {
      var margin = constant
      for position in rows.range(ofRow: document) {
        margin += Double(rows.values[position]) * state.weights[Int(rows.columnIndices[position])]
      }
      _ = totals.add(
        margin: positives[document] == 1 ? margin : -margin, dual: state.duals[document], strength: strengths[document])
    }
    let objective = totals.loss + penalty(state.weights)
    // What a better constant could gain, to second order.
    let gain = state.balance * state.balance / (2 * max(totals.curvature, .leastNormalMagnitude))
    return Result(
      weights: state.weights, constant: constant, objective: objective, gap: totals.gap,
      passes: Double(visits) / Double(max(1, documents.count)),
      isConverged: totals.gap <= tolerance * objective && gain <= 0.1 * tolerance * objective)
  }

  /// ½‖V‖² = ½ Σ w²/R²
  private func penalty(_ weights: [Double]) -> Double {
    var sum = 0.0
    for feature in weights.indices { sum += weights[feature] * weights[feature] / Double(squaredScales[feature]) }
    return 0.5 * sum
  }

  /// ‖R∘x‖² of each document.
  private func squaredNorms() -> [Double] {
    (0..<rows.rowCount).map { row in
      rows.range(ofRow: row).reduce(0) { sum, position in
        let value = Double(rows.values[position])
        return sum + value * value * Double(squaredScales[Int(rows.columnIndices[position])])
      }
    }
  }
}
