import CDatelinePlugin
import DatelineCore
import DatelineParallel
import DatelineVectors
import Synchronization

/// What a training is given, in the form of `plugin.h`.
struct ForeignTraining {
  private let set: TrainingSet
  private let memory = LentMemory()
  private let host: TrainingHost
  private let training: dateline_training

  /// Copies offsets, targets, weights, names and settings; the elements of the rows stay where they are.
  init(_ set: TrainingSet, _ parameters: Hyperparameters, _ context: TrainingContext, _ host: TrainingHost) {
    self.set = set
    self.host = host
    let memory = memory
    let settings: [UnsafePointer<dateline_setting>?] = parameters.schema.parameters.map { parameter in
      memory.array([ForeignTraining.setting(parameter.name, parameters[parameter.name], memory)])
    }
    training = dateline_training(
      struct_size: UInt64(MemoryLayout<dateline_training>.size), labels: memory.labels(of: set.domain),
      rows: memory.rows(of: set.features), target_offsets: memory.array(set.targets.offsets.map { UInt64($0) }),
      targets: memory.array(set.targets.indices), weights: set.weights.map { memory.array($0) },
      settings: memory.array(settings), setting_count: UInt64(settings.count), seed: context.seed,
      threads: UInt32(clamping: context.workers.threadCount), memory_limit: UInt64(max(0, context.memoryLimit ?? 0)),
      progress: TrainingHost.progress, report: TrainingHost.report, warn: TrainingHost.warn,
      host: Unmanaged.passUnretained(host).toOpaque())
  }

  /// Lends it for the length of a call.
  func lend<Result>(_ body: (UnsafePointer<dateline_training>) -> Result) -> Result {
    withExtendedLifetime((set, memory, host)) { withUnsafePointer(to: training, body) }
  }

  private static func setting(_ name: String, _ value: ParameterValue, _ memory: LentMemory) -> dateline_setting {
    let (kind, number): (Int, Double) =
      switch value {
      case .number(let number): (DATELINE_NUMBER, number)
      case .integer(let number): (DATELINE_INTEGER, Double(number))
      case .choice: (DATELINE_CHOICE, 0)
      case .flag(let flag): (DATELINE_FLAG, flag ? 1 : 0)
      }
    return dateline_setting(
      struct_size: UInt32(MemoryLayout<dateline_setting>.size), kind: UInt32(kind), name: memory.string(name),
      number: number, text: memory.string(value.description))
  }
}

extension LentMemory {
  /// The labels of a domain.
  func labels(of domain: Domain) -> dateline_labels {
    dateline_labels(
      count: UInt64(domain.count), names: strings(domain.labels.map(\.path)),
      are_exclusive: domain.kind == .exclusive ? 1 : 0)
  }

  /// The rows of a matrix, whose elements last as long as the matrix.
  func rows(of matrix: CSRMatrix) -> dateline_rows {
    dateline_rows(
      row_count: UInt64(matrix.rowCount), column_count: UInt64(matrix.columnCount),
      offsets: array(matrix.rowOffsets.map { UInt64($0) }),
      columns: matrix.columnIndices.withUnsafeBufferPointer { $0.baseAddress },
      values: matrix.values.withUnsafeBufferPointer { $0.baseAddress })
  }
}

/// What a plugin says while it learns. It may do so from several threads.
final class TrainingHost: Sendable {
  private struct Notes {
    var report = TrainingReport()
    var wasStopped = false
  }

  private let context: TrainingContext
  private let notes = Mutex(Notes())
  private static let mostNotes = 1000
  private static let longestName = 100

  init(_ context: TrainingContext) { self.context = context }

  /// All that has been noted.
  var report: TrainingReport { notes.withLock { $0.report } }

  /// The errors that a training can end with: that it was stopped only if it was asked to.
  var codes: [DatelineError.Code] { [.usage, .invalidData] + (notes.withLock { $0.wasStopped } ? [.cancelled] : []) }

  private func tell(_ fraction: Double, _ words: String) -> Bool {
    let goesOn = context.progress(fraction, words)
    if !goesOn { notes.withLock { $0.wasStopped = true } }
    return goesOn
  }

  /// Of two figures with one name the later one counts.
  private func note(_ name: String, _ value: Double) {
    guard value.isFinite, !name.isEmpty, name.utf8.count <= TrainingHost.longestName else { return }
    notes.withLock { notes in
      if let place = notes.report.figures.firstIndex(where: { $0.name == name }) {
        notes.report.figures[place].value = .number(value)
      } else if notes.report.figures.count < TrainingHost.mostNotes {
        notes.report.figures.append((name, .number(value)))
      }
    }
  }

  private func warn(_ message: String) {
    notes.withLock { notes in
      if notes.report.warnings.count < TrainingHost.mostNotes { notes.report.warnings.append(message) }
    }
  }

  private static func host(_ pointer: UnsafeMutableRawPointer?) -> TrainingHost? {
    pointer.map { Unmanaged<TrainingHost>.fromOpaque($0).takeUnretainedValue() }
  }

  static let progress: @convention(c) (UnsafeMutableRawPointer?, Double, UnsafePointer<CChar>?) -> Int32 = {
    guard let host = host($0) else { return 1 }
    return host.tell($1, ForeignMemory.string($2) ?? "learning") ? 1 : 0
  }

  static let report: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, Double) -> Void = {
    if let host = host($0), let name = ForeignMemory.string($1) { host.note(name, $2) }
  }

  static let warn: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Void = {
    if let host = host($0), let message = ForeignMemory.string($1) { host.warn(message) }
  }
}
