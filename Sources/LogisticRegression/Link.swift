import DatelineCore
import Glibc

/// What turns the margins of a document into probabilities, with its loss.
///
/// Margins and probabilities of a document are ``stride`` numbers: the columns, and padding that stays zero.
enum Link: Sendable {
  /// One label of several: multinomial logistic regression. `labels` holds each document's label.
  case softmax(columnCount: Int, labels: [Int32])
  /// Each column by itself: binary logistic regression. `positives` is 1 where a document has the column's label, by
  /// documents × columns.
  case sigmoid(columnCount: Int, positives: [UInt8])

  var columnCount: Int {
    switch self {
    case .softmax(let columns, _), .sigmoid(let columns, _): columns
    }
  }

  var stride: Int { SparseProduct.stride(columns: columnCount) }

  /// The constants that fit the labels' shares of the strengths when no feature does anything.
  func constants(_ strengths: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: columnCount)
    for (row, strength) in strengths.enumerated() { addTargets(row: row, strength: strength, to: &sums) }
    let total = strengths.reduce(0, +)
    guard total > 0 else { return sums }
    return sums.map { sum in
      // A label without documents, or with all of them, gets a thousandth of one.
      let least = 1e-3 / Double(strengths.count)
      let share = max(least, min(1 - least, sum / total))
      return if case .softmax = self { log(share) } else { log(share / (1 - share)) }
    }
  }

  func probabilities(_ margins: Span<Double>, row: Int, into probabilities: inout MutableSpan<Double>, at target: Int) {
    let start = row * stride
    switch self {
    case .softmax(let columns, _):
      let sum = logSumExp(margins, start..<start + columns)
      for column in 0..<columns { probabilities[target + column] = exp(margins[start + column] - sum) }
    case .sigmoid(let columns, _):
      for column in 0..<columns { probabilities[target + column] = 1 / (1 + exp(-margins[start + column])) }
    }
  }

  /// Tilts the probabilities of all documents until those of each column add up to the strength of the documents that
  /// have its label, to the last digits (iterative scaling; Darroch & Ratcliff 1972). By documents × ``stride``.
  func balance(_ probabilities: inout [Double], strengths: [Double]) {
    var wanted = [Double](repeating: 0, count: columnCount)
    for row in strengths.indices { addTargets(row: row, strength: strengths[row], to: &wanted) }
    for _ in 0..<Link.maximumScalings {
      var sums = [Double](repeating: 0, count: columnCount)
      for row in strengths.indices {
        for column in 0..<columnCount { sums[column] += strengths[row] * probabilities[row * stride + column] }
      }
      let factors = zip(wanted, sums).map { $1 > 0 ? $0 / $1 : 1 }
      if factors.allSatisfy({ abs($0 - 1) < 1e-14 }) { break }
      for row in strengths.indices {
        let first = row * stride
        switch self {
        case .softmax:
          var total = 0.0
          for column in 0..<columnCount {
            probabilities[first + column] *= factors[column]
            total += probabilities[first + column]
          }
          if total > 0 { for column in 0..<columnCount { probabilities[first + column] /= total } }
        case .sigmoid:
          for column in 0..<columnCount {
            let p = probabilities[first + column]
            let odds = factors[column]
            probabilities[first + column] = p * odds / (1 - p + p * odds)
          }
        }
      }
    }
  }

  private static let maximumScalings = 2000

  /// Adds the strength of a document to the columns of its labels.
  private func addTargets(row: Int, strength: Double, to sums: inout [Double]) {
    switch self {
    case .softmax(_, let labels): sums[Int(labels[row])] += strength
    case .sigmoid(let columns, let positives):
      for column in 0..<columns where positives[row * columns + column] == 1 { sums[column] += strength }
    }
  }

  /// The derivative of one document's loss by its margins, times its strength: c(p − y).
  func residuals(
    _ probabilities: Span<Double>, row: Int, strength: Double, into residuals: inout MutableSpan<Double>, at target: Int
  ) {
    let start = row * stride
    switch self {
    case .softmax(let columns, let labels):
      for column in 0..<columns { residuals[target + column] = strength * probabilities[start + column] }
      residuals[target + Int(labels[row])] -= strength
    case .sigmoid(let columns, let positives):
      for column in 0..<columns {
        residuals[target + column] =
          strength * (probabilities[start + column] - Double(positives[row * columns + column]))
      }
    }
  }

  /// The loss of one document.
  func loss(_ margins: Span<Double>, row: Int) -> Double {
    let start = row * stride
    switch self {
    case .softmax(let columns, let labels):
      return logSumExp(margins, start..<start + columns) - margins[start + Int(labels[row])]
    case .sigmoid(let columns, let positives):
      var sum = 0.0
      for column in 0..<columns {
        let signed = positives[row * columns + column] == 1 ? margins[start + column] : -margins[start + column]
        // ln(1 + e^−m) without overflow for either sign.
        sum += log1p(exp(-abs(signed))) + max(0, -signed)
      }
      return sum
    }
  }

  /// The entropy of one document's probabilities.
  func entropy(_ probabilities: Span<Double>, row: Int) -> Double {
    func term(_ p: Double) -> Double { p > 0 ? -p * log(p) : 0 }
    let start = row * stride
    return (start..<start + columnCount).reduce(0.0) { sum, index in
      let p = probabilities[index]
      return if case .softmax = self { sum + term(p) } else { sum + term(p) + term(1 - p) }
    }
  }

  /// The second derivative of the loss by the margins, times a direction: c(diag(p) − ppᵀ)d, or c·p(1 − p)·d.
  func curvature(
    _ probabilities: Span<Double>, _ direction: Span<Float>, row: Int, strength: Double,
    into result: inout MutableSpan<Float>, at target: Int
  ) {
    let start = row * stride
    switch self {
    case .softmax(let columns, _):
      var mean = 0.0
      for column in 0..<columns { mean += probabilities[start + column] * Double(direction[start + column]) }
      for column in 0..<columns {
        result[target + column] = Float(
          strength * probabilities[start + column] * (Double(direction[start + column]) - mean))
      }
    case .sigmoid(let columns, _):
      for column in 0..<columns {
        let p = probabilities[start + column]
        result[target + column] = Float(strength * p * (1 - p) * Double(direction[start + column]))
      }
    }
  }
}
