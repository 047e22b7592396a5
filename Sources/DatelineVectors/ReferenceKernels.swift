/// The kernels of ``BLAS`` in plain Swift, in the textbook order of operations: what tests compare with, and what does the
/// work where there is no BLAS.
///
/// As in BLAS, a β of 0 forgets what was there, even where that was not a number.
public enum ReferenceKernels {
  /// The inner product xᵀy.
  public static func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }

  /// y ← αx + y.
  public static func axpy(_ alpha: Double, _ x: [Double], _ y: inout [Double]) {
    for index in x.indices { y[index] += alpha * x[index] }
  }

  /// x ← αx.
  public static func scale(_ alpha: Double, _ x: inout [Double]) {
    for index in x.indices { x[index] *= alpha }
  }

  /// The Euclidean norm of x, without overflow for large elements.
  public static func norm(_ x: [Double]) -> Double {
    if x.contains(where: \.isNaN) { return .nan }
    let largest = x.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return largest }
    return largest * x.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
  }

  /// y ← αAx + βy for a matrix A of `rows × columns`, row after row.
  public static func gemv(
    rows: Int, columns: Int, _ alpha: Double, _ a: [Double], _ x: [Double], _ beta: Double, _ y: inout [Double]
  ) {
    for row in 0..<rows {
      var sum = 0.0
      for column in 0..<columns { sum += a[row * columns + column] * x[column] }
      y[row] = alpha * sum + (beta == 0 ? 0 : beta * y[row])
    }
  }

  /// C ← αAB + βC for A of `rows × inner` and B of `inner × columns`, row after row.
  public static func gemm(
    rows: Int, inner: Int, columns: Int, _ alpha: Double, _ a: [Double], _ b: [Double], _ beta: Double,
    _ c: inout [Double]
  ) {
    for row in 0..<rows {
      for column in 0..<columns {
        var sum = 0.0
        for k in 0..<inner { sum += a[row * inner + k] * b[k * columns + column] }
        c[row * columns + column] = alpha * sum + (beta == 0 ? 0 : beta * c[row * columns + column])
      }
    }
  }
}
