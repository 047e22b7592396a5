import TestSupport
import DatelineCore
import DatelineVectors
import Foundation
import Testing

/// Labels that do not exclude each other: the log odds of each label against its absence, by counting anew.
@Suite struct MultiLabelTests {
  /// ln P(x, label) − ln P(x, no label), from the documents themselves.
  private func logOdds(_ problem: Problem, _ settings: [String: String], document: Int, label: Int) throws -> Double {
    let alpha = try #require(Double(settings["alpha"] ?? ""))
    let bernoulli = settings["variant"] == "bernoulli"
    let binary = bernoulli || settings["counts"] == "presence"
    let positive = problem.targets.map { $0.contains(label) }
    let weights = problem.weights ?? Array(repeating: 1, count: problem.count)
    func value(_ document: Int, _ feature: Int, _ binary: Bool) -> Double {
      guard let place = problem.rows[document].indices.firstIndex(of: UInt32(feature)) else { return 0 }
      return binary ? 1 : Double(problem.rows[document].values[place])
    }
    func side(_ side: Bool) -> Double {
      let documents = (0..<problem.count).filter { positive[$0] == side }
      let size = documents.reduce(0) { $0 + weights[$1] }
      let sums = (0..<problem.features).map { feature in
        documents.reduce(0) { $0 + weights[$1] * value($1, feature, binary) }
      }
      let all = sums.reduce(0, +)
      return (0..<problem.features).reduce(settings["class-prior"] == "uniform" ? 0 : log(size + 0.5)) { sum, feature in
        if bernoulli {
          let p = (sums[feature] + alpha) / (size + 2 * alpha)
          return sum + (value(document, feature, true) > 0 ? log(p) : log(1 - p))
        }
        let p = (sums[feature] + alpha) / (all + alpha * Double(problem.features))
        return sum + value(document, feature, false) * log(p)
      }
    }
    return side(true) - side(false)
  }

  @Test(arguments: allSettings) func logOddsAreThoseOfCounting(settings: [String: String]) throws {
    for seed: UInt64 in 1...3 {
      var random = Random(seed: seed)
      let problem = Problem.random(
        &random, .multiLabel, documents: 20, features: 9, labels: 3, weighted: seed > 1)
      let model = try problem.train(settings)
      for document in 0..<problem.count {
        let found = scores(model, problem.rows[document])
        for label in found.indices {
          let expected = try logOdds(problem, settings, document: document, label: label)
          #expect(
            close(found[label], expected, 1e-5),
            "seed \(seed), \(settings), document \(document), label \(label): \(found[label]), not \(expected)")
        }
      }
    }
  }
}
