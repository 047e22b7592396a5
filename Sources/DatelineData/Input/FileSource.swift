internal import DatelineCore
internal import Glibc

/// The bytes of a file or of standard input, as they are.
final class FileSource: ByteSource {
  private let descriptor: Int32
  private let isOwned: Bool

  /// Standard input.
  init() {
    descriptor = STDIN_FILENO
    isOwned = false
  }

  /// Opens a file.
  ///
  /// - Throws: ``DatelineError/Code/missingInput`` when it is not there, ``DatelineError/Code/inputOutput`` when it
  ///   cannot be opened.
  init(path: String) throws(DatelineError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    isOwned = true
    if descriptor < 0 { throw SystemError.error(errno, opening: path) }
  }

  deinit { if isOwned { close(descriptor) } }

  func read(into memory: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
    while true {
      let count = Glibc.read(descriptor, memory.baseAddress, memory.count)
      if count >= 0 { return count }
      if errno != EINTR { throw .system(errno) }
    }
  }
}
