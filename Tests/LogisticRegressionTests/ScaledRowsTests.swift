import DatelineVectors
import TestSupport
import Testing

@testable import LogisticRegression

@Suite struct ScaledRowsTests {
  /// Records of every size against plain loops.
  @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 16, 20, 21, 33, 90])
  func sumsAndSteps(labels: Int) {
    let seed: UInt64 = 71
    var random = Random(seed: seed)
    let features = 23
    let stride = SparseProduct.stride(columns: labels) + 4
    let scales = (0..<features * stride).map { _ in ScaledRows.rounded(Float(0.1 + random.unit() * 5)) }
    var rows: [SparseVector] = []
    for _ in 0..<12 {
      var row = SparseVector()
      for feature in 0..<features where random.below(3) == 0 {
        row.append(index: UInt32(feature), value: Float(random.unit()))
      }
      rows.append(row)
    }
    let matrix = CSRMatrix(rows: rows, columnCount: features)
    let table = ScaledRows(squaredScales: scales, stride: stride, labelCount: labels)
    var expected = [Double](repeating: 0, count: features * labels)
    #expect(table.width == labels + labels % 2)
    for (number, row) in rows.enumerated() {
      var sums = [Float](repeating: .nan, count: table.width)
      table.multiply(matrix, row: number, into: &sums)
      let steps = (0..<table.width).map { $0 < labels ? Float(random.unit() - 0.5) : 0 }
      table.prefetch(matrix, row: number)
      table.add(matrix, row: number, times: steps)
      for label in 0..<labels {
        var sum = 0.0
        for (feature, value) in zip(row.indices, row.values) {
          let place = Int(feature) * labels + label
          sum += Double(value) * expected[place]
          expected[place] += Double(value * steps[label] * scales[Int(feature) * stride + label])
        }
        #expect(abs(Double(sums[label]) - sum) < 1e-5, "seed \(seed)")
      }
    }
    let weights = table.weights(stride: stride, labelCount: labels)
    var penalty = 0.0
    for feature in 0..<features {
      for label in 0..<labels {
        let weight = Double(weights[feature * stride + label])
        #expect(abs(weight - expected[feature * labels + label]) < 1e-5, "seed \(seed)")
        penalty += 0.5 * weight * weight / Double(scales[feature * stride + label])
      }
    }
    #expect(abs(table.penalty(labelCount: labels) - penalty) <= 1e-9 * penalty, "seed \(seed)")
  }

  @Test func eightBinaryDigits() {
    for number in [0, 1, 255, 0.015625, 4.25] as [Float] { #expect(ScaledRows.rounded(number) == number) }
    for number in [0.1, 257, 3.14159, 1e-9] as [Float] {
      #expect(abs(ScaledRows.rounded(number) - number) <= number / 256)
    }
  }
}
