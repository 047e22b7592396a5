import DatelineCore
import Glibc

/// What turns the margins of a document into probabilities, with its loss.
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

  func target(row: Int, column: Int) -> Double {
    switch self {
    case .softmax(_, let labels): labels[row] == Int32(column) ? 1 : 0
    case .sigmoid(let columns, let positives): Double(positives[row * columns + column])
    }
  }

  func probabilities(
    _ margins: Span<Double>, at start: Int, into probabilities: inout MutableSpan<Double>, at target: Int
  ) {
    switch self {
    case .softmax(let columns, _):
      let sum = logSumExp(margins, start..<start + columns)
      for column in 0..<columns { probabilities[target + column] = exp(margins[start + column] - sum) }
    case .sigmoid(let columns, _):
      for column in 0..<columns { probabilities[target + column] = 1 / (1 + exp(-margins[start + column])) }
    }
  }

  /// The loss of one document, times its strength.
  func loss(_ margins: Span<Double>, row: Int, strengths: Strengths) -> Double {
    switch self {
    case .softmax(let columns, let labels):
      let start = row * columns
      return strengths[row, 0]
        * (logSumExp(margins, start..<start + columns) - margins[start + Int(labels[row])])
    case .sigmoid(let columns, let positives):
      var sum = 0.0
      for column in 0..<columns {
        let margin = margins[row * columns + column]
        let signed = positives[row * columns + column] == 1 ? margin : -margin
        // ln(1 + e^−m) without overflow for either sign.
        sum += strengths[row, column] * (log1p(exp(-abs(signed))) + max(0, -signed))
      }
      return sum
    }
  }

  /// The entropy of one document's probabilities, times its strength.
  func entropy(_ probabilities: Span<Double>, row: Int, strengths: Strengths) -> Double {
    func term(_ p: Double) -> Double { p > 0 ? -p * log(p) : 0 }
    var sum = 0.0
    for column in 0..<columnCount {
      let p = probabilities[row * columnCount + column]
      if case .softmax = self {
        sum += strengths[row, 0] * term(p)
      } else {
        sum += strengths[row, column] * (term(p) + term(1 - p))
      }
    }
    return sum
  }

  /// The second derivative of the loss by the margins, times a direction: c(diag(p) − ppᵀ)d, or c·p(1 − p)·d.
  func curvature(
    _ probabilities: Span<Double>, _ direction: Span<Double>, row: Int, strengths: Strengths,
    into result: inout MutableSpan<Double>, at target: Int
  ) {
    let columns = columnCount
    let start = row * columns
    switch self {
    case .softmax:
      var mean = 0.0
      for column in 0..<columns { mean += probabilities[start + column] * direction[start + column] }
      let strength = strengths[row, 0]
      for column in 0..<columns {
        result[target + column] = strength * probabilities[start + column] * (direction[start + column] - mean)
      }
    case .sigmoid:
      for column in 0..<columns {
        let p = probabilities[start + column]
        result[target + column] = strengths[row, column] * p * (1 - p) * direction[start + column]
      }
    }
  }
}

/// How much each document's loss counts: the strength C times its weight, and in one-vs-rest times the column's weight
/// for positives or for the others.
struct Strengths: Sendable {
  /// By document.
  let documents: [Double]
  /// By documents × columns, where columns differ; else empty.
  let cells: [Double]
  let columnCount: Int

  init(documents: [Double]) {
    self.documents = documents
    cells = []
    columnCount = 0
  }

  init(cells: [Double], columnCount: Int) {
    documents = []
    self.cells = cells
    self.columnCount = columnCount
  }

  @inline(__always)
  subscript(row: Int, column: Int) -> Double {
    cells.isEmpty ? documents[row] : cells[row * columnCount + column]
  }
}
