import TestSupport
import DatelineOptimization
import Foundation

/// ½xᵀAx − bᵀx for a positive definite A, or for a diagonal one.
struct Quadratic: ExactObjective {
  private let matrix: [[Double]]?
  private let diagonal: [Double]
  private let linear: [Double]
  var preconditions = true
  private(set) var products = 0

  var dimension: Int { linear.count }

  init(diagonal: [Double], linear: [Double]) {
    matrix = nil
    self.diagonal = diagonal
    self.linear = linear
  }

  /// A = MMᵀ + I.
  init(size: Int, seed: UInt64) {
    var random = Random(seed: seed)
    let factor = (0..<size).map { _ in (0..<size).map { _ in random.normal() } }
    let matrix = (0..<size).map { i in
      (0..<size).map { j in (0..<size).reduce(i == j ? 1 : 0) { $0 + factor[i][$1] * factor[j][$1] } }
    }
    self.matrix = matrix
    diagonal = (0..<size).map { matrix[$0][$0] }
    linear = (0..<size).map { _ in random.normal() }
  }

  private func times(_ x: [Double]) -> [Double] {
    guard let matrix else { return zip(diagonal, x).map { $0 * $1 } }
    return matrix.map { row in dot(row, x) }
  }

  mutating func evaluate(_ point: [Double], gradient: inout [Double]) -> Double {
    let product = times(point)
    gradient = zip(product, linear).map { $0 - $1 }
    return 0.5 * dot(point, product) - dot(linear, point)
  }

  /// Exact for a diagonal; A = MMᵀ + I is strongly convex with modulus 1.
  func gap(value: Double, gradient: [Double]) -> Double {
    guard matrix == nil else { return 0.5 * dot(gradient, gradient) }
    return zip(gradient, diagonal).reduce(0) { $0 + $1.0 * $1.0 / (2 * $1.1) }
  }

  mutating func exactProduct(_ direction: [Double], into product: inout [Double]) {
    products += 1
    product = times(direction)
  }

  mutating func exactDiagonal(into diagonal: inout [Double]) {
    diagonal = preconditions ? self.diagonal : self.diagonal.map { _ in 1 }
  }

  /// A⁻¹b by Gaussian elimination with pivots.
  func solution() -> [Double] {
    guard let matrix else { return zip(linear, diagonal).map { $0 / $1 } }
    var rows = zip(matrix, linear).map { $0 + [$1] }
    let size = rows.count
    for column in 0..<size {
      let pivot = (column..<size).max { rows[$0][column].magnitude < rows[$1][column].magnitude } ?? column
      rows.swapAt(column, pivot)
      for row in 0..<size where row != column {
        let factor = rows[row][column] / rows[column][column]
        for place in column...size { rows[row][place] -= factor * rows[column][place] }
      }
    }
    return (0..<size).map { rows[$0][size] / rows[$0][$0] }
  }
}

/// Σ ln(1 + exp(−yᵢ·wᵀxᵢ)) + ½·0.1·‖w‖² of a few seeded points.
struct LogisticToy: ExactObjective {
  private let rows: [[Double]]
  private let signs: [Double]
  private var probabilities: [Double] = []

  let dimension = 6

  init(seed: UInt64) {
    var random = Random(seed: seed)
    rows = (0..<30).map { _ in (0..<6).map { _ in random.normal() } }
    signs = (0..<30).map { _ in random.below(2) == 0 ? -1 : 1 }
  }

  mutating func evaluate(_ point: [Double], gradient: inout [Double]) -> Double {
    var value = 0.05 * dot(point, point)
    gradient = point.map { 0.1 * $0 }
    probabilities = []
    for (row, sign) in zip(rows, signs) {
      let margin = sign * dot(row, point)
      value += max(0, -margin) + log1p(exp(-margin.magnitude))
      let p = 1 / (1 + exp(margin))
      probabilities.append(p)
      for index in gradient.indices { gradient[index] -= p * sign * row[index] }
    }
    return value
  }

  /// Strongly convex with modulus 0.1.
  func gap(value: Double, gradient: [Double]) -> Double { dot(gradient, gradient) / 0.2 }

  mutating func exactProduct(_ direction: [Double], into product: inout [Double]) {
    product = direction.map { 0.1 * $0 }
    for (row, p) in zip(rows, probabilities) {
      let factor = p * (1 - p) * dot(row, direction)
      for index in product.indices { product[index] += factor * row[index] }
    }
  }

  mutating func exactDiagonal(into diagonal: inout [Double]) {
    diagonal = diagonal.map { _ in 0.1 }
    for (row, p) in zip(rows, probabilities) {
      for index in diagonal.indices { diagonal[index] += p * (1 - p) * row[index] * row[index] }
    }
  }
}

/// √(1 + x²).
struct Hyperbola: ExactObjective {
  let dimension = 1
  private var x = 0.0
  /// The values where the optimiser asked for second derivatives: those of the steps that it took.
  private(set) var accepted: [Double] = []

  mutating func evaluate(_ point: [Double], gradient: inout [Double]) -> Double {
    x = point[0]
    let root = (1 + x * x).squareRoot()
    gradient[0] = x / root
    return root
  }

  func gap(value: Double, gradient: [Double]) -> Double { value - 1 }

  mutating func exactProduct(_ direction: [Double], into product: inout [Double]) {
    let root = (1 + x * x).squareRoot()
    product[0] = direction[0] / (root * root * root)
  }

  mutating func exactDiagonal(into diagonal: inout [Double]) {
    let root = (1 + x * x).squareRoot()
    accepted.append(root)
    diagonal[0] = 1 / (root * root * root)
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }

func distance(_ a: [Double], _ b: [Double]) -> Double {
  a.count == b.count ? zip(a, b).reduce(0) { max($0, ($1.0 - $1.1).magnitude) } : .infinity
}

/// Whether two numbers are equal to a relative or, near 0, absolute tolerance.
func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  (a - b).magnitude <= tolerance * max(1, a.magnitude, b.magnitude)
}

/// An objective whose second derivatives are worked out in double precision and handed over in single.
protocol ExactObjective: SmoothObjective {
  mutating func exactProduct(_ direction: [Double], into product: inout [Double])
  mutating func exactDiagonal(into diagonal: inout [Double])
}

extension ExactObjective {
  mutating func hessianProduct(_ direction: [Float], into product: inout [Float]) {
    var exact = [Double](repeating: 0, count: dimension)
    exactProduct(direction.map { Double($0) }, into: &exact)
    product = exact.map { Float($0) }
  }

  mutating func hessianDiagonal(into diagonal: inout [Float]) {
    var exact = [Double](repeating: 0, count: dimension)
    exactDiagonal(into: &exact)
    diagonal = exact.map { Float($0) }
  }
}
