/// Solves `A x = b` for a symmetric positive definite matrix by its Cholesky factor. O(n³ / 6).
///
/// Where rounding has made a pivot zero or negative, the diagonal is raised by growing multiples of its mean until the
/// factor exists: the result is then a damped Newton step instead of none.
///
/// - Parameters:
///   - matrix: n × n, row after row; only the lower triangle is read.
///   - right: n numbers.
/// - Returns: The solution; all zeros when the matrix has no finite entries to work with.
public func solveSymmetric(_ matrix: [Double], _ right: [Double]) -> [Double] {
  let n = right.count
  var mean = 0.0
  for index in 0..<n { mean += matrix[index * n + index].magnitude / Double(n) }
  guard mean.isFinite else { return [Double](repeating: 0, count: n) }
  if mean == 0 { mean = 1 }
  var shift = 0.0
  for _ in 0..<20 {
    if let factor = choleskyFactor(matrix, n, shift: shift * mean) { return substitute(factor, right) }
    shift = shift == 0 ? 1e-12 : shift * 10
  }
  return [Double](repeating: 0, count: n)
}

/// The lower triangle L with `L Lᵀ = A + shift · I`, or `nil` when there is none.
private func choleskyFactor(_ matrix: [Double], _ n: Int, shift: Double) -> [Double]? {
  var factor = matrix
  for row in 0..<n {
    for column in 0...row {
      var sum = matrix[row * n + column] + (row == column ? shift : 0)
      for inner in 0..<column { sum -= factor[row * n + inner] * factor[column * n + inner] }
      if row == column {
        guard sum > 0, sum.isFinite else { return nil }
        factor[row * n + row] = sum.squareRoot()
      } else {
        factor[row * n + column] = sum / factor[column * n + column]
      }
    }
  }
  return factor
}

private func substitute(_ factor: [Double], _ right: [Double]) -> [Double] {
  let n = right.count
  var solution = right
  for row in 0..<n {
    for column in 0..<row { solution[row] -= factor[row * n + column] * solution[column] }
    solution[row] /= factor[row * n + row]
  }
  for row in stride(from: n - 1, through: 0, by: -1) {
    for below in row + 1..<max(n, row + 1) { solution[row] -= factor[below * n + row] * solution[below] }
    solution[row] /= factor[row * n + row]
  }
  return solution
}
