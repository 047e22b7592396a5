import DatelineParallel
import DatelineVectors
import TestSupport
import Testing

@testable import LogisticRegression

@Suite struct SweepDataTests {
  /// Matrices of every small size, for every way to share the work.
  @Test(arguments: [1, 2, 3, 7, 8, 64]) func anyNumberOfElements(threads: Int) throws {
    let seed: UInt64 = 73
    var random = Random(seed: seed)
    let workers = WorkerPool(threads: threads)
    for features in [1, 3, 40] {
      for count in 0...70 {
        var rows: [SparseVector] = []
        var left = count
        while left > 0 {
          let chosen = (0..<features).filter { _ in random.below(2) == 0 }.prefix(left)
          rows.append(
            SparseVector(indices: chosen.map { UInt32($0) }, values: chosen.map { _ in Float(1 + random.unit()) }))
          left -= chosen.count
        }
        let matrix = CSRMatrix(rows: rows, columnCount: features)
        let data = try SweepData(matrix, workers: workers)
        let frequencies = (0..<features).map { feature in
          UInt32(rows.count { $0.indices.contains(UInt32(feature)) })
        }
        let what = "seed \(seed), \(count) elements of \(features) features"
        #expect(data.features.sorted() == (0..<features).filter { frequencies[$0] > 0 }, "\(what)")
        #expect(data.frequencies == data.features.map { frequencies[$0] }, "\(what)")
        #expect(data.frequencies == data.frequencies.sorted(by: >), "\(what)")
        for row in rows.indices {
          let places = data.rows.range(ofRow: row).map { UInt32(data.features[Int(data.rows.columnIndices[$0])]) }
          #expect(places == rows[row].indices, "\(what), row \(row)")
        }
      }
    }
  }
}
