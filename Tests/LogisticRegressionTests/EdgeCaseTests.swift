import TestSupport
import DatelineCore
import DatelineVectors
import Foundation
import Testing

/// Data at the edge: what is refused, and what must not give NaN.
@Suite struct EdgeCaseTests {
  @Test(arguments: [Domain.Kind.exclusive, .multiLabel], ["uniform", "naive-bayes"])
  func labelsWithoutDocuments(kind: Domain.Kind, prior: String) throws {
    var random = Random(seed: 21)
    for classWeight in ["none", "sqrt", "balanced"] {
      var problem = Problem.random(&random, kind, documents: 40, features: 10, labels: 4)
      problem.targets = problem.targets.map { $0.map { $0 == 2 ? 3 : $0 } }
      let (model, report) = try problem.train([
        "C": "10", "prior": prior, "class-weight": classWeight, "tolerance": "1e-6",
      ])
      #expect(report["converged"] == true)
      #expect(model.allNumbers.allSatisfy { $0.isFinite })
      let scores = problem.rows.map { model.scores(indices: $0.indices, values: $0.values) }
      #expect(scores.allSatisfy { $0.allSatisfy { $0.isFinite } })
      #expect(scores.allSatisfy { $0[2] < $0.max() ?? 0 }, "nothing speaks for a label without documents")
    }
  }

  @Test func aLabelOfAllDocuments() throws {
    var random = Random(seed: 22)
    var problem = Problem.random(&random, .multiLabel, documents: 30, features: 10, labels: 2)
    problem.targets = problem.targets.map { $0 + [1] }
    let (model, report) = try problem.train(["C": "10", "tolerance": "1e-6"])
    #expect(report["converged"] == true)
    #expect(model.allNumbers.allSatisfy { $0.isFinite } && model.bias[1] > 5)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity]) func nonFiniteValuesAreRefused(value: Float) {
    var random = Random(seed: 23)
    var problem = Problem.random(&random, .exclusive, documents: 20, features: 10, labels: 2)
    problem.rows[7] = SparseVector(indices: [1, 4], values: [1, value])
    #expect(failure { _ = try problem.train(["C": "1"]) }?.code == .invalidData)
    problem.kind = .multiLabel
    #expect(failure { _ = try problem.train(["C": "1"]) }?.code == .invalidData)
  }

  @Test func oneExclusiveLabelIsRefused() throws {
    var random = Random(seed: 24)
    let problem = Problem.random(&random, .exclusive, documents: 10, features: 5, labels: 1)
    let error = failure { _ = try problem.train(["C": "1"]) }
    #expect(error?.code == .invalidData && error?.message.contains("label-0000") == true)
  }

  @Test(arguments: [Domain.Kind.exclusive, .multiLabel]) func noDocumentsAreRefused(kind: Domain.Kind) throws {
    let problem = Problem(kind: kind, labels: 3, features: 5)
    #expect(failure { _ = try problem.train(["C": "1"]) }?.code == .invalidData)
  }

  /// C is chosen above the plugin.
  @Test func automaticStrengthIsRefused() throws {
    let problem = try Reference.problem("binary", weighted: false)
    #expect(failure { _ = try problem.train([:]) }?.code == .usage)
  }

  /// Without features the constants alone fit the shares of the labels.
  @Test(arguments: [0, 6]) func nothingButConstants(features: Int) throws {
    for (kind, labels) in [(Domain.Kind.exclusive, 2), (.exclusive, 3), (.multiLabel, 3)] {
      var problem = Problem(kind: kind, labels: labels, features: features)
      for document in 0..<20 {
        problem.rows.append(SparseVector())
        problem.targets.append([document < 5 ? 0 : document < 12 ? 1 : labels - 1])
      }
      for prior in ["uniform", "naive-bayes"] {
        let (model, report) = try problem.train([
          "C": "1", "prior": prior, "class-weight": "none", "tolerance": "1e-15",
        ])
        #expect(report["converged"] == true, "\(report)")
        let shares = (0..<labels).map { label in Double(problem.targets.count { $0 == [label] }) / 20 }
        let expected: [Double] =
          switch (kind, labels) {
          case (.multiLabel, _): shares.map { log($0 / (1 - $0)) }
          case (_, 2): [log(shares[1] / shares[0])]
          default: shares.map { log($0) - shares.reduce(0) { $0 + log($1) } / Double(labels) }
          }
        #expect(distance(model.bias, expected) < 1e-7, "\(model.bias), not \(expected)")
        #expect(model.weights.array().allSatisfy { $0 == 0 })
      }
    }
  }

  @Test func weightsThatSayNothing() throws {
    var random = Random(seed: 25)
    for kind in [Domain.Kind.exclusive, .multiLabel] {
      var problem = Problem.random(&random, kind, documents: 20, features: 10, labels: 3)
      problem.weights = Array(repeating: 0, count: 20)
      #expect(failure { _ = try problem.train(["C": "1"]) }?.code == .invalidData)
      problem.weights = Array(repeating: 1e308, count: 20)
      #expect(failure { _ = try problem.train(["C": "1"]) }?.code == .invalidData)
    }
  }

  @Test func valuesBeyondSquaresAreRefused() throws {
    var random = Random(seed: 27)
    var problem = Problem.random(&random, .exclusive, documents: 20, features: 10, labels: 3)
    problem.rows[3] = SparseVector(indices: [2], values: [1e36])
    #expect(failure { _ = try problem.train(["C": "1"]) }?.code == .invalidData)
  }

  /// Values far apart: nothing overflows.
  @Test func hugeValues() throws {
    var random = Random(seed: 26)
    for scale: Float in [1e-30, 1e10] {
      for (kind, labels) in [(Domain.Kind.exclusive, 2), (.exclusive, 3), (.multiLabel, 3)] {
        var problem = Problem.random(&random, kind, documents: 20, features: 10, labels: labels)
        problem.rows = problem.rows.map { row in
          var row = row
          row.scale(by: scale)
          return row
        }
        let (model, _) = try problem.train(["C": "1"])
        #expect(model.allNumbers.allSatisfy { $0.isFinite }, "values of \(scale)")
      }
    }
  }
}
