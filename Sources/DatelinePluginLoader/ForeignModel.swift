import CDatelinePlugin
import DatelineCore
import DatelineVectors
import Synchronization

/// A plugin's model, which is destroyed with the last that uses it.
///
/// Unchecked: several threads may use a model at once, as the plugin promises (`plugin.h`).
final class ForeignModelHandle: @unchecked Sendable {
  let table: PluginTable
  let model: OpaquePointer
  private let failed = Mutex<DatelineError?>(nil)

  init(_ table: PluginTable, _ model: OpaquePointer) {
    self.table = table
    self.model = model
  }

  deinit { table.destroy(model) }

  /// What failed first.
  var failure: DatelineError? { failed.withLock { $0 } }

  func fail(_ error: DatelineError) { failed.withLock { $0 = $0 ?? error } }
}

/// What a plugin has learnt.
class ForeignModel: BatchClassifier, @unchecked Sendable {
  // Unchecked, since it has a subclass: that has no state of its own.
  let handle: ForeignModelHandle
  let featureCount: Int
  let labelCount: Int

  init(_ handle: ForeignModelHandle, featureCount: Int, labelCount: Int) {
    self.handle = handle
    self.featureCount = featureCount
    self.labelCount = labelCount
  }

  var failure: DatelineError? { handle.failure }

  func score(indices: Span<UInt32>, values: Span<Float>, into scores: inout MutableSpan<Double>) {
    precondition(scores.count == labelCount, "a score a label")
    indices.withUnsafeBufferPointer { columns in
      values.withUnsafeBufferPointer { values in
        let offsets: InlineArray<2, UInt64> = [0, UInt64(columns.count)]
        offsets.span.withUnsafeBufferPointer { offsets in
          let rows = dateline_rows(
            row_count: 1, column_count: UInt64(featureCount), offsets: offsets.baseAddress,
            columns: columns.baseAddress,
            values: values.baseAddress)
          score(rows, into: &scores)
        }
      }
    }
  }

  func score(_ rows: CSRMatrix, into scores: inout MutableSpan<Double>) {
    precondition(rows.columnCount == featureCount, "as many columns as features")
    precondition(scores.count == rows.rowCount * labelCount, "a score a label, for each row")
    // As offsets are never negative, their bits are those of numbers without a sign: nothing has to be copied.
    rows.rowOffsets.withUnsafeBytes { offsets in
      rows.columnIndices.withUnsafeBufferPointer { columns in
        rows.values.withUnsafeBufferPointer { values in
          let given = dateline_rows(
            row_count: UInt64(rows.rowCount), column_count: UInt64(rows.columnCount),
            offsets: offsets.assumingMemoryBound(to: UInt64.self).baseAddress, columns: columns.baseAddress,
            values: values.baseAddress)
          score(given, into: &scores)
        }
      }
    }
  }

  private func score(_ rows: dateline_rows, into scores: inout MutableSpan<Double>) {
    scores.withUnsafeMutableBufferPointer { scores in
      do throws(DatelineError) {
        let (table, model) = (handle.table, handle.model)
        var rows = rows
        try ForeignCall.check("score", of: table.description) { table.score(model, &rows, scores.baseAddress, $0) }
        // Infinite and undefined numbers have all bits of the exponent: one more, and it reaches the sign. Whole numbers, as
        // sums of others would wait for one another.
        var overflow: UInt64 = 0
        for score in scores { overflow |= (score.bitPattern & 0x7FF0_0000_0000_0000) &+ (1 << 52) }
        if overflow >> 63 == 0 { return }
        throw DatelineError(.internal, "\(table.description.identifier): a score that is no finite number")
      } catch {
        handle.fail(error)
        scores.update(repeating: 0)
      }
    }
  }

  func payloads() throws(DatelineError) -> [Payload] {
    let (table, model, collector) = (handle.table, handle.model, ByteCollector())
    var sink = dateline_sink(write: ByteCollector.write, host: Unmanaged.passUnretained(collector).toOpaque())
    do throws(DatelineError) {
      try ForeignCall.check("serialize", of: table.description) { error in
        withExtendedLifetime(collector) { table.serialize(model, &sink, error) }
      }
    } catch  where collector.problem == nil {
      throw error
    } catch {}
    if let problem = collector.problem {
      throw DatelineError(.internal, "\(table.description.identifier): serialize wrote \(problem)")
    }
    let shape = ForeignShape(featureCount: featureCount, labelCount: labelCount, byteCount: collector.bytes.count)
    return [shape.payload, Payload(name: "foreign.model", bytes: collector.bytes)]
  }
}

/// What a plugin has learnt whose scores are sums.
final class AdditiveForeignModel: ForeignModel, AdditiveClassifier, @unchecked Sendable {
  func contribution(feature: Int, value: Float, label: Int) -> Double {
    number("contribution") { [handle] in
      handle.table.contribution?(handle.model, UInt64(feature), value, UInt64(label), $0, $1) ?? 0
    }
  }

  func constant(label: Int) -> Double {
    number("constant") { [handle] in handle.table.constant?(handle.model, UInt64(label), $0, $1) ?? 0 }
  }

  private func number(
    _ name: String, _ call: (UnsafeMutablePointer<Double>, UnsafeMutablePointer<dateline_error>) -> dateline_status
  ) -> Double {
    var number = 0.0
    do throws(DatelineError) {
      let plugin = handle.table.description
      try ForeignCall.check(name, of: plugin) { call(&number, $0) }
      guard number.isFinite else {
        throw DatelineError(.internal, "\(plugin.identifier): a \(name) that is no finite number")
      }
      return number
    } catch {
      handle.fail(error)
      return 0
    }
  }
}

/// Takes what a plugin writes. One thread calls it.
private final class ByteCollector {
  var bytes: [UInt8] = []
  /// What was wrong with it.
  var problem: String?

  private static let most: UInt64 = 1 << 38

  static let write: @convention(c) (UnsafeMutableRawPointer?, UnsafeRawPointer?, UInt64) -> dateline_status = {
    guard let pointer = $0 else { return dateline_status(DATELINE_ERROR_INTERNAL) }
    let collector = Unmanaged<ByteCollector>.fromOpaque(pointer).takeUnretainedValue()
    guard $2 <= most, UInt64(collector.bytes.count) + $2 <= most else {
      collector.problem = "\($2) bytes at once, which no model has"
      return dateline_status(DATELINE_ERROR_INTERNAL)
    }
    if $2 == 0 { return 0 }
    guard collector.append($1, count: Int($2)) else {
      collector.problem = "\($2) bytes from a place where they are not"
      return dateline_status(DATELINE_ERROR_INTERNAL)
    }
    return 0
  }

  /// Appends in pieces, so that a wrong count ends at the first that is not there, and before all memory is taken.
  private func append(_ start: UnsafeRawPointer?, count: Int) -> Bool {
    guard let start else { return false }
    let size = 1 << 20
    for place in stride(from: 0, to: count, by: size) {
      guard let piece = ForeignMemory.bytes(start + place, count: min(size, count - place)) else { return false }
      bytes += piece
    }
    return true
  }
}
