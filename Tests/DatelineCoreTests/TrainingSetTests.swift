import DatelineCore
import DatelineVectors
import Testing

@Suite struct TrainingSetTests {
  private let features = CSRMatrix(
    rows: [SparseVector(indices: [0], values: [1]), SparseVector(), SparseVector(indices: [1, 2], values: [2, 3])],
    columnCount: 3)

  @Test func valid() throws {
    let set = try TrainingSet(
      domain: domain(["a", "b"]), features: features, targets: Targets(exclusive: [0, 1, 0]), weights: [1, 0, 2.5])
    #expect(set.count == 3)
    let part = try set.selecting([2, 0])
    #expect(try part.features == features.selecting(rows: [2, 0]))
    #expect(part.targets == Targets(exclusive: [0, 0]))
    #expect(part.weights == [2.5, 1])
  }

  @Test func multiLabelDocumentsHaveAnyNumber() throws {
    var targets = Targets()
    targets.append([] as [Int])
    targets.append([0, 1])
    targets.append([1])
    _ = try TrainingSet(domain: domain(["a", "b"], .multiLabel), features: features, targets: targets)
    let error = failure { () throws(DatelineError) in
      try TrainingSet(domain: domain(["a", "b"]), features: features, targets: targets)
    }
    #expect(error.message.contains("exactly one"))
  }

  @Test func partsThatDoNotFit() {
    func refusal(_ labels: [Int], _ weights: [Double]? = nil) -> DatelineError {
      failure { () throws(DatelineError) in
        try TrainingSet(
          domain: domain(["a", "b"]), features: features, targets: Targets(exclusive: labels), weights: weights)
      }
    }
    for error in [refusal([0, 1]), refusal([0, 1, 0, 1]), refusal([0, 1, 0], [1, 1]), refusal([0, 1, 0], [])] {
      #expect(error.code == .invalidData && error.message.contains("3 rows"))
    }
    for label in [2, -1] { #expect(refusal([0, label, 0]).message.contains("outside of the domain's 2 labels")) }
    for weight in [-1, Double.nan, .infinity] {
      #expect(refusal([0, 1, 0], [1, weight, 1]).message.contains("negative or not finite"))
    }
  }
}
