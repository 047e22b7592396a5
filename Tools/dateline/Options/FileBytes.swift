import DatelineCore
import Glibc

/// Reads whole files.
enum FileBytes {
  private static let chunk = 1 << 18

  /// Whether there is a folder at a path.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The bytes of a file, or of standard input for `nil`.
  ///
  /// - Parameter limit: The most bytes that there may be.
  /// - Throws: ``DatelineError/Code/missingInput`` when it is not there, ``DatelineError/Code/inputOutput`` when it
  ///   cannot be read, ``DatelineError/Code/invalidData`` when it is longer than the limit.
  static func read(_ path: String?, limit: Int) throws(DatelineError) -> [UInt8] {
    let descriptor = path.map { open($0, O_RDONLY | O_CLOEXEC) } ?? STDIN_FILENO
    let location = DatelineError.Location(file: path ?? "stdin")
    guard descriptor >= 0 else {
      let isMissing = errno == ENOENT || errno == ENOTDIR
      throw DatelineError(
        isMissing ? .missingInput : .inputOutput,
        isMissing ? "no such file: check the path" : "cannot be opened", at: location,
        cause: String(cString: strerror(errno)))
    }
    defer { if path != nil { close(descriptor) } }
    var bytes: [UInt8] = []
    while true {
      let before = bytes.count
      var failure: Int32 = 0
      bytes.append(addingCapacity: chunk) { output in
        output.withUnsafeMutableBufferPointer { memory, count in
          let got = Glibc.read(descriptor, memory.baseAddress.map { $0 + count }, chunk)
          if got < 0 { failure = errno } else { count += got }
        }
      }
      if failure != 0, failure != EINTR {
        throw DatelineError(.inputOutput, "cannot be read", at: location, cause: String(cString: strerror(failure)))
      }
      if bytes.count > limit {
        throw DatelineError(
          .invalidData, "over \(limit) bytes, which is more than this can be: is it the right file?", at: location)
      }
      if bytes.count == before, failure == 0 { return bytes }
    }
  }
}
