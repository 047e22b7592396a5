import TestSupport
import DatelineCore
import DatelineOptimization
import DatelineParallel
import DatelineVectors
import Foundation
import Testing

@testable import LogisticRegression

/// The descent against its definition, and against the other solver.
@Suite struct BinaryDualTests {
  /// A seeded problem of one label.
  private struct Setting {
    var data: SweepData
    var positives: [UInt8]
    var strengths: [Double]
    var scales: [Float]

    init(seed: UInt64, strength: Double, rareness: Double = 0.3) throws {
      var random = Random(seed: seed)
      let problem = Problem.random(&random, .exclusive, documents: 80, features: 30, labels: 2)
      data = try SweepData(CSRMatrix(rows: problem.rows, columnCount: 30), workers: WorkerPool(threads: 2))
      positives = (0..<80).map { document in
        let hint = problem.rows[document].indices.contains { $0 < 6 }
        return document == 0 || random.unit() < (hint ? 2 * rareness : 0.2 * rareness) ? 1 : 0
      }
      strengths = (0..<80).map { _ in strength * Double(random.below(4)) / 2 }
      strengths[0] = strength
      scales = (0..<30).map { _ in Float(0.1 + 2 * random.unit()) }
    }

    var problem: BinaryDual {
      BinaryDual(
        rows: data.rows, positives: positives, strengths: strengths, squaredScales: scales.map { $0 * $0 },
        startingConstant: -1, workers: WorkerPool(threads: 2))
    }

    /// The objective's minimum, by Newton's method.
    func optimum() -> (value: Double, weights: [Float], constant: Double) {
      var objective = LogisticObjective(
        data: data, link: .sigmoid(columnCount: 1, positives: positives), strengths: strengths, scale: scales,
        workers: WorkerPool(threads: 1))
      let result = NewtonCG(tolerance: 1e-14).minimize(
        &objective, from: objective.point(weights: [], constants: objective.link.constants(strengths)),
        workers: WorkerPool(threads: 1))
      return (result.value, objective.weights(at: result.point), result.point[objective.weightCount])
    }
  }

  @Test(arguments: [0.01, 1, 100]) func itMeetsNewton(strength: Double) throws {
    for seed: UInt64 in 1...4 {
      for rareness in [0.02, 0.3] {
        let setting = try Setting(seed: seed, strength: strength, rareness: rareness)
        let optimum = setting.optimum()
        var problem = setting.problem
        let found = DualDescent(tolerance: 1e-9, maximumPasses: 20_000).minimize(&problem) { _ in true }
        let what = "seed \(seed), rareness \(rareness): \(found.objective) and \(optimum.value)"
        #expect(found.isConverged, "\(what)")
        #expect(close(found.objective, optimum.value, 1e-7), "\(what)")
        // Squares of scales are rounded to floats, and so is the problem.
        #expect(found.objective >= optimum.value * (1 - 1e-7) && found.dual <= optimum.value * (1 + 1e-7), "\(what)")
        #expect((problem.constant - optimum.constant).magnitude < 0.02, "\(what)")
        for (place, weight) in optimum.weights.enumerated() {
          #expect((problem.weights[place] - weight).magnitude < 0.02, "\(what)")
        }
      }
    }
  }

  /// Whenever it stops, its bound lies below the minimum over all weights and constants.
  @Test func theDualIsABound() throws {
    for seed: UInt64 in 1...10 {
      for strength in [0.1, 10, 1e4] {
        let setting = try Setting(seed: seed, strength: strength)
        let optimum = setting.optimum().value
        for passes in [1, 2, 3, 10] {
          var problem = setting.problem
          let found = DualDescent(tolerance: 1e-12, maximumPasses: passes).minimize(&problem) { _ in true }
          let what = "seed \(seed), C=\(strength), \(passes) passes: \(found.dual), \(optimum)"
          #expect(found.dual <= optimum * (1 + 1e-7), "\(what)")
          #expect(found.objective >= optimum * (1 - 1e-7), "\(what)")
          #expect(found.passes >= Double(passes) && found.passes < Double(passes) + 25, "\(found.passes)")
        }
      }
    }
  }

  @Test(arguments: [1e-1, 1e-3, 1e-6]) func toleranceIsAShareOfTheObjective(tolerance: Double) throws {
    for seed: UInt64 in 1...10 {
      for strength in [0.1, 10, 100] {
        let setting = try Setting(seed: seed, strength: strength)
        var problem = setting.problem
        let found = DualDescent(tolerance: tolerance, maximumPasses: 20_000).minimize(&problem) { _ in true }
        let optimum = setting.optimum().value
        #expect(found.isConverged, "seed \(seed)")
        #expect(
          found.objective - optimum <= tolerance * found.objective, "seed \(seed): \(found.objective), \(optimum)")
      }
    }
  }

  @Test func itStopsWhenAskedTo() throws {
    var told: [Double] = []
    var problem = try Setting(seed: 1, strength: 10).problem
    let found = DualDescent(tolerance: 1e-12, maximumPasses: 10_000).minimize(&problem) {
      told.append($0)
      return told.count < 3
    }
    #expect(told.count == 3 && told[0] == 1 && !found.isConverged && problem.weights.allSatisfy { $0.isFinite })
  }

  /// One step, against the minimum of the dual of one variable by bisection of its derivative.
  @Test func oneStepIsTheMinimum() throws {
    var random = Random(seed: 9)
    for number in 0..<2000 {
      let strength = pow(10, 6 * random.unit() - 3)
      let norm = pow(10, 8 * random.unit() - 4)
      let dual = strength * [0, 1, 1e-12, random.unit(), random.unit()][random.below(5)]
      let margin = 60 * random.normal()
      let step = BinaryDual.minimizer(margin: margin, dual: dual, strength: strength, norm: norm)
      // m ↦ m − m₀ − ‖x‖²(C·σ(−m) − α₀) grows, and is zero at the margin after the step.
      var (low, high) = (margin - norm * dual, margin + norm * (strength - dual))
      for _ in 0..<200 {
        let middle = 0.5 * (low + high)
        let excess = middle - margin - norm * (strength / (1 + exp(middle)) - dual)
        if excess > 0 { high = middle } else { low = middle }
      }
      let expected = strength / (1 + exp(low))
      #expect(
        (step - expected).magnitude <= 0.02 * (expected - dual).magnitude + 1e-9 * strength,
        "seed 9, \(number): \(step), not \(expected), for C=\(strength), ‖x‖²=\(norm), α=\(dual), m=\(margin)")
      #expect((0...strength).contains(step))
    }
  }
}
