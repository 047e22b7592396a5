import DatelineCore
import DatelineVectors
import Glibc

extension SoftmaxDual {
  /// The bound is the dual for variables that are made feasible: distributions are tilted, pᵢₖ ∝ pᵢₖ·tₖ, until every
  /// label's balance is zero to nine digits (iterative scaling; Darroch & Ratcliff 1972). Then it lies below the minimum
  /// over all weights and all constants.
  func certificate() -> (objective: Double, dual: Double) {
    let tilts = feasibleTilts()
    let constants = constants
    var products = [Float](repeating: 0, count: table.width)
    var margins = [Double](repeating: 0, count: labelCount)
    // What each document's tilted distribution adds up to.
    var totals = [Double](repeating: 1, count: data.rows.rowCount)
    var (loss, entropy) = (0.0, 0.0)
    forEachDocument { document in
      table.multiply(rows, row: document, into: &products)
      for label in 0..<labelCount { margins[label] = Double(products[label]) + constants[label] }
      let own = Int(labels[document])
      loss += strengths[document] * (logSumExp(margins.span, 0..<labelCount) - margins[own])
      let total = (0..<labelCount).reduce(0) { $0 + distributions[document * labelCount + $1] * tilts[$1] }
      totals[document] = total
      for label in 0..<labelCount {
        let p = distributions[document * labelCount + label] * tilts[label] / total
        if p > 0 { entropy -= strengths[document] * p * log(p) }
      }
    }
    return (loss + penalty(), entropy - penalty(ofTilts: tilts, totals))
  }

  /// ½ Σₖ ‖Rₖ ∘ Xᵀrₖ‖² for the residuals r = c(y − p) of the tilted distributions p, in double precision; four labels at
  /// a time, as all together would take much memory.
  private func penalty(ofTilts tilts: [Double], _ totals: [Double]) -> Double {
    var total = 0.0
    var sums = [SIMD4<Double>](repeating: .zero, count: data.rows.columnCount)
    for first in Swift.stride(from: 0, to: labelCount, by: 4) {
      for feature in sums.indices { sums[feature] = .zero }
      let count = min(4, labelCount - first)
      forEachDocument { document in
        var residual = SIMD4<Double>.zero
        for place in 0..<count {
          let p = distributions[document * labelCount + first + place] * tilts[first + place] / totals[document]
          residual[place] = strengths[document] * ((first + place == Int(labels[document]) ? 1 : 0) - p)
        }
        for position in data.rows.range(ofRow: document) {
          sums[Int(data.rows.columnIndices[position])] += residual * Double(data.rows.values[position])
        }
      }
      for feature in sums.indices {
        let squares = sums[feature] * sums[feature]
        for place in 0..<count { total += squares[place] * Double(squaredScales[feature * stride + first + place]) }
      }
    }
    return 0.5 * total
  }

  private func feasibleTilts() -> [Double] {
    var wanted = [Double](repeating: 0, count: labelCount)
    for document in documents { wanted[Int(labels[Int(document)])] += strengths[Int(document)] }
    var tilts = [Double](repeating: 1, count: labelCount)
    for _ in 0..<100 {
      var sums = [Double](repeating: 0, count: labelCount)
      forEachDocument { document in
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

  /// Hands over the documents in order, and lets go of what is behind them.
  @inline(__always)
  private func forEachDocument(_ body: (Int) -> Void) {
    data.rows.forEachBlock(of: documents) { block in
      for document in block { body(Int(document)) }
      guard let first = block.first, let last = block.last else { return }
      release(Int(first)..<Int(last) + 1)
    }
  }
}
