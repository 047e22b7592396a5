import DatelineCore
import DatelineParallel
import DatelineVectors
import Foundation
import Testing

/// Plugins in C, compiled when a test needs them.
enum Fixture {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  private static let root = folder.deletingLastPathComponent().deletingLastPathComponent()

  /// Compiles a source and returns the path of the shared object.
  static func build(_ source: String, _ options: [String] = []) throws -> String {
    let path = source.hasPrefix("Examples/") ? root.appendingPathComponent(source) : folder.appendingPathComponent("Fixtures/" + source)
    let output = FileManager.default.temporaryDirectory.appendingPathComponent("plugin-\(UUID().uuidString).so").path
    let compiler = Process()
    compiler.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    compiler.arguments =
      ["clang", "-std=c99", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-O1", "-o", output] + options
      + ["-I", root.appendingPathComponent("Sources/CDatelinePlugin").path, path.path, "-lm"]
    let messages = Pipe()
    compiler.standardError = messages
    try compiler.run()
    let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0, "\(source): \(text)")
    return output
  }

  /// One of the plugins with a mistake.
  static func broken(_ mistake: String) throws -> String { try build("broken.c", ["-DMISTAKE=" + mistake]) }
}

/// Three documents with two labels.
enum Few {
  static func set(kind: Domain.Kind = .exclusive) throws -> TrainingSet {
    let rows = [
      SparseVector(indices: [0, 2], values: [1, 0.5]), SparseVector(indices: [1], values: [2]), SparseVector(),
    ]
    return try TrainingSet(
      domain: Domain(facet: Facet("facet"), kind: kind, labels: [Label("a"), Label("b")]),
      features: CSRMatrix(rows: rows, columnCount: 3), targets: Targets(exclusive: [0, 1, 1]))
  }

  static func train(
    _ plugin: any ClassifierPlugin, progress: @escaping @Sendable (Double, String) -> Bool = { _, _ in true }
  ) throws -> (model: any Classifier, report: TrainingReport) {
    try plugin.train(
      set(), parameters: Hyperparameters(plugin.description.parameters),
      context: TrainingContext(workers: WorkerPool(threads: 2), progress: progress))
  }
}
