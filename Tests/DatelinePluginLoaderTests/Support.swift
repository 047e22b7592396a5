import DatelineCore
import DatelineParallel
import DatelineVectors
import TestSupport

extension CompiledPlugin {
  /// One of the plugins with a mistake.
  static func broken(_ mistake: String) throws -> String { try fixture("broken.c", ["-DMISTAKE=" + mistake]) }

  /// A plugin of this folder.
  static func fixture(_ name: String, _ options: [String] = []) throws -> String {
    try build("Tests/DatelinePluginLoaderTests/Fixtures/" + name, options)
  }
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
