import DatelineCore
import DatelineVectors
import Testing

@Suite struct LinearWeightsTests {
  /// Columns of different sizes, with large and small weights.
  private func weights(_ generator: inout SeededGenerator, features: Int, columns: Int) -> LinearWeights {
    let elements = (0..<features * columns).map { place in
      let root = Float.random(in: -1...1, using: &generator)
      return root * root * root * Float(1 + place % columns)
    }
    return LinearWeights(SharedBuffer(elements), columnCount: columns)
  }

  @Test(arguments: [1, 3, 9]) func errorsStayWithinTheirBounds(columns: Int) {
    let seed: UInt64 = 51
    var generator = SeededGenerator(seed: seed)
    let exact = weights(&generator, features: 400, columns: columns)
    let half = exact.selecting(precision: .half)
    let quarter = exact.selecting(precision: .quarter)
    for column in 0..<columns {
      let largest = (0..<400).map { abs(exact[$0, column]) }.max() ?? 0
      for feature in 0..<400 {
        let weight = exact[feature, column]
        #expect(abs(half[feature, column] - weight) <= largest / 65534 * (1 + 1e-9), "seed \(seed)")
        // Neighbouring squares are 2q + 1 apart.
        let root = (abs(weight) / largest).squareRoot() * 127
        #expect(abs(quarter[feature, column] - weight) <= (root + 1) / 16129 * largest, "seed \(seed)")
        #expect(abs(quarter[feature, column] - weight) <= 0.01 * largest, "seed \(seed)")
      }
    }
  }

  @Test func theLargestAndZeroAreExact() {
    let exact = LinearWeights(SharedBuffer([0, -3, 3, 0.5] as [Float]), columnCount: 1)
    for precision in LinearWeights.Precision.allCases {
      let stored = exact.selecting(precision: precision)
      #expect(stored[0, 0] == 0 && abs(stored[1, 0] + 3) < 1e-12 && abs(stored[2, 0] - 3) < 1e-12)
    }
    let zeros = LinearWeights(SharedBuffer([0, 0] as [Float]), columnCount: 1)
    for precision in LinearWeights.Precision.allCases {
      #expect(zeros.selecting(precision: precision).array() == [0, 0])
    }
  }

  @Test(arguments: LinearWeights.Precision.allCases) func someFeatures(precision: LinearWeights.Precision) {
    let exact = LinearWeights(SharedBuffer([1, 2, 3, 4, 5, 6] as [Float]), columnCount: 2)
    let some = exact.selecting([2, 0], precision: precision)
    #expect(some.featureCount == 2 && some.columnCount == 2 && some.precision == precision)
    for (found, expected) in zip(some.array(), [5, 6, 1, 2] as [Double]) { #expect(abs(found - expected) < 0.06) }
    #expect(exact.selecting([], precision: precision).featureCount == 0)
  }
}
