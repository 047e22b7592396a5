import CBLAS

/// The dense kernels, on the BLAS of the system.
///
/// Any BLAS behind Debian's `libblas.so.3` alternative works; another one may change the last bits of a sum and nothing
/// else. Where there is none, the kernels in plain Swift do the same, more slowly. A BLAS with threads of its own is held
/// to one: Dateline parallelises above this level.
public enum BLAS {
  private static var calls: dateline_blas_calls? { BLASLibrary.shared?.calls }

  /// The inner product xᵀy. O(n).
  public static func dot(_ x: [Double], _ y: [Double]) -> Double { dot(x.span, y.span) }

  /// The inner product of two runs of numbers. O(n).
  public static func dot(_ x: Span<Double>, _ y: Span<Double>) -> Double {
    precondition(x.count == y.count, "an inner product needs vectors of one length")
    return x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        guard let calls else { return ReferenceKernels.dot(Array(x), Array(y)) }
        return calls.dot(Int32(x.count), x.baseAddress, 1, y.baseAddress, 1)
      }
    }
  }

  /// y ← αx + y. O(n).
  public static func axpy(_ alpha: Double, _ x: [Double], _ y: inout [Double]) {
    precondition(x.count == y.count, "axpy needs vectors of one length")
    guard let calls else { return ReferenceKernels.axpy(alpha, x, &y) }
    calls.axpy(Int32(x.count), alpha, x, 1, &y, 1)
  }

  /// x ← αx. O(n).
  public static func scale(_ alpha: Double, _ x: inout [Double]) {
    guard let calls else { return ReferenceKernels.scale(alpha, &x) }
    calls.scale(Int32(x.count), alpha, &x, 1)
  }

  /// The Euclidean norm of x, without overflow for large elements. O(n).
  public static func norm(_ x: [Double]) -> Double {
    guard let calls else { return ReferenceKernels.norm(x) }
    return calls.norm(Int32(x.count), x, 1)
  }

  /// y ← αAx + βy for a matrix A of `rows × columns`, row after row; y is not read where β is 0. O(rows × columns).
  public static func gemv(
    rows: Int, columns: Int, _ alpha: Double, _ a: [Double], _ x: [Double], _ beta: Double, _ y: inout [Double]
  ) {
    precondition(a.count == rows * columns && x.count == columns && y.count == rows, "gemv needs sides that agree")
    // BLAS leaves y alone where there are no columns, and the formula says βy.
    guard let calls, rows > 0, columns > 0 else {
      return ReferenceKernels.gemv(rows: rows, columns: columns, alpha, a, x, beta, &y)
    }
    calls.gemv(
      CblasRowMajor, CblasNoTrans, Int32(rows), Int32(columns), alpha, a, Int32(columns), x, 1, beta, &y, 1)
  }

  /// C ← αAB + βC for A of `rows × inner` and B of `inner × columns`, row after row; C is not read where β is 0.
  /// O(rows × inner × columns).
  public static func gemm(
    rows: Int, inner: Int, columns: Int, _ alpha: Double, _ a: [Double], _ b: [Double], _ beta: Double,
    _ c: inout [Double]
  ) {
    precondition(
      a.count == rows * inner && b.count == inner * columns && c.count == rows * columns, "gemm needs sides that agree")
    if rows == 0 || columns == 0 { return }
    guard let calls else {
      return ReferenceKernels.gemm(rows: rows, inner: inner, columns: columns, alpha, a, b, beta, &c)
    }
    calls.gemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), alpha, a,
      Int32(max(1, inner)), b, Int32(max(1, columns)), beta, &c, Int32(max(1, columns)))
  }

  /// Which BLAS answers the calls: `OpenBLAS` with its build, the name of the shared object's folder and file, or that
  /// there is none.
  public static let identification = BLASLibrary.shared?.identification ?? "no BLAS (plain Swift)"
}
