internal import DatelineCore
internal import Glibc

/// What the system says, as errors.
enum SystemError {
  /// The system's words for an error's number.
  static func text(_ number: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    // Unlike `strerror`, safe when several threads fail at once.
    let status = strerror_r(number, &buffer, buffer.count)
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return status == 0 ? String(decoding: bytes, as: UTF8.self) : "error \(number)"
  }

  /// The error for a file or folder that cannot be opened.
  static func error(_ number: Int32, opening path: String) -> DatelineError {
    if number == ENOENT || number == ENOTDIR {
      return DatelineError(
        .missingInput, "no such file or folder: check the path", at: .init(file: path), cause: text(number))
    }
    return DatelineError(.inputOutput, "cannot be opened", at: .init(file: path), cause: text(number))
  }
}
