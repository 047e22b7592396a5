import DatelineVectors
import TestSupport
import Testing

@testable import LogisticRegression

@Suite struct ScaledWeightsTests {
  /// Rows of every length against plain loops.
  @Test func sumsAndSteps() {
    let seed: UInt64 = 72
    var random = Random(seed: seed)
    let features = 23
    let scales = (0..<features).map { _ in Float(0.1 + random.unit() * 5) }
    var rows: [SparseVector] = []
    for number in 0..<12 {
      var row = SparseVector()
      for feature in 0..<features where random.below(12) < number {
        row.append(index: UInt32(feature), value: Float(random.unit()))
      }
      rows.append(row)
    }
    let matrix = CSRMatrix(rows: rows, columnCount: features)
    let table = ScaledWeights(squaredScales: scales)
    var expected = [Double](repeating: 0, count: features)
    for (number, row) in rows.enumerated() {
      table.prefetch(matrix, row: number)
      let sum = zip(row.indices, row.values).reduce(0) { $0 + Double($1.1) * expected[Int($1.0)] }
      #expect(abs(table.dot(matrix, row: number) - sum) < 1e-5, "seed \(seed)")
      let norm = zip(row.indices, row.values).reduce(0) { $0 + Double($1.1 * $1.1 * scales[Int($1.0)]) }
      #expect(abs(table.squaredNorm(matrix, row: number) - norm) < 1e-5, "seed \(seed)")
      let step = random.unit() - 0.5
      table.add(matrix, row: number, times: step)
      for (feature, value) in zip(row.indices, row.values) {
        expected[Int(feature)] += step * Double(value) * Double(scales[Int(feature)])
      }
    }
    for (feature, weight) in table.array().enumerated() {
      #expect(abs(Double(weight) - expected[feature]) < 1e-5, "seed \(seed)")
      #expect(table.squaredScale(feature) == scales[feature])
    }
    let penalty = expected.indices.reduce(0) { $0 + 0.5 * expected[$1] * expected[$1] / Double(scales[$1]) }
    #expect(abs(table.penalty() - penalty) < 1e-5 * penalty, "seed \(seed)")
  }
}
