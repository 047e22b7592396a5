import CForeignMemory
import DatelineCore
import Glibc

/// Reads memory that somebody else says is there.
///
/// The system copies it: where the address is wrong, the copy fails, and the program does not.
enum ForeignMemory {
  private static let longestString = 1 << 16

  /// A copy of some bytes, or `nil` where they are not all there.
  static func bytes(_ start: UnsafeRawPointer?, count: Int) -> [UInt8]? {
    guard count > 0 else { return [] }
    guard let start else { return nil }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = copy(start, count: count, to: buffer.baseAddress) ? count : 0
    }.nonEmpty
  }

  /// A copy of a value, or `nil` where it is not there.
  static func value<Value: BitwiseCopyable>(_ start: UnsafeRawPointer?, as type: Value.Type) -> Value? {
    bytes(start, count: MemoryLayout<Value>.size)?.withUnsafeBytes { $0.loadUnaligned(as: type) }
  }

  /// A copy of a struct that says how large it is: members that it does not have, or that this version does not know, are
  /// left as they are in `blank`. `nil` where it is not there, or smaller than `least`.
  static func sized<Value: BitwiseCopyable>(
    _ start: UnsafeRawPointer?, size: UInt32, least: Int, blank: Value
  ) -> Value? {
    // Members are of four or eight bytes, so none is cut in two.
    guard Int(size) >= least, size.isMultiple(of: 8),
      let bytes = bytes(start, count: min(Int(size), MemoryLayout<Value>.size))
    else { return nil }
    var value = blank
    withUnsafeMutableBytes(of: &value) { $0.copyBytes(from: bytes) }
    return value
  }

  /// Whether a function can be called: it lies in something that is loaded.
  static func isCode(_ function: UnsafeRawPointer) -> Bool { dateline_is_loaded(function) != 0 }

  /// A copy of a string that ends with a zero byte, with spaces in place of characters that would do something to a
  /// terminal; `nil` where it does not end, or is not UTF-8.
  static func string(_ start: UnsafePointer<CChar>?) -> String? { text(start)?.printable }

  private static func text(_ start: UnsafePointer<CChar>?) -> String? {
    guard let start = UnsafeRawPointer(start) else { return nil }
    var text: [UInt8] = []
    // Up to the end of the page at once: the next one may not be there.
    let page = 4096
    while text.count < longestString {
      let next = start + text.count
      let count = page - Int(bitPattern: next) % page
      guard let piece = bytes(next, count: count) else { return nil }
      if let end = piece.firstIndex(of: 0) {
        return String(validating: text + piece[..<end], as: UTF8.self)
      }
      text += piece
    }
    return nil
  }

  private static func copy(_ start: UnsafeRawPointer, count: Int, to target: UnsafeMutablePointer<UInt8>?) -> Bool {
    guard let target else { return false }
    let copied = dateline_copy_memory(start, target, count)
    if copied == count { return true }
    // Where the system forbids this call altogether, there is nothing left but to trust the address.
    guard copied < 0, errno == ENOSYS || errno == EPERM else { return false }
    target.update(from: start.assumingMemoryBound(to: UInt8.self), count: count)
    return true
  }
}

extension [UInt8] {
  fileprivate var nonEmpty: [UInt8]? { isEmpty ? nil : self }
}
