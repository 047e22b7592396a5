import TestSupport
import DatelineCore
import DatelineParallel
import DatelineVectors
import NaiveBayes
import Testing

/// Damaged counts: classifying does without them, whatever needs them throws.
@Suite struct HostilePayloadTests {
  private static let problem: Problem = {
    var random = Random(seed: 1)
    return Problem.random(&random, .exclusive, documents: 20, features: 8, labels: 3)
  }()

  /// A model one part of which is another.
  private func load(_ name: String, _ change: (Payload) -> [UInt8]?) throws -> any Classifier {
    let parts = try HostilePayloadTests.problem.train(["alpha": "1"]).payloads()
    #expect(parts.contains { $0.name == name })
    let changed = parts.compactMap { part in
      part.name == name ? change(part).map { Payload(name: name, bytes: $0) } : part
    }
    return try NaiveBayesPlugin().load(Payloads(changed), domain: domain(.exclusive, [0, 1, 2]))
  }

  private func numbers<Number: BitwiseCopyable & Sendable>(
    _ part: Payload, _ type: Number.Type, _ change: (inout [Number]) -> Void
  ) throws -> [UInt8] {
    var numbers = try Payloads([part]).numbers(part.name, as: type).array()
    change(&numbers)
    return Payload(name: part.name, numbers).bytes
  }

  private func expectDamaged(
    _ name: String, sourceLocation: SourceLocation = #_sourceLocation, _ change: (Payload) -> [UInt8]?
  ) throws {
    let problem = HostilePayloadTests.problem
    let model = try load(name, change)
    #expect(scores(model, problem.rows[0]).allSatisfy { $0.isFinite }, sourceLocation: sourceLocation)
    let stored = failure(sourceLocation: sourceLocation) { _ = try model.payloads() }
    #expect(stored?.code == .invalidData, "\(String(describing: stored))", sourceLocation: sourceLocation)
    let learntOn = failure(sourceLocation: sourceLocation) {
      _ = try NaiveBayesPlugin().update(
        model, with: problem.set(), featureMap: Array(0..<8), labelMap: [0, 1, 2],
        parameters: parameters(["alpha": "1"]),
        context: TrainingContext(workers: WorkerPool(threads: 1)))
    }
    #expect(learntOn?.code == .invalidData, sourceLocation: sourceLocation)
  }

  static let parts = ["counts.documents", "counts.totals", "counts.offsets", "counts.labels", "counts.sums"]

  @Test(arguments: parts) func missingOrOfAnotherSize(name: String) throws {
    try expectDamaged(name) { _ in nil }
    try expectDamaged(name) { _ in [] }
    try expectDamaged(name) { $0.bytes.dropLast() }
    try expectDamaged(name) { $0.bytes.dropLast(8) }
    try expectDamaged(name) { $0.bytes + [0, 0, 0, 0, 0, 0, 0, 0] }
  }

  @Test(arguments: ["counts.documents", "counts.totals", "counts.sums"], [-1, -Double.infinity, .infinity, .nan])
  func sumsThatAreNone(name: String, value: Double) throws {
    for place in [0, 2] {
      try expectDamaged(name) { part in try? numbers(part, Double.self) { $0[place] = value } }
    }
  }

  @Test func offsetsThatDoNotAscend() throws {
    let changes: [@Sendable (inout [UInt64]) -> Void] = [
      { $0[0] = 1 }, { $0[3] = .max }, { $0.swapAt(2, 5) }, { $0[$0.count - 1] += 1 }, { $0[$0.count - 1] -= 1 },
      { $0[1] = 1 << 63 },
    ]
    for change in changes {
      try expectDamaged("counts.offsets") { part in try? numbers(part, UInt64.self, change) }
    }
  }

  @Test func labelsThatDoNotExistOrAscend() throws {
    let changes: [@Sendable (inout [UInt32]) -> Void] = [
      { $0[0] = 3 }, { $0[$0.count - 1] = .max }, { $0.swapAt(0, 1) }, { $0[1] = $0[0] },
    ]
    for change in changes {
      try expectDamaged("counts.labels") { part in try? numbers(part, UInt32.self, change) }
    }
  }

  /// A part that is larger than the whole would give logarithms of negative numbers.
  @Test func partsLargerThanTheWhole() throws {
    try expectDamaged("counts.documents") { part in try? numbers(part, Double.self) { $0[1] = $0[0] + 1 } }
    try expectDamaged("counts.sums") { part in try? numbers(part, Double.self) { $0[0] = 1e9 } }
  }

  @Test func theMarkOfPresence() throws {
    #expect(failure { _ = try load("naive-bayes.binarizes") { _ in [] } }?.code == .invalidData)
    #expect(failure { _ = try load("naive-bayes.binarizes") { _ in nil } }?.code == .invalidData)
    #expect(failure { _ = try load("naive-bayes.binarizes") { _ in [2] } }?.code == .invalidData)
  }
}
