import CDatelinePlugin
import DatelineCore

/// Calls of a plugin's functions.
enum ForeignCall {
  private static let messageSize = 512

  /// Calls a function, and makes an error of any status but DATELINE_OK.
  ///
  /// - Parameters:
  ///   - name: What the function is called.
  ///   - plugin: Whose it is.
  static func check(
    _ name: String, of plugin: PluginDescription, _ call: (UnsafeMutablePointer<dateline_error>) -> dateline_status
  ) throws(DatelineError) {
    var status: dateline_status = 0
    var text = ""
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: messageSize) { message in
      message.initialize(repeating: 0)
      var error = dateline_error(capacity: UInt64(message.count), message: message.baseAddress)
      status = call(&error)
      if status == 0 { return }
      // Only the host's own memory is read, and at most all of it.
      text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    guard status != 0 else { return }
    throw DatelineError(
      code(status), "\(plugin.identifier): \(text.isEmpty ? "it gave no reason" : text)",
      cause: "\(name) of the plugin failed with status \(status)")
  }

  private static func code(_ status: dateline_status) -> DatelineError.Code {
    switch Int(status) {
    case DATELINE_ERROR_USAGE: .usage
    case DATELINE_ERROR_INVALID_DATA: .invalidData
    case DATELINE_ERROR_CANCELLED: .cancelled
    default: .internal
    }
  }

  /// A model that a function has made.
  static func model(
    _ name: String, of plugin: PluginDescription,
    _ call: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<dateline_error>) -> dateline_status
  ) throws(DatelineError) -> OpaquePointer {
    var model: OpaquePointer?
    try check(name, of: plugin) { error in call(&model, error) }
    guard let model else {
      throw DatelineError(.internal, "\(plugin.identifier): \(name) ended well, but gave no model")
    }
    return model
  }

  /// Lends strings as a C array.
  static func withStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
  ) -> Result {
    var bytes: [CChar] = []
    var starts: [Int] = []
    for string in strings {
      starts.append(bytes.count)
      bytes += string.utf8CString
    }
    return bytes.withUnsafeBufferPointer { bytes in
      let pointers = starts.map { start in bytes.baseAddress.map { $0 + start } }
      return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
  }
}
