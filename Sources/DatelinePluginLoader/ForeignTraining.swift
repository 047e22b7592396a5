import CDatelinePlugin
import DatelineCore
import DatelineParallel
import DatelineVectors
import Synchronization

/// Lends what a training is given in the form of `plugin.h`. Nothing is copied but offsets of targets and names.
enum ForeignTraining {
  static func lend<Result>(
    _ set: TrainingSet, _ parameters: Hyperparameters, _ context: TrainingContext, _ host: TrainingHost,
    _ body: (UnsafePointer<dateline_training>) -> Result
  ) -> Result {
    let offsets = set.targets.offsets.map { UInt64($0) }
    let names = parameters.schema.parameters.map(\.name)
    let texts = names.map { parameters[$0].description }
    return withLabels(set.domain) { labels in
      withRows(set.features) { rows in
        ForeignCall.withStrings(names) { names in
          ForeignCall.withStrings(texts) { texts in
            let settings = parameters.schema.parameters.indices.map { number in
              setting(parameters[parameters.schema.parameters[number].name], names?[number], texts?[number])
            }
            return set.targets.indices.withUnsafeBufferPointer { targets in
              offsets.withUnsafeBufferPointer { offsets in
                settings.withUnsafeBufferPointer { settings in
                  withWeights(set.weights) { weights in
                    var training = dateline_training(
                      struct_size: UInt64(MemoryLayout<dateline_training>.size), labels: labels, rows: rows,
                      target_offsets: offsets.baseAddress, targets: targets.baseAddress, weights: weights,
                      settings: settings.baseAddress, setting_count: UInt64(settings.count), seed: context.seed,
                      threads: UInt32(clamping: context.workers.threadCount),
                      memory_limit: UInt64(context.memoryLimit ?? 0), progress: TrainingHost.progress,
                      report: TrainingHost.report, warn: TrainingHost.warn,
                      host: Unmanaged.passUnretained(host).toOpaque())
                    return withExtendedLifetime(host) { body(&training) }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  static func withLabels<Result>(_ domain: Domain, _ body: (dateline_labels) -> Result) -> Result {
    ForeignCall.withStrings(domain.labels.map(\.path)) { names in
      body(
        dateline_labels(
          count: UInt64(domain.count), names: names, are_exclusive: domain.kind == .exclusive ? 1 : 0))
    }
  }

  /// The rows of a matrix. Offsets are never negative, so their bits are those of numbers without a sign.
  static func withRows<Result>(_ matrix: CSRMatrix, _ body: (dateline_rows) -> Result) -> Result {
    matrix.rowOffsets.withUnsafeBytes { offsets in
      matrix.columnIndices.withUnsafeBufferPointer { columns in
        matrix.values.withUnsafeBufferPointer { values in
          body(
            dateline_rows(
              row_count: UInt64(matrix.rowCount), column_count: UInt64(matrix.columnCount),
              offsets: offsets.assumingMemoryBound(to: UInt64.self).baseAddress, columns: columns.baseAddress,
              values: values.baseAddress))
        }
      }
    }
  }

  private static func withWeights<Result>(_ weights: [Double]?, _ body: (UnsafePointer<Double>?) -> Result) -> Result {
    guard let weights else { return body(nil) }
    return weights.withUnsafeBufferPointer { body($0.baseAddress) }
  }

  private static func setting(
    _ value: ParameterValue, _ name: UnsafePointer<CChar>?, _ text: UnsafePointer<CChar>?
  ) -> dateline_setting {
    let (kind, number): (UInt32, Double) =
      switch value {
      case .number(let number): (UInt32(DATELINE_NUMBER), number)
      case .integer(let number): (UInt32(DATELINE_INTEGER), Double(number))
      case .choice: (UInt32(DATELINE_CHOICE), 0)
      case .flag(let flag): (UInt32(DATELINE_FLAG), flag ? 1 : 0)
      }
    return dateline_setting(
      struct_size: UInt32(MemoryLayout<dateline_setting>.size), kind: kind, name: name, number: number, text: text)
  }
}

/// What a plugin says while it learns. It may do so from several threads.
final class TrainingHost: Sendable {
  private let context: TrainingContext
  private let notes = Mutex(TrainingReport())
  private static let mostNotes = 1000

  init(_ context: TrainingContext) { self.context = context }

  /// All that has been noted.
  var report: TrainingReport { notes.withLock { $0 } }

  private static func host(_ pointer: UnsafeMutableRawPointer?) -> TrainingHost? {
    pointer.map { Unmanaged<TrainingHost>.fromOpaque($0).takeUnretainedValue() }
  }

  static let progress: @convention(c) (UnsafeMutableRawPointer?, Double, UnsafePointer<CChar>?) -> Int32 = {
    let fraction = $1.isFinite ? min(1, max(0, $1)) : 0
    guard let host = host($0) else { return 1 }
    return host.context.progress(fraction, ForeignMemory.string($2) ?? "learning") ? 1 : 0
  }

  static let report: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, Double) -> Void = {
    guard let host = host($0), let name = ForeignMemory.string($1), $2.isFinite else { return }
    let value = $2
    host.notes.withLock { if $0.figures.count < mostNotes { $0.figures.append((name, .number(value))) } }
  }

  static let warn: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?) -> Void = {
    guard let host = host($0), let message = ForeignMemory.string($1) else { return }
    host.notes.withLock { if $0.warnings.count < mostNotes { $0.warnings.append(message) } }
  }
}
