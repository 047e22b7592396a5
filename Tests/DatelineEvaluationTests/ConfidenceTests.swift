import TestSupport
import DatelineCore
import Testing

@testable import DatelineEvaluation

@Suite struct ConfidenceTests {
  /// Scores whose top label is right in a known share of the documents.
  private func table(rightIn right: Int, of documents: Int, margin: Double) throws -> ScoreTable {
    var scores: [Double] = []
    var labels: [Int] = []
    for document in 0..<documents {
      scores += [margin, 0.4, 0]
      labels.append(document < right ? 0 : 1 + document % 2)
    }
    return try ScoreTable(kind: .exclusive, labelCount: 3, scores: scores, targets: Targets(exclusive: labels))
  }

  @Test func confidenceIsTheShareOfRightAnswers() throws {
    for (right, margin) in [(600, 0.6), (850, 3.0), (990, 7.0)] {
      let calibrator = Calibrator(fitting: try table(rightIn: right, of: 1000, margin: margin))
      #expect(calibrator.name == "confidence")
      let probability = calibrator.probabilities([margin, 0.4, 0]).max() ?? 0
      #expect((probability - Double(right) / 1000).magnitude < 0.02, "\(right): \(probability)")
    }
  }

  @Test func theHighestScoreStaysOnTopAndProbabilitiesAddUpToOne() throws {
    var random = Random(seed: 31)
    for trial in 0..<500 {
      let labels = 2 + random.below(20)
      let calibrator = try Calibrator(
        kind: .exclusive, name: "confidence", slopes: [0.05 + 2 * random.unit()],
        offsets: [Double](repeating: 0, count: labels),
        confidence: Confidence(slope: 0.01 + 2 * random.unit(), offset: 6 * random.unit() - 3))
      let scores = (0..<labels).map { _ in 3 * random.normal() }
      let result = calibrator.probabilities(scores)
      #expect((result.reduce(0, +) - 1).magnitude < 1e-12, "seed 31, trial \(trial)")
      let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
      #expect(result.indices.allSatisfy { $0 == best || result[$0] < result[best] }, "seed 31, trial \(trial)")
      let order = scores.indices.sorted { scores[$0] < scores[$1] }
      #expect(zip(order, order.dropFirst()).allSatisfy { result[$0] <= result[$1] }, "seed 31, trial \(trial)")
    }
  }

  @Test func jsonBringsItBack() throws {
    let calibrator = Calibrator(fitting: try table(rightIn: 70, of: 100, margin: 2))
    let domain = try Domain(
      facet: try Facet("f"), kind: .exclusive, labels: try ["a", "b", "c"].map { try Label($0) })
    #expect(
      try Calibrator(json: try JSONValue(parsing: Array(calibrator.json.text.utf8)), domain: domain) == calibrator)
    #expect(throws: DatelineError.self) {
      try Calibrator(
        kind: .multiLabel, name: "confidence", slopes: [1], offsets: [0], confidence: Confidence(slope: 1, offset: 0))
    }
    #expect(throws: DatelineError.self) {
      try Calibrator(
        kind: .exclusive, name: "confidence", slopes: [1], offsets: [0, 0], confidence: Confidence(slope: 0, offset: 0))
    }
  }
}
