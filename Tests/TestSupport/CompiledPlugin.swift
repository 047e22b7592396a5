import DatelineCore
import Foundation

/// Plugins in C, compiled when a test needs them.
public enum CompiledPlugin {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Compiles a source of the repository and returns the path of the shared object.
  public static func build(_ source: String, _ options: [String] = []) throws -> String {
    let output = FileManager.default.temporaryDirectory.appendingPathComponent("plugin-\(UUID().uuidString).so").path
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments =
      ["clang", "-std=c99", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-O1", "-o", output] + options
      + [
        "-I", root.appendingPathComponent("Sources/CDatelinePlugin").path, root.appendingPathComponent(source).path,
        "-lm",
      ]
    let messages = Pipe()
    compiler.standardError = messages
    try compiler.run()
    let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    compiler.waitUntilExit()
    guard compiler.terminationStatus == 0 else { throw DatelineError(.internal, "\(source): \(text)") }
    return output
  }
}
