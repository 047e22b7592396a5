import DatelineCore
import Glibc

/// Standard output and standard error.
enum Console {
  /// Writes bytes to standard output.
  ///
  /// - Throws: ``DatelineError/Code/inputOutput`` when they cannot be written, such as to a full disk.
  static func write(_ bytes: [UInt8]) throws(DatelineError) { try write(bytes, to: STDOUT_FILENO) }

  /// Writes a line to standard output.
  static func print(_ line: String) throws(DatelineError) { try write(Array((line + "\n").utf8)) }

  /// Writes a message to standard error, with the name of the program before it. It may quote what somebody else has
  /// written, so no control character gets to the terminal.
  static func error(_ message: String) {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
    note("dateline: \(lines.joined(separator: "\n"))")
  }

  /// Writes a line to standard error.
  static func note(_ line: String) { draw(line + "\n") }

  /// Writes to standard error as it is. Where that fails there is nobody left to tell.
  static func draw(_ text: String) { try? write(Array(text.utf8), to: STDERR_FILENO) }

  /// Whether standard error is a terminal.
  static let isErrorTerminal = isatty(STDERR_FILENO) == 1

  /// Whether standard output is a terminal that may be painted (https://no-color.org).
  static let usesColor = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR").map { $0.pointee == 0 } ?? true

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(DatelineError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw DatelineError(.inputOutput, "cannot write to standard output", cause: String(cString: strerror(errno)))
      }
    }
  }
}
