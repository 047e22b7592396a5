import DatelineCore
import DatelineParallel
import DatelineVectors
import Glibc

extension SoftmaxDual {
  /// The documents are swept in so many pieces, on all threads; the pieces' sums are added in order.
  private static let pieceCount = 16

  /// The bound is the dual for variables that are made feasible: distributions are tilted, pᵢₖ ∝ pᵢₖ·tₖ, until every
  /// label's balance is zero to nine digits. Then it lies below the minimum over all weights and all constants.
  func certificate() -> (objective: Double, dual: Double) {
    let tilts = feasibleTilts()
    let constants = constants
    let sums = mapPieces { documents in
      var products = [Float](repeating: 0, count: table.width)
      var margins = [Double](repeating: 0, count: labelCount)
      var (loss, entropy) = (0.0, 0.0)
      forEachDocument(of: documents) { document, distribution in
        table.multiply(rows, row: document, into: &products)
        for label in 0..<labelCount { margins[label] = Double(products[label]) + constants[label] }
        let own = Int(labels[document])
        loss += strengths[document] * (logSumExp(margins.span, 0..<labelCount) - margins[own])
        let total = total(distribution, tilts)
        for label in 0..<labelCount {
          let p = distribution[label] * tilts[label] / total
          if p > 0 { entropy -= strengths[document] * p * log(p) }
        }
      }
      return (loss: loss, entropy: entropy)
    }
    let loss = sums.reduce(0) { $0 + $1.loss }
    let entropy = sums.reduce(0) { $0 + $1.entropy }
    return (loss + penalty(), entropy - penalty(ofTilts: tilts))
  }

  /// What a document's tilted distribution adds up to.
  @inline(__always)
  func total(_ distribution: UnsafeBufferPointer<Double>, _ tilts: [Double]) -> Double {
    var total = 0.0
    for label in 0..<labelCount { total += distribution[label] * tilts[label] }
    return total
  }

  /// The groups of up to eight labels that a certificate adds up for.
  static func labelGroups(_ labelCount: Int) -> Int { (labelCount + 7) / 8 }

  /// ½ Σₖ ‖Rₖ ∘ Xᵀrₖ‖² for the residuals r = c(y − p) of the tilted distributions p, in double precision; up to eight
  /// labels at a time on each thread, as all together would take much memory.
  private func penalty(ofTilts tilts: [Double]) -> Double {
    let groups = SoftmaxDual.labelGroups(labelCount)
    // Who sends rows to a file has no memory to spare.
    let workers = rows.isSpooled ? WorkerPool(threads: 1) : workers
    let penalties = workers.map(groups) { group -> Double in
      let group = WorkerPool.part(group, of: groups, count: labelCount)
      let (first, count) = (group.lowerBound, group.count)
      let sums = MutableBuffer<SIMD8<Double>>(zeros: rows.columnCount)
      return sums.withUnsafeMutableBufferPointer { sums -> Double in
        rows.columnIndices.withUnsafeBufferPointer { indices in
          rows.values.withUnsafeBufferPointer { values in
            forEachDocument(of: documents) { document, distribution in
              let total = total(distribution, tilts)
              var residual = SIMD8<Double>.zero
              for place in 0..<count {
                let p = distribution[first + place] * tilts[first + place] / total
                let target: Double = first + place == Int(labels[document]) ? 1 : 0
                residual[place] = strengths[document] * (target - p)
              }
              for position in rows.range(ofRow: document) {
                sums[Int(indices[position])] += residual * Double(values[position])
              }
            }
          }
        }
        var penalty = 0.0
        for feature in sums.indices {
          let squares = sums[feature] * sums[feature]
          for place in 0..<count {
            penalty += squares[place] * Double(squaredScales[feature * stride + first + place])
          }
        }
        return penalty
      }
    }
    return 0.5 * penalties.reduce(0, +)
  }

  /// What `body` gives for the documents of each piece, in order.
  func mapPieces<Result: Sendable>(_ body: @Sendable ([Int32]) -> Result) -> [Result] {
    let (documents, count) = (documents, SoftmaxDual.pieceCount)
    return workers.map(count) { piece in
      body(Array(documents[WorkerPool.part(piece, of: count, count: documents.count)]))
    }
  }

  /// Hands over documents in order with their distributions, and lets go of what is behind them.
  @inline(__always)
  func forEachDocument(of documents: [Int32], _ body: (Int, UnsafeBufferPointer<Double>) -> Void) {
    rows.forEachBlock(of: documents) { block in
      distributions.withUnsafeBufferPointer { distributions in
        for document in block.lazy.map({ Int($0) }) {
          let range = document * labelCount..<(document + 1) * labelCount
          body(document, UnsafeBufferPointer(rebasing: distributions[range]))
        }
      }
      guard let first = block.first, let last = block.last else { return }
      release(Int(first)..<Int(last) + 1)
    }
  }
}
