import DatelineCore
import DatelineVectors
import Foundation
import Testing

@testable import CandidateScorer

/// The optimum against scikit-learn's (`Tools/reference/candidate_scorer.py`).
@Suite struct DenseLogisticRegressionTests {
  private func numbers(_ value: JSONValue?) throws -> [Double] {
    var numbers: [Double] = []
    for element in try #require(value?.elements) { numbers.append(try #require(element.number)) }
    return numbers
  }

  /// One label, whose candidate's features are all that documents have.
  private func rows(_ data: JSONValue) throws -> CandidateRows {
    let kinds = try #require(data["kinds"]?.integer)
    let label = try Label("x")
    let candidates = CandidateFeatures(first: 0, labels: [label], kinds: (0..<kinds).map { "kind \($0)" })
    var (sparse, targets) = ([SparseVector](), Targets())
    for features in try #require(data["features"]?.elements) {
      var row = SparseVector()
      for (kind, value) in try numbers(features).enumerated() where value != 0 {
        row.append(index: UInt32(kind), value: Float(value))
      }
      sparse.append(row)
    }
    for answer in try #require(data["answers"]?.elements) { targets.append(answer.bool == true ? [0] : []) }
    let set = try TrainingSet(
      domain: Domain(facet: Facet("place"), kind: .multiLabel, labels: [label]),
      features: CSRMatrix(rows: sparse, columnCount: kinds), targets: targets,
      weights: numbers(data["document_weights"]), candidates: candidates)
    var held = TermScores(documentCount: set.count, labelCount: 1)
    held.scores = try numbers(data["scores"])
    held.constants = try numbers(data["constants"])
    let levels = LabelLevels(set.domain)
    let rarities = LabelRarity(set, levels, ContiguousFolds(documentCount: set.count, count: 5))
    return CandidateRows(set, candidates, levels, level: 0, [0], held, rarities)
  }

  @Test func optimaAreThoseOfScikitLearn() throws {
    let url = try #require(
      Bundle.module.url(forResource: "candidate_scorer", withExtension: "json", subdirectory: "Resources"))
    let cases = try #require(try JSONValue(parsing: Array(Data(contentsOf: url)))["cases"]?.elements)
    #expect(cases.count == 3)
    for (number, data) in cases.enumerated() {
      let rows = try rows(data)
      for solution in try #require(data["solutions"]?.elements) {
        let c = try #require(solution["C"]?.number)
        let expected = try numbers(solution["weights"])
        let weights = DenseLogisticRegression(penalty: 1 / c).fit(rows)
        #expect(weights.count == expected.count)
        for (weight, other) in zip(weights, expected) {
          #expect((weight - other).magnitude < 1e-4 * max(1, other.magnitude), "case \(number), C=\(c): \(weights)")
        }
      }
    }
  }
}
