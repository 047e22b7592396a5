import DatelineCore
import DatelineParallel
import DatelineVectors
import TestSupport
import Testing

@testable import LogisticRegression

extension CSRMatrix {
  /// The same in temporary files.
  func spooled() throws -> CSRMatrix {
    let indices = try SharedBufferBuilder<UInt32>(spooled: true)
    try indices.append(columnIndices.array().span)
    let elements = try SharedBufferBuilder<Float>(spooled: true)
    try elements.append(values.array().span)
    return CSRMatrix(
      columnCount: columnCount, rowOffsets: rowOffsets, columnIndices: try indices.finish(),
      values: try elements.finish())
  }
}

/// Documents on disk give the bits of documents in memory, in one block or many.
@Suite struct SpoolTests {
  private func train(
    _ set: TrainingSet, _ settings: [String: String], blockSize: Int, threads: Int = 1, memoryLimit: Int? = nil
  ) throws -> (bytes: [String: [UInt8]], report: TrainingReport) {
    var trainer = LogisticRegressionTrainer(
      parameters: try LogisticRegressionParameters(
        Hyperparameters(LogisticRegressionPlugin().description.parameters, settings: settings)),
      context: TrainingContext(workers: WorkerPool(threads: threads), memoryLimit: memoryLimit))
    trainer.blockSize = blockSize
    let (model, report) = try trainer.train(set)
    return (try bytes(model), report)
  }

  private func onDisk(_ set: TrainingSet) throws -> TrainingSet {
    try TrainingSet(
      domain: set.domain, features: set.features.spooled(), targets: set.targets, weights: set.weights)
  }

  @Test(arguments: [(Domain.Kind.exclusive, 2), (.exclusive, 5), (.multiLabel, 3)], [false, true])
  func sameBits(shape: (kind: Domain.Kind, labels: Int), weighted: Bool) throws {
    var random = Random(seed: 21)
    let problem = Problem.random(
      &random, shape.kind, documents: 400, features: 600, labels: shape.labels, elements: 12, weighted: weighted)
    let set = try problem.set()
    let disk = try onDisk(set)
    for blockSize in [1 << 24, 2000] {
      let expected = try train(set, ["C": "0.3"], blockSize: blockSize)
      for threads in [1, 3] {
        let found = try train(disk, ["C": "0.3"], blockSize: blockSize, threads: threads, memoryLimit: 1 << 26)
        #expect(found == expected, "blocks of \(blockSize), \(threads) threads")
      }
      #expect(expected.report["converged"] == true)
    }
  }

  /// Where a block holds documents of one label only, descent would swing from one label to the next.
  @Test(arguments: [2, 5]) func documentsSortedByLabel(labels: Int) throws {
    var random = Random(seed: 22)
    let mixed = Problem.random(&random, .exclusive, documents: 1500, features: 600, labels: labels, elements: 12)
    let sorted = mixed.selecting((0..<1500).sorted { (mixed.targets[$0][0], $0) < (mixed.targets[$1][0], $1) })
    let whole = try train(sorted.set(), ["C": "0.1"], blockSize: 1 << 24).report
    let blocks = try train(sorted.set(), ["C": "0.1"], blockSize: 5000).report
    #expect(blocks["converged"] == true && blocks["newton_steps"] == 0)
    let passes = try [#require(whole["passes"]?.number), #require(blocks["passes"]?.number)]
    #expect(passes[1] < 3 * passes[0], "\(passes)")
  }

  @Test func newtonsMethodIsRefusedBeyondTheLimit() throws {
    var random = Random(seed: 23)
    let problem = Problem.random(&random, .exclusive, documents: 300, features: 600, labels: 2, elements: 12)
    let error = failure {
      _ = try train(problem.set(), ["C": "2", "tolerance": "1e-8"], blockSize: 1 << 24, memoryLimit: 10_000)
    }
    #expect(error?.code == .usage && error?.message.contains("tolerance=") == true, "\(String(describing: error))")
  }
}

@Suite struct VisitingOrderTests {
  private let rows = CSRMatrix(
    rows: (0..<1000).map {
      SparseVector(indices: (0..<UInt32($0 % 5)).map { $0 }, values: [0, 1, 2, 3, 4].prefix($0 % 5).map { $0 })
    },
    columnCount: 5)

  @Test func oneBlockIsAShuffle() {
    var order = VisitingOrder([5, 3, 999], rows: rows, blockSize: 1 << 24)
    var (random, reference) = (SplitMix64(seed: 1), SplitMix64(seed: 1))
    var expected: [Int32] = [5, 3, 999]
    for _ in 0..<3 {
      reference.shuffle(&expected)
      order.forEachBlock(&random) { documents, stretches in #expect(documents == expected && stretches.isEmpty) }
    }
  }

  @Test(arguments: [1, 10, 100, 1000, 2999]) func everyDocumentComesOnce(blockSize: Int) {
    for documents in [(0..<Int32(1000)).filter { $0 % 3 != 0 }, [17], [999, 0, 4], []] {
      var order = VisitingOrder(documents, rows: rows, blockSize: blockSize)
      var random = SplitMix64(seed: 2)
      for _ in 0..<2 {
        var seen: [Int32] = []
        order.forEachBlock(&random) { block, stretches in
          seen += block
          #expect(block.allSatisfy { document in stretches.contains { $0.contains(Int(document)) } })
          #expect(stretches.count <= 256)
          // A run may be larger than its share by one document.
          let size = stretches.reduce(0) { $0 + $1.reduce(0) { $0 + 1 + rows.range(ofRow: $1).count } }
          #expect(size <= blockSize + 256 * 5, "\(size)")
        }
        #expect(seen.sorted() == documents.sorted())
      }
    }
  }
}
