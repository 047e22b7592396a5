import DatelineCore
import DatelineParallel
import DatelineVectors
import TestSupport
import Testing

@testable import NaiveBayes

/// Damaged sparse weights: the model is refused before anything reads beyond its parts.
@Suite struct HostileSparseTests {
  private let parts: [Payload]

  init() throws {
    var random = Random(seed: 1)
    let problem = Problem.random(&random, .multiLabel, documents: 20, features: 8, labels: 3)
    // This variant has all the parts.
    let trainer = NaiveBayesTrainer(
      parameters: try NaiveBayesParameters(parameters(["variant": "bernoulli"])), workers: WorkerPool(threads: 1))
    let counts = FeatureCounts(try problem.set(), binarizes: true, workers: trainer.workers)
    parts = try trainer.model(counts, kind: .multiLabel, form: .sparse).payloads()
    #expect(parts.allSatisfy { !$0.bytes.isEmpty })
  }

  private func load(_ name: String, _ bytes: [UInt8]?) throws -> any Classifier {
    #expect(parts.contains { $0.name == name })
    let changed = parts.compactMap { part in
      part.name == name ? bytes.map { Payload(name: name, bytes: $0) } : part
    }
    return try NaiveBayesPlugin().load(Payloads(changed), domain: domain(.multiLabel, [0, 1, 2]))
  }

  private func expectDamaged(_ name: String, _ bytes: [UInt8]?, sourceLocation: SourceLocation = #_sourceLocation) {
    let error = failure(sourceLocation: sourceLocation) { _ = try load(name, bytes) }
    #expect(error?.code == .invalidData, "\(String(describing: error))", sourceLocation: sourceLocation)
  }

  private func expectDamaged<Number: BitwiseCopyable & Sendable>(
    _ name: String, _ type: Number.Type, sourceLocation: SourceLocation = #_sourceLocation,
    _ change: (inout [Number]) -> Void
  ) throws {
    let part = try #require(parts.first { $0.name == name })
    var numbers = try Payloads([part]).numbers(name, as: type).array()
    change(&numbers)
    expectDamaged(name, Payload(name: name, numbers).bytes, sourceLocation: sourceLocation)
  }

  static let names = [
    "sparse.bias", "sparse.slopes", "sparse.shifts", "sparse.defaults", "sparse.groups", "sparse.rows", "sparse.starts",
    "sparse.labels", "sparse.cells",
  ]

  @Test func theyAreSoundAtFirst() throws {
    let bytes = try #require(parts.first { $0.name == "sparse.cells" }).bytes
    #expect(try load("sparse.cells", bytes).labelCount == 3)
  }

  @Test(arguments: names) func missingOrOfAnotherSize(name: String) throws {
    let bytes = try #require(parts.first { $0.name == name }).bytes
    expectDamaged(name, nil)
    expectDamaged(name, bytes.dropLast())
    expectDamaged(name, bytes.dropLast(4))
    expectDamaged(name, bytes + [0, 0, 0, 0])
    if !["sparse.defaults", "sparse.groups"].contains(name) { expectDamaged(name, []) }
  }

  /// Without its mark the model is a dense one, and the parts of that are missing.
  @Test func shapesThatDoNotFit() throws {
    expectDamaged("sparse.shape", nil)
    for shape: [UInt64] in [
      [], [8], [8, 3, 1], [9, 3], [7, 3], [8, 2], [8, 4], [.max, 3], [1 << 32, 3], [8, .max],
    ] {
      expectDamaged("sparse.shape", Payload(name: "", shape).bytes)
    }
  }

  @Test(arguments: ["sparse.bias", "sparse.slopes", "sparse.shifts"], [Double.nan, .infinity, -.infinity])
  func constantsThatAreNone(name: String, value: Double) throws {
    try expectDamaged(name, Double.self) { $0[1] = value }
  }

  @Test func startsThatDoNotAscend() throws {
    let changes: [(inout [UInt64]) -> Void] = [
      { $0[0] = 1 }, { $0[3] = .max }, { $0[1] = 1 << 63 }, { $0.swapAt(2, 5) }, { $0[$0.count - 1] += 1 },
      { $0[$0.count - 1] -= 1 }, { $0[4] = $0[$0.count - 1] + 1 },
    ]
    for change in changes { try expectDamaged("sparse.starts", UInt64.self, change) }
  }

  @Test func labelsThatDoNotExistOrAscend() throws {
    let changes: [(inout [UInt32]) -> Void] = [
      { $0[$0.count - 1] = 3 }, { $0[0] = .max }, { $0.swapAt(0, 1) }, { $0[1] = $0[0] },
    ]
    for change in changes { try expectDamaged("sparse.labels", UInt32.self, change) }
  }

  @Test func groupsThatDoNotExist() throws {
    try expectDamaged("sparse.groups", UInt32.self) { $0[2] = .max }
    let rows = try #require(parts.first { $0.name == "sparse.rows" })
    expectDamaged("sparse.rows", Array(rows.bytes.dropLast(12)))
  }

  /// The places of the cells are the weights' own; the sums have to fit them.
  @Test func sumsThatDoNotFitTheCells() throws {
    for name in ["counts.sums", "counts.totals", "counts.documents"] {
      let bytes = try #require(parts.first { $0.name == name }).bytes
      let model = try load(name, bytes.dropLast(8))
      #expect(failure { _ = try model.payloads() }?.code == .invalidData)
    }
  }
}
