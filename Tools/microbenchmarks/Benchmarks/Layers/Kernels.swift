import Benchmark
import DatelineCore
import DatelineVectors

private let featureCount = 200_000
private let elementsPerRow = 250

/// The inner loops, on rows of 250 elements whose features are as frequent as words are.
func addKernels() {
  Benchmark(
    "kernel: sparse dot, 250 elements, 200,000 features", configuration: .thousand(and: .megaelementsPerSecond)
  ) { (benchmark: Benchmark, state: (rows: [SparseVector], dense: [Double])) in
    benchmark.measure(elements(of: state.rows), as: .megaelementsPerSecond) {
      for row in state.rows { blackHole(row.dot(state.dense)) }
    }
  } setup: {
    (generatedRows(), [Double](repeating: 1, count: featureCount))
  }

  Benchmark(
    "kernel: scatter add, 250 elements, 200,000 features", configuration: .thousand(and: .megaelementsPerSecond)
  ) { (benchmark: Benchmark, rows: [SparseVector]) in
    var dense = [Double](repeating: 0, count: featureCount)
    benchmark.measure(elements(of: rows), as: .megaelementsPerSecond) {
      for row in rows { row.axpy(0.5, into: &dense) }
    }
    blackHole(dense[0])
  } setup: {
    generatedRows()
  }

  for labels in [2, 9, 90] {
    for precision in LinearWeights.Precision.allCases {
      Benchmark(
        "kernel: score \(labels) labels in \(precision.rawValue) bits, 250 elements, 200,000 features",
        configuration: .thousand(and: .megaelementsPerSecond)
      ) { (benchmark: Benchmark, state: (rows: [SparseVector], classifier: LinearClassifier)) in
        var scores = [Double](repeating: 0, count: labels)
        benchmark.measure(elements(of: state.rows), as: .megaelementsPerSecond) {
          for row in state.rows {
            var span = scores.mutableSpan
            state.classifier.score(indices: row.indices.span, values: row.values.span, into: &span)
          }
        }
        blackHole(scores[0])
      } setup: {
        (generatedRows(), generatedClassifier(labels: labels, precision))
      }
    }
  }
}

/// Elements in millions.
private func elements(of rows: [SparseVector]) -> Double { Double(rows.reduce(0) { $0 + $1.count }) / 1e6 }

/// A classifier of random weights; two labels share a column, as logistic regression has it.
private func generatedClassifier(labels: Int, _ precision: LinearWeights.Precision) -> LinearClassifier {
  var random = SplitMix64(seed: 1)
  let columns = labels == 2 ? 1 : labels
  let weights = LinearWeights(
    SharedBuffer((0..<featureCount * columns).map { _ in Float(random.next() >> 40) * 0x1p-24 - 0.5 }),
    columnCount: columns)
  return LinearClassifier(
    labelCount: labels, weights: precision == .single ? weights : weights.selecting(precision: precision),
    bias: [Double](repeating: 0, count: columns))
}

/// A thousand rows. The logarithm of a feature's rank is uniform, and ranks are strewn over the numbers, as those of
/// fingerprints in ascending order are.
private func generatedRows() -> [SparseVector] {
  var random = SplitMix64(seed: 2)
  return (0..<1000).map { _ in
    var features: Set<UInt32> = []
    while features.count < elementsPerRow {
      // A random number of leading digits of a random number.
      let rank = Int(random.next() % UInt64(featureCount)) >> Int(random.next() % 12)
      features.insert(UInt32(rank * 7_919 % featureCount))
    }
    return SparseVector(
      indices: features.sorted(), values: (0..<elementsPerRow).map { _ in Float(random.next() >> 40) * 0x1p-24 })
  }
}
