import DatelineCore
import DatelineParallel
import DatelineVectors
import TestSupport
import Testing

@testable import NaiveBayes

/// Counts of documents on disk are those of documents in memory, bit for bit.
@Suite struct SpoolTests {
  @Test(arguments: [Domain.Kind.exclusive, .multiLabel], [false, true])
  func sameSums(kind: Domain.Kind, weighted: Bool) throws {
    for seed: UInt64 in 1...5 {
      var random = Random(seed: seed)
      var problem = Problem.random(
        &random, kind, documents: 60, features: 40, labels: 5, weighted: weighted)
      // Thirds do not add up exactly: the order of the sums shows.
      problem.weights = problem.weights.map { $0.map { $0 / 3 } }
      let set = try problem.set()
      let indices = try SharedBufferBuilder<UInt32>(spooled: true)
      try indices.append(set.features.columnIndices.array().span)
      let values = try SharedBufferBuilder<Float>(spooled: true)
      try values.append(set.features.values.array().span)
      let disk = try TrainingSet(
        domain: set.domain,
        features: CSRMatrix(
          columnCount: 40, rowOffsets: set.features.rowOffsets, columnIndices: try indices.finish(),
          values: try values.finish()),
        targets: set.targets, weights: set.weights)
      for binarizes in [false, true] {
        let expected = FeatureCounts(set, binarizes: binarizes, workers: WorkerPool(threads: 1))
        for threads in [1, 2, 7] {
          let workers = WorkerPool(threads: threads)
          #expect(FeatureCounts(disk, binarizes: binarizes, workers: workers) == expected, "seed \(seed)")
          // One feature a table, and seven.
          for tableSize in [1, 42] {
            let parts = FeatureCounts.sweepingParts(disk, binarizes: binarizes, workers: workers, tableSize: tableSize)
            #expect(parts.count == (tableSize == 1 ? 40 : 6))
            #expect(parts.flatMap(\.sums) == expected.sums && parts.flatMap(\.labels) == expected.labels)
            #expect(parts.flatMap(\.totals) == expected.totals, "seed \(seed)")
          }
        }
      }
    }
  }
}
