import CBLAS
import Glibc

/// The dense kernels, on whichever BLAS the system links.
///
/// Any BLAS behind Debian's `libblas.so` alternative works; another one may change the last bits of a sum and nothing
/// else. BLAS libraries that bring threads of their own are held to one (``useOneThread()``), so that a sum does not
/// depend on the machine's number of processors: Dateline parallelises above this level.
public enum BLAS {
  /// The inner product xᵀy. O(n).
  public static func dot(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "an inner product needs vectors of one length")
    return cblas_ddot(Int32(x.count), x, 1, y, 1)
  }

  /// y ← αx + y. O(n).
  public static func axpy(_ alpha: Double, _ x: [Double], _ y: inout [Double]) {
    precondition(x.count == y.count, "axpy needs vectors of one length")
    cblas_daxpy(Int32(x.count), alpha, x, 1, &y, 1)
  }

  /// x ← αx. O(n).
  public static func scale(_ alpha: Double, _ x: inout [Double]) { cblas_dscal(Int32(x.count), alpha, &x, 1) }

  /// The Euclidean norm of x, without overflow for large elements. O(n).
  public static func norm(_ x: [Double]) -> Double { cblas_dnrm2(Int32(x.count), x, 1) }

  /// y ← αAx + βy for a matrix A of `rows × columns`, row after row; y is not read where β is 0. O(rows × columns).
  public static func gemv(
    rows: Int, columns: Int, _ alpha: Double, _ a: [Double], _ x: [Double], _ beta: Double, _ y: inout [Double]
  ) {
    precondition(a.count == rows * columns && x.count == columns && y.count == rows, "gemv needs sides that agree")
    if rows == 0 { return }
    if columns == 0 {
      // BLAS leaves y alone then, where the formula says βy.
      for row in y.indices { y[row] = beta == 0 ? 0 : beta * y[row] }
      return
    }
    cblas_dgemv(
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
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(columns), Int32(inner), alpha, a,
      Int32(max(1, inner)), b, Int32(max(1, columns)), beta, &c, Int32(max(1, columns)))
  }

  /// Which BLAS answers the calls: `OpenBLAS` with its build, or the name of the shared object's folder and file.
  public static let identification: String = {
    typealias Configuration = @convention(c) () -> UnsafePointer<CChar>?
    if let symbol = dlsym(nil, "openblas_get_config") {
      if let text = unsafeBitCast(symbol, to: Configuration.self)() { return String(cString: text) }
    }
    guard let path = dateline_blas_path(), let real = realpath(path, nil) else { return "BLAS of unknown origin" }
    defer { free(real) }
    let parts = String(cString: real).split(separator: "/")
    return parts.suffix(2).joined(separator: "/")
  }()

  /// Holds a BLAS that has threads of its own to one of them. Cheap; call it before the first sum.
  public static func useOneThread() { _ = oneThread }

  private static let oneThread: Void = {
    typealias SetThreads = @convention(c) (Int32) -> Void
    for name in ["openblas_set_num_threads", "MKL_Set_Num_Threads", "bli_thread_set_num_threads"] {
      if let symbol = dlsym(nil, name) { unsafeBitCast(symbol, to: SetThreads.self)(1) }
    }
  }()
}

extension BLAS {
  /// The inner product of two runs of numbers. O(n).
  public static func dot(_ x: Span<Double>, _ y: Span<Double>) -> Double {
    precondition(x.count == y.count, "an inner product needs vectors of one length")
    return x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in cblas_ddot(Int32(x.count), x.baseAddress, 1, y.baseAddress, 1) }
    }
  }

  /// y ← αx + y for runs of numbers. O(n).
  public static func axpy(_ alpha: Double, _ x: Span<Double>, _ y: inout MutableSpan<Double>) {
    precondition(x.count == y.count, "axpy needs vectors of one length")
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in cblas_daxpy(Int32(x.count), alpha, x.baseAddress, 1, y.baseAddress, 1) }
    }
  }
}
