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
  ///   - codes: The errors that the function can have besides a mistake in the plugin.
  static func check(
    _ name: String, of plugin: PluginDescription, codes: @autoclosure () -> [DatelineError.Code] = [],
    _ call: (UnsafeMutablePointer<dateline_error>) -> dateline_status
  ) throws(DatelineError) {
    var status: dateline_status = 0
    var text = ""
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: messageSize) { message in
      message.initialize(repeating: 0)
      var error = dateline_error(capacity: UInt64(message.count), message: message.baseAddress)
      status = call(&error)
      if status == 0 { return }
      // Only the host's own memory is read, and at most all of it.
      text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).printable
      // Half of a character at the end.
      while text.last == "\u{FFFD}" { text.removeLast() }
    }
    guard status != 0 else { return }
    let code = code(status)
    throw DatelineError(
      codes().contains(code) ? code : .internal, "\(plugin.identifier): \(text.isEmpty ? "it gave no reason" : text)",
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
    _ name: String, of plugin: PluginDescription, codes: @autoclosure () -> [DatelineError.Code],
    _ call: (UnsafeMutablePointer<OpaquePointer?>, UnsafeMutablePointer<dateline_error>) -> dateline_status
  ) throws(DatelineError) -> OpaquePointer {
    var model: OpaquePointer?
    try check(name, of: plugin, codes: codes()) { error in call(&model, error) }
    guard let model else {
      throw DatelineError(.internal, "\(plugin.identifier): \(name) ended well, but gave no model")
    }
    return model
  }
}
