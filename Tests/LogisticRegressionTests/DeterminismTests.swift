import TestSupport
import DatelineCore
import DatelineVectors
import LogisticRegression
import Testing

/// The same bits for any number of threads and on every run.
@Suite struct DeterminismTests {
  /// Enough elements, rows and variables for several pieces of each.
  @Test(arguments: ["naive-bayes", "uniform"]) func exclusive(prior: String) throws {
    var random = Random(seed: 11)
    let problem = Problem.random(
      &random, .exclusive, documents: 2500, features: 9000, labels: 3, elements: 30, weighted: true)
    #expect(problem.rows.reduce(0) { $0 + $1.count } > 2 << 15, "several pieces")
    try sameBytes(problem, ["C": "1", "prior": prior, "max-iterations": "3"])
  }

  @Test func oneColumn() throws {
    var random = Random(seed: 12)
    let problem = Problem.random(
      &random, .exclusive, documents: 2500, features: 40_000, labels: 2, elements: 30)
    try sameBytes(problem, ["C": "3", "max-iterations": "3", "class-weight": "balanced"])
  }

  /// More labels than one block holds.
  @Test func multiLabel() throws {
    var random = Random(seed: 13)
    let problem = Problem.random(
      &random, .multiLabel, documents: 300, features: 700, labels: 19, elements: 15, weighted: true)
    try sameBytes(problem, ["C": "3", "max-iterations": "4"])
  }

  private func sameBytes(_ problem: Problem, _ settings: [String: String]) throws {
    let (model, report) = try problem.train(settings)
    let expected = try bytes(model)
    for threads in [1, 2, 7] {
      let (other, otherReport) = try problem.train(settings, threads: threads)
      #expect(try bytes(other) == expected, "\(threads) threads")
      #expect(otherReport == report, "\(threads) threads")
    }
  }

  @Test(arguments: ["binary", "softmax-5", "multi-label-11"]) func payloadsComeBack(name: String) throws {
    let problem = try Reference.problem(name, weighted: true)
    let (model, _) = try problem.train(["C": "1"])
    let plugin = LogisticRegressionPlugin()
    let loaded = try plugin.load(Payloads(model.payloads()), domain: problem.set().domain)
    #expect(try bytes(loaded) == bytes(model))
    for row in problem.rows {
      #expect(
        loaded.scores(indices: row.indices, values: row.values)
          == model.scores(indices: row.indices, values: row.values))
    }
    let other: Domain.Kind = name.hasPrefix("multi") ? .multiLabel : .exclusive
    #expect(throws: DatelineError.self) {
      _ = try plugin.load(Payloads(model.payloads()), domain: domain(other, count: problem.labels + 1))
    }
  }
}
