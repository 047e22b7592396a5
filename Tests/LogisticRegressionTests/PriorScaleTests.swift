import TestSupport
import DatelineCore
import DatelineParallel
import DatelineVectors
import Foundation
import Testing

@testable import LogisticRegression

/// The prior's scales against their formula, document by document.
@Suite struct PriorScaleTests {
  /// |ln(p/(1−p)) − ln(q/(1−q))| with p = (a + 1)/(m + 2) and q = (b + 1)/(n + 2), where a of the m documents with the
  /// label and b of the n others have the feature. Every document counts its weight.
  private func ratio(_ problem: Problem, feature: Int, label: Int) -> Double {
    var (a, m, b, n) = (0.0, 0.0, 0.0, 0.0)
    for document in 0..<problem.count {
      let weight = problem.weights?[document] ?? 1
      let has = problem.rows[document].indices.contains(UInt32(feature)) ? weight : 0
      if problem.targets[document].contains(label) {
        a += has
        m += weight
      } else {
        b += has
        n += weight
      }
    }
    let (p, q) = ((a + 1) / (m + 2), (b + 1) / (n + 2))
    return abs(log(p / (1 - p)) - log(q / (1 - q)))
  }

  @Test(arguments: [1, 3, 4, 6], [false, true]) func scalesAreThoseOfTheFormula(labels: Int, weighted: Bool) throws {
    for seed: UInt64 in 1...5 {
      var random = Random(seed: seed)
      let problem = Problem.random(
        &random, .multiLabel, documents: 40, features: 15, labels: labels, weighted: weighted)
      let matrix = CSRMatrix(rows: problem.rows, columnCount: problem.features)
      let prior = PriorScale(
        matrix, frequencies: frequencies(matrix), weights: problem.weights, workers: WorkerPool(threads: 2))
      for normalizing in [false, true] {
        for label in 0..<labels {
          let members = (0..<Int32(problem.count)).filter { problem.targets[Int($0)].contains(label) }
          let scales = prior.scales(members: members, normalizing: normalizing)
          check(scales, 1, 0, problem, label, normalizing: normalizing, "seed \(seed), label \(label)")
        }
      }
    }
  }

  @Test(arguments: [3, 4, 6], [false, true]) func exclusiveLabelsTogether(labels: Int, weighted: Bool) throws {
    for seed: UInt64 in 1...5 {
      var random = Random(seed: seed)
      let problem = Problem.random(
        &random, .exclusive, documents: 40, features: 15, labels: labels, weighted: weighted)
      let matrix = CSRMatrix(rows: problem.rows, columnCount: problem.features)
      let prior = PriorScale(
        matrix, frequencies: frequencies(matrix), weights: problem.weights, workers: WorkerPool(threads: 2))
      let scales = prior.scales(labels: problem.targets.map { Int32($0[0]) }, labelCount: labels)
      let stride = SparseProduct.stride(columns: labels)
      for label in 0..<labels {
        check(scales, stride, label, problem, label, normalizing: true, "seed \(seed), label \(label)")
      }
      #expect(scales.indices.allSatisfy { $0 % stride < labels || scales[$0] == 1 }, "padding")
    }
  }

  private func frequencies(_ matrix: CSRMatrix) -> [UInt32] {
    var frequencies = [UInt32](repeating: 0, count: matrix.columnCount)
    for column in matrix.columnIndices.array() { frequencies[Int(column)] += 1 }
    return frequencies
  }

  private func check(
    _ scales: [Float], _ stride: Int, _ column: Int, _ problem: Problem, _ label: Int, normalizing: Bool, _ what: String
  ) {
    let ratios = (0..<problem.features).map { ratio(problem, feature: $0, label: label) }
    let mean = normalizing ? ratios.reduce(0, +) / Double(ratios.count) : 1
    #expect(scales.count == problem.features * stride)
    for feature in 0..<problem.features {
      let expected = max(0.05, ratios[feature] / mean)
      #expect(close(Double(scales[feature * stride + column]), expected, 1e-5), "\(what), feature \(feature)")
    }
  }

  /// The weights that come out are those of scaled features under a uniform prior.
  @Test(arguments: [Domain.Kind.exclusive, .multiLabel]) func scaledPriorIsScaledFeatures(kind: Domain.Kind) throws {
    var random = Random(seed: 31)
    var problem = Problem.random(&random, kind, documents: 50, features: 12, labels: kind == .exclusive ? 2 : 1)
    let settings = ["C": "2", "class-weight": "none", "tolerance": "1e-14"]
    let (model, report) = try problem.train(settings.merging(["prior": "naive-bayes"]) { $1 })
    let label = kind == .exclusive ? 1 : 0
    var scales = (0..<problem.features).map { ratio(problem, feature: $0, label: label) }
    let mean = kind == .exclusive ? scales.reduce(0, +) / Double(scales.count) : 1
    scales = scales.map { max(0.05, $0 / mean) }
    problem.rows = problem.rows.map { row in
      SparseVector(
        indices: row.indices, values: zip(row.indices, row.values).map { $1 * Float(scales[Int($0)]) })
    }
    let (other, otherReport) = try problem.train(settings.merging(["prior": "uniform"]) { $1 })
    #expect(
      close(
        try #require(report["objective"]?.number), try #require(otherReport["objective"]?.number), 1e-6))
    #expect(distance(model.column(0), zip(other.column(0), scales).map { $0 * $1 }) < 1e-4)
    #expect(distance(model.bias, other.bias) < 1e-4)
  }
}
