import CDatelinePlugin
import DatelineCore
import DatelineParallel
import DatelineVectors
import Synchronization

/// A training as the host has given it, in Swift's values.
struct GivenTraining {
  let set: TrainingSet
  let parameters: Hyperparameters
  let context: TrainingContext
  private let training: dateline_training
  private let call: HostCall

  /// Copies all of it, so that a family may keep what it likes.
  init(_ pointer: UnsafePointer<dateline_training>, of plugin: PluginDescription) throws(DatelineError) {
    let training = Sized.value(pointer, size: pointer.pointee.struct_size, blank: dateline_training())
    self.training = training
    call = HostCall(training)
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
      guard let start = training.settings.flatMap({ $0[number] }) else { continue }
      let setting = Sized.value(start, size: UInt64(start.pointee.struct_size), blank: dateline_setting())
      guard let name = setting.name, let text = setting.text else { continue }
      settings[String(cString: name)] = String(cString: text)
    }
    parameters = try Hyperparameters(plugin.parameters, settings: settings)
    let call = call
    context = TrainingContext(
      workers: WorkerPool(threads: Int(training.threads)), seed: training.seed,
      memoryLimit: training.memory_limit > 0 ? Int(clamping: training.memory_limit) : nil
    ) { call.tell($0, $1) }
  }

  /// The host is not told anything from now on, whoever has kept the context.
  func end() { call.end() }

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
    // The first row need not begin with the first element.
    let first = Int(rows.offsets[0])
    let offsets = (0...Int(rows.row_count)).map { Int(rows.offsets[$0]) - first }
    let count = offsets[offsets.count - 1]
    return CSRMatrix(
      columnCount: Int(rows.column_count), rowOffsets: offsets,
      columnIndices: SharedBuffer(UnsafeBufferPointer(start: rows.columns.map { $0 + first }, count: count)),
      values: SharedBuffer(UnsafeBufferPointer(start: rows.values.map { $0 + first }, count: count)))
  }
}

/// A struct that says how large it is, as the host knows it: members of a later header than the host's are left as they are.
enum Sized {
  static func value<Value: BitwiseCopyable>(_ pointer: UnsafePointer<Value>, size: UInt64, blank: Value) -> Value {
    var value = blank
    let count = Int(min(size, UInt64(MemoryLayout<Value>.size)))
    withUnsafeMutableBytes(of: &value) {
      $0.copyBytes(from: UnsafeRawBufferPointer(start: UnsafeRawPointer(pointer), count: count))
    }
    return value
  }
}

/// The host's functions for the length of a training.
///
/// Unchecked: the host lets itself be called from any thread until the training ends.
private final class HostCall: @unchecked Sendable {
  private let training: dateline_training
  private let isOver = Mutex(false)

  init(_ training: dateline_training) { self.training = training }

  func end() { isOver.withLock { $0 = true } }

  func tell(_ fraction: Double, _ words: String) -> Bool {
    isOver.withLock { isOver in
      if isOver { return true }
      return training.progress.map { $0(training.host, fraction, words) != 0 } ?? true
    }
  }
}
