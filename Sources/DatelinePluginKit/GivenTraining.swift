import CDatelinePlugin
import DatelineCore
import DatelineParallel
import DatelineVectors

/// A training as the host has given it, in Swift's values.
struct GivenTraining {
  let set: TrainingSet
  let parameters: Hyperparameters
  let context: TrainingContext
  private let training: dateline_training

  /// Copies labels, targets and offsets; the elements of the rows stay where they are until the call returns.
  init(_ training: dateline_training, of plugin: PluginDescription) throws(DatelineError) {
    self.training = training
    let count = Int(training.rows.row_count)
    var targets = Targets()
    for document in 0..<count {
      let (start, end) = (Int(training.target_offsets[document]), Int(training.target_offsets[document + 1]))
      targets.append((start..<end).map { Int(training.targets[$0]) })
    }
    set = try TrainingSet(
      domain: try GivenTraining.domain(training.labels), features: GivenTraining.matrix(training.rows),
      targets: targets,
      weights: training.weights.map { Array(UnsafeBufferPointer(start: $0, count: count)) })
    var settings: [String: String] = [:]
    for number in 0..<Int(training.setting_count) {
      guard let setting = training.settings.map({ $0[number] }), let name = setting.name, let text = setting.text else {
        continue
      }
      settings[String(cString: name)] = String(cString: text)
    }
    parameters = try Hyperparameters(plugin.parameters, settings: settings)
    let (progress, host) = (training.progress, Host(pointer: training.host))
    context = TrainingContext(
      workers: WorkerPool(threads: Int(training.threads)), seed: training.seed,
      memoryLimit: training.memory_limit > 0 ? Int(training.memory_limit) : nil
    ) { fraction, what in progress.map { $0(host.pointer, fraction, what) != 0 } ?? true }
  }

  /// Tells the host what has been noted.
  func note(_ report: TrainingReport) {
    for figure in report.figures {
      if let number = figure.value.number { training.report?(training.host, figure.name, number) }
    }
    for warning in report.warnings { training.warn?(training.host, warning) }
  }

  /// The labels; what the facet is called does not matter to a plugin, so it is not told.
  static func domain(_ labels: dateline_labels) throws(DatelineError) -> Domain {
    var all: [Label] = []
    for number in 0..<Int(labels.count) {
      guard let name = labels.names.flatMap({ $0[number] }) else {
        throw DatelineError(.internal, "a label without a name")
      }
      all.append(try Label(String(cString: name)))
    }
    return try Domain(
      facet: try Facet("labels"), kind: labels.are_exclusive != 0 ? .exclusive : .multiLabel, labels: all)
  }

  private static func matrix(_ rows: dateline_rows) -> CSRMatrix {
    let offsets = (0...Int(rows.row_count)).map { Int(rows.offsets[$0]) }
    let count = offsets[offsets.count - 1]
    // The host keeps the elements until the call returns, and a plugin keeps nothing of a set.
    return CSRMatrix(
      columnCount: Int(rows.column_count), rowOffsets: offsets,
      columnIndices: SharedBuffer(
        unsafelySharing: UnsafeBufferPointer(start: rows.columns, count: count), owner: HostMemory.shared),
      values: SharedBuffer(
        unsafelySharing: UnsafeBufferPointer(start: rows.values, count: count), owner: HostMemory.shared))
  }
}

/// The first argument of the host's functions, which may be called from any thread.
private struct Host: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer?
}

/// Who owns the memory that the host lends.
private final class HostMemory: Sendable {
  static let shared = HostMemory()
}
