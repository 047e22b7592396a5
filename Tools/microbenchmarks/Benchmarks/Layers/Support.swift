import Benchmark
import DatelineCore
import DatelineText
import Glibc

/// What every benchmark measures. Instructions are counted where the machine has counters; they do not care how busy it
/// is.
let standardMetrics: [BenchmarkMetric] = [.wallClock, .throughput, .instructions]

extension Benchmark {
  /// Measures a piece of work and reports, besides its time, how much of something it does in a second.
  ///
  /// - Parameters:
  ///   - amount: How much the work does.
  ///   - metric: The amount a second, such as ``BenchmarkMetric/megabytesPerSecond`` for megabytes.
  func measure(_ amount: Double, as metric: BenchmarkMetric, _ work: () throws -> Void) rethrows {
    startMeasurement()
    let elapsed = try ContinuousClock().measure(work)
    stopMeasurement()
    measurement(metric, Int((amount / (elapsed / .seconds(1))).rounded()))
  }
}

extension BenchmarkMetric {
  /// Millions of bytes a second.
  static var megabytesPerSecond: BenchmarkMetric { .custom("MB/s", polarity: .prefersLarger, useScalingFactor: false) }
  /// Millions of stored elements of sparse rows a second.
  static var megaelementsPerSecond: BenchmarkMetric {
    .custom("million elements/s", polarity: .prefersLarger, useScalingFactor: false)
  }
  /// Microseconds that a solver takes for a pass over its documents.
  static var microsecondsPerPass: BenchmarkMetric { .custom("μs a pass", useScalingFactor: false) }
}

extension Benchmark.Configuration {
  /// A configuration whose iterations do a thousand things, so that times and rates are those of one of them.
  static func thousand(and metrics: BenchmarkMetric...) -> Benchmark.Configuration {
    Benchmark.Configuration(
      metrics: standardMetrics + metrics, timeUnits: .nanoseconds, scalingFactor: .kilo)
  }

  /// A configuration for work that takes long.
  static func long(and metrics: BenchmarkMetric...) -> Benchmark.Configuration {
    Benchmark.Configuration(
      metrics: standardMetrics + metrics, timeUnits: .microseconds, units: [.microsecondsPerPass: .count],
      warmupIterations: 1,
      maxDuration: .seconds(10))
  }
}

extension TextParameters {
  /// The defaults: words and pairs of words that two documents have, tf-idf, length 1.
  static func standard(_ settings: [String: String] = [:]) throws -> TextParameters {
    try TextParameters(try Hyperparameters(TextParameters.schema, settings: settings))
  }
}

extension DocumentBatch {
  /// A batch of bodies.
  init(bodies: [[UInt8]]) {
    self.init(capacity: bodies.reduce(0) { $0 + $1.count })
    for body in bodies {
      var record = Record()
      record.body = append(body)
      append(record, labels: nil)
    }
  }
}

/// A file of the benchmark's own that goes away with it.
final class ScratchFile {
  let path: String

  /// A file of the given bytes.
  init(_ bytes: [UInt8] = []) throws {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/dateline-microbenchmark.XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw DatelineError(.inputOutput, "no temporary file in \(folder)") }
    defer { close(descriptor) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written) }
      guard count > 0 else { throw DatelineError(.inputOutput, "\(path): cannot be written") }
      written += count
    }
  }

  deinit { unlink(path) }
}
