import CBLAS
import Glibc

/// The BLAS of the system, opened when it is first needed.
///
/// Only training needs it. A BLAS that the command were linked to would be loaded at every start, and one with threads
/// of its own, such as OpenBLAS, would start these: together that takes longer than to classify a thousand headlines.
struct BLASLibrary: @unchecked Sendable {
  // Unchecked: a handle and addresses that never change; the calls themselves may be made from any thread.
  let calls: dateline_blas_calls
  private let handle: UnsafeMutableRawPointer

  /// `nil` where the system has none.
  static let shared = BLASLibrary()

  /// Debian's alternative for any BLAS comes first; then the names on other systems.
  private static let names = ["libblas.so.3", "libopenblas.so.0", "libopenblas.so", "libcblas.so.3", "libblas.so"]

  private init?() {
    for name in BLASLibrary.names {
      guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
      var calls = dateline_blas_calls()
      guard dateline_blas_find(handle, &calls) else {
        dlclose(handle)
        continue
      }
      self.calls = calls
      self.handle = handle
      useOneThread()
      return
    }
    return nil
  }

  /// Holds a BLAS that has threads of its own to one of them: so a sum does not depend on the number of processors.
  private func useOneThread() {
    typealias SetThreads = @convention(c) (Int32) -> Void
    for name in ["openblas_set_num_threads", "MKL_Set_Num_Threads", "bli_thread_set_num_threads"] {
      if let symbol = dlsym(handle, name) { unsafeBitCast(symbol, to: SetThreads.self)(1) }
    }
  }

  /// `OpenBLAS` with its build, or the name of the shared object's folder and file.
  var identification: String {
    typealias Configuration = @convention(c) () -> UnsafePointer<CChar>?
    if let symbol = dlsym(handle, "openblas_get_config") {
      if let text = unsafeBitCast(symbol, to: Configuration.self)() { return String(cString: text) }
    }
    var calls = calls
    guard let path = dateline_blas_path(&calls), let real = realpath(path, nil) else { return "BLAS of unknown origin" }
    defer { free(real) }
    let parts = String(cString: real).split(separator: "/")
    return parts.suffix(2).joined(separator: "/")
  }
}
