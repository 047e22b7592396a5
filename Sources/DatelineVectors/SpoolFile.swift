import Glibc

/// Why numbers could not be put on disk: in which folder, what to do, and what the system says.
public struct SpoolError: Error, Sendable, Equatable {
  /// What happened, and what to do.
  public let message: String
  /// What the system says.
  public let cause: String

  /// An error of the moment; to be called before anything else changes `errno`.
  init(_ what: String, folder: String, number: Int32 = errno) {
    message = "\(what) in \(folder): set TMPDIR to a folder on a disk with more room, or allow more memory"
    cause = String(cString: strerror(number))
  }
}

/// A temporary file without a name: it is gone when its last user is, even when the process is killed.
///
/// It lies in the folder that the variable `TMPDIR` names, or else in `/tmp`. It is written with write(2), so that what
/// is written counts as the system's cache and not as memory of the process; mapped pages count, and are let go of by
/// ``SpoolMapping/release(from:byteCount:)``.
final class SpoolFile {
  private let descriptor: Int32
  private let folder: String
  private(set) var byteCount = 0

  // Glibc's O_TMPFILE is a macro that Swift does not see; the number is the same on all that Swift runs on.
  private static let withoutName: Int32 = 0o20_000_000 | O_DIRECTORY

  /// The bytes that are written at once. Linux keeps them together in its cache, and maps all of them where one is
  /// touched: of large ones, who reads short runs would hold many times the memory of what is read.
  private static let writeSize = 1 << 16

  init() throws(SpoolError) {
    let variable = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    folder = variable.isEmpty ? "/tmp" : variable
    let nameless = open(folder, O_RDWR | O_CLOEXEC | SpoolFile.withoutName, 0o600)
    if nameless >= 0 {
      descriptor = nameless
      return
    }
    // File systems that have no files without names get one whose name goes away at once.
    var name = Array("\(folder)/dateline-XXXXXX".utf8CString)
    let named = name.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkstemp($0) } ?? -1 }
    guard named >= 0 else { throw SpoolError("no temporary file can be made", folder: folder) }
    unlink(name)
    _ = fcntl(named, F_SETFD, FD_CLOEXEC)
    descriptor = named
  }

  deinit { close(descriptor) }

  /// Writes bytes behind the last ones.
  func append(_ bytes: UnsafeRawBufferPointer) throws(SpoolError) {
    var start = 0
    while start < bytes.count {
      let written = write(
        descriptor, bytes.baseAddress?.advanced(by: start), min(bytes.count - start, SpoolFile.writeSize))
      if written > 0 {
        start += written
      } else if written == 0 || errno != EINTR {
        throw SpoolError("a temporary file of \(byteCount + bytes.count) bytes cannot be written", folder: folder)
      }
    }
    byteCount += bytes.count
  }

  /// Makes the file a number of zeros. The room on the disk is taken at once: a mapping could not say that it is full.
  func fill(zeros count: Int) throws(SpoolError) {
    var status = count > 0 ? posix_fallocate(descriptor, 0, count) : 0
    while status == EINTR { status = posix_fallocate(descriptor, 0, count) }
    guard status == 0 else {
      throw SpoolError("a temporary file of \(count) bytes cannot be made", folder: folder, number: status)
    }
    byteCount = count
  }

  /// The file in memory. Pages come when they are touched.
  func map(writable: Bool = false) throws(SpoolError) -> SpoolMapping {
    if byteCount == 0 { return SpoolMapping(start: nil, byteCount: 0) }
    let protection = writable ? PROT_READ | PROT_WRITE : PROT_READ
    guard let start = mmap(nil, byteCount, protection, MAP_SHARED, descriptor, 0), start != MAP_FAILED else {
      throw SpoolError("a temporary file of \(byteCount) bytes cannot be mapped", folder: folder)
    }
    // What changes is touched in short runs: each page comes by itself.
    if writable { madvise(start, byteCount, MADV_RANDOM) }
    return SpoolMapping(start: start, byteCount: byteCount)
  }
}

/// A temporary file in memory; the file lives as long as this.
@usableFromInline
final class SpoolMapping {
  let start: UnsafeMutableRawPointer?
  private let byteCount: Int

  /// A large page of most machines, or a page where that is larger.
  private static let windowSize = max(1 << 21, Int(sysconf(Int32(_SC_PAGESIZE))))

  init(start: UnsafeMutableRawPointer?, byteCount: Int) {
    self.start = start
    self.byteCount = byteCount
  }

  deinit { if let start { munmap(start, byteCount) } }

  /// Lets go of the pages of a part of the mapping. What was written to them stays in the file.
  ///
  /// Linux maps more of what it has in its cache than the page that is touched, up to whole large pages. So what is let
  /// go of reaches to their ends: else many small parts would leave much of the file mapped. Who needs a page gets it
  /// again.
  func release(from address: UnsafeRawPointer, byteCount: Int) {
    guard let start else { return }
    let window = SpoolMapping.windowSize
    let first = max(Int(bitPattern: start), Int(bitPattern: address) / window * window)
    let end = min(
      Int(bitPattern: start) + self.byteCount, (Int(bitPattern: address) + byteCount + window - 1) / window * window)
    if first < end { madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, MADV_DONTNEED) }
  }
}
