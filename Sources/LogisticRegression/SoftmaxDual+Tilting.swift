import DatelineCore
import DatelineOptimization
import Glibc

extension SoftmaxDual {
  /// Of more labels the curvatures of all pairs would take too much memory and time.
  private static let largestForCurvatures = 256
  private static let maximumTiltings = 20

  /// The factors tₖ for which Σᵢ cᵢ pᵢₖ, with pᵢₖ ∝ pᵢₖ·tₖ, is the strength of the documents that have label k, to nine
  /// digits: what makes the dual variables feasible.
  ///
  /// In ln t this is the minimum of the convex Σᵢ cᵢ·ln Σₖ pᵢₖ·tₖ − Σₖ wantedₖ·ln tₖ. Newton's method finds it; the
  /// curvatures change little on the way, so they are only worked out where a step has not brought the next digit. With
  /// the diagonal Σᵢ cᵢ pᵢₖ in their place, as for very many labels, a step is one of iterative scaling (Darroch &
  /// Ratcliff 1972), which takes the longer the surer the distributions are. A label of no document has the tilt 0.
  func feasibleTilts() -> [Double] {
    var wanted = [Double](repeating: 0, count: labelCount)
    for document in documents { wanted[Int(labels[Int(document)])] += strengths[Int(document)] }
    let total = wanted.reduce(0, +)
    var tilts: [Double] = wanted.map { $0 > 0 ? 1 : 0 }
    var curvatures: [Double]?
    var lastError = Double.infinity
    for _ in 0..<SoftmaxDual.maximumTiltings {
      let sums = sums(tilts)
      let missing = zip(wanted, sums).map { $0 - $1 }
      let error = missing.reduce(0) { $0 + abs($1) } / total
      if error < 1e-9 { break }
      if error > 0.1 * lastError { curvatures = nil }
      lastError = error
      let steps: [Double]
      if labelCount <= SoftmaxDual.largestForCurvatures {
        let known = curvatures ?? self.curvatures(tilts)
        curvatures = known
        steps = solveSymmetric(known, missing)
      } else {
        steps = zip(wanted, sums).map { $0 > 0 && $1 > 0 ? log($0 / $1) : 0 }
      }
      // A step over which the curvatures may have changed entirely is cut short.
      let largest = steps.reduce(0) { max($0, abs($1)) }
      let factor = largest > 1 ? 1 / largest : 1
      for label in tilts.indices { tilts[label] *= exp(factor * steps[label]) }
    }
    return tilts
  }

  /// Σᵢ cᵢ pᵢₖ for each label k.
  private func sums(_ tilts: [Double]) -> [Double] {
    added(
      mapPieces { documents in
        var sums = [Double](repeating: 0, count: labelCount)
        forEachDocument(of: documents) { document, distribution in
          let factor = strengths[document] / total(distribution, tilts)
          for label in 0..<labelCount { sums[label] += factor * distribution[label] * tilts[label] }
        }
        return sums
      })
  }

  /// Σᵢ cᵢ(pᵢₖ·[k = l] − pᵢₖ·pᵢₗ) for labels k ≥ l, by labels × labels; of labels whose tilt is 0 the identity.
  private func curvatures(_ tilts: [Double]) -> [Double] {
    let count = labelCount
    var sums = added(
      mapPieces { documents in
        var sums = [Double](repeating: 0, count: count * count)
        var tilted = [Double](repeating: 0, count: count)
        forEachDocument(of: documents) { document, distribution in
          let factor = 1 / total(distribution, tilts)
          for label in 0..<count { tilted[label] = factor * distribution[label] * tilts[label] }
          for label in 0..<count {
            let p = strengths[document] * tilted[label]
            sums[label * count + label] += p
            for other in 0...label { sums[label * count + other] -= p * tilted[other] }
          }
        }
        return sums
      })
    // A common factor of all tilts changes nothing, so along it the sum is flat: bent there, its minimum is unique.
    let mean = (0..<count).reduce(0) { $0 + sums[$1 * count + $1] } / Double(count)
    for label in 0..<count {
      for other in 0..<count {
        let isFree = tilts[label] > 0 && tilts[other] > 0
        sums[label * count + other] = isFree ? sums[label * count + other] + mean : label == other ? 1 : 0
      }
    }
    return sums
  }

  private func added(_ parts: [[Double]]) -> [Double] {
    parts.dropFirst().reduce(into: parts[0]) { sum, part in for place in sum.indices { sum[place] += part[place] } }
  }
}
