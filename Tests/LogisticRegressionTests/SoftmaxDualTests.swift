import TestSupport
import DatelineCore
import DatelineOptimization
import DatelineParallel
import DatelineVectors
import Foundation
import Testing

@testable import LogisticRegression

/// The descent of several labels against its definition, and against the other solver.
@Suite struct SoftmaxDualTests {
  private struct Setting {
    var data: SweepData
    var labels: [Int32]
    var count: Int
    var strengths: [Double]
    var scales: [Float]

    init(seed: UInt64, strength: Double, count: Int) throws {
      var random = Random(seed: seed)
      let problem = Problem.random(&random, .exclusive, documents: 80, features: 30, labels: count)
      data = try SweepData(CSRMatrix(rows: problem.rows, columnCount: 30), workers: WorkerPool(threads: 2))
      labels = problem.targets.map { Int32($0[0]) }
      self.count = count
      strengths = (0..<80).map { $0 < count ? strength : strength * Double(random.below(4)) / 2 }
      let stride = SparseProduct.stride(columns: count)
      // The squares have eight binary digits, which is what the descent keeps of them.
      scales = (0..<data.features.count * stride).map { $0 % stride < count ? Float(1 + random.below(15)) / 8 : 1 }
    }

    var problem: SoftmaxDual {
      get throws {
        try SoftmaxDual(
          data: data, labels: labels, labelCount: count, strengths: strengths, squaredScales: scales.map { $0 * $0 },
          startingConstants: [Double](repeating: 0, count: count), workers: WorkerPool(threads: 2))
      }
    }

    /// The objective's minimum and its weights, by Newton's method.
    func optimum() -> (value: Double, weights: [Float]) {
      var objective = LogisticObjective(
        data: data, link: .softmax(columnCount: count, labels: labels), strengths: strengths, scale: scales,
        workers: WorkerPool(threads: 1))
      let result = NewtonCG(tolerance: 1e-14).minimize(
        &objective, from: objective.point(weights: [], constants: objective.link.constants(strengths)),
        workers: WorkerPool(threads: 1))
      return (result.value, objective.weights(at: result.point))
    }
  }

  @Test(arguments: [0.01, 1, 10], [3, 4, 9]) func itMeetsNewton(strength: Double, count: Int) throws {
    for seed: UInt64 in 1...2 {
      let setting = try Setting(seed: seed, strength: strength, count: count)
      let optimum = setting.optimum()
      var problem = try setting.problem
      let found = DualDescent(tolerance: 1e-5, maximumPasses: 10_000).minimize(&problem) { _ in true }
      let what = "seed \(seed): \(found) and \(optimum.value)"
      #expect(found.isConverged, "\(what)")
      #expect(found.objective - optimum.value <= 1e-5 * found.objective, "\(what)")
      // Weights are floats.
      #expect(found.objective >= optimum.value * (1 - 1e-6) && found.dual <= optimum.value * (1 + 1e-6), "\(what)")
      for (place, weight) in optimum.weights.enumerated() {
        #expect((problem.weights[place] - weight).magnitude < 0.1, "\(what)")
      }
    }
  }

  /// Whenever it stops, its bound lies below the minimum over all weights and constants.
  @Test(arguments: [3, 9]) func theDualIsABound(count: Int) throws {
    for seed: UInt64 in 1...5 {
      for strength in [0.1, 10, 1e4] {
        let setting = try Setting(seed: seed, strength: strength, count: count)
        let optimum = setting.optimum().value
        for passes in [1, 2, 3, 10] {
          var problem = try setting.problem
          let found = DualDescent(tolerance: 1e-12, maximumPasses: passes).minimize(&problem) { _ in true }
          let what = "seed \(seed), C=\(strength), \(passes) passes: \(found.dual), \(optimum)"
          #expect(found.dual <= optimum * (1 + 1e-5), "\(what)")
          #expect(found.objective >= optimum * (1 - 1e-5), "\(what)")
        }
      }
    }
  }

  /// Tilted distributions add up to what the labels have, wherever the descent stands.
  @Test(arguments: [1, 3, 30], [3, 9]) func tiltsBalanceTheLabels(passes: Int, count: Int) throws {
    for seed: UInt64 in 1...5 {
      let withoutOne = seed % 2 == 0
      var setting = try Setting(seed: seed, strength: 1, count: count)
      // A label of no document that counts: a fold can hold out the only one.
      if withoutOne { for document in 0..<80 where setting.labels[document] == 1 { setting.strengths[document] = 0 } }
      var problem = try setting.problem
      _ = DualDescent(tolerance: 1e-12, maximumPasses: passes).minimize(&problem) { _ in true }
      let tilts = problem.feasibleTilts()
      var sums = [Double](repeating: 0, count: count)
      for document in 0..<80 where setting.strengths[document] > 0 {
        let tilted = (0..<count).map { problem.distributions[document * count + $0] * tilts[$0] }
        let total = tilted.reduce(0, +)
        for label in 0..<count { sums[label] += setting.strengths[document] * tilted[label] / total }
        sums[Int(setting.labels[document])] -= setting.strengths[document]
      }
      let all = setting.strengths.reduce(0, +)
      #expect(sums.allSatisfy { abs($0) < 1e-8 * all }, "seed \(seed): \(sums) of \(all)")
      #expect(!withoutOne || tilts[1] == 0)
    }
  }

  /// Very many labels are balanced by scaling, which comes nearer with every step; one of them has no document.
  @Test func tiltsOfManyLabels() throws {
    let (count, documents) = (300, 1_200)
    var random = Random(seed: 15)
    let rows = (0..<documents).map { document in
      SparseVector(indices: [UInt32(document % count), UInt32(count + random.below(20))].sorted(), values: [1, 0.5])
    }
    let labels = (0..<documents).map { Int32(random.below(4) > 0 ? $0 % (count - 1) : random.below(count - 1)) }
    var problem = try SoftmaxDual(
      data: SweepData(CSRMatrix(rows: rows, columnCount: count + 20), workers: WorkerPool(threads: 2)), labels: labels,
      labelCount: count, strengths: [Double](repeating: 1, count: documents),
      squaredScales: [Float](repeating: 1, count: (count + 20) * count),
      startingConstants: [Double](repeating: 0, count: count), workers: WorkerPool(threads: 2))
    _ = DualDescent(tolerance: 1e-12, maximumPasses: 1).minimize(&problem) { _ in true }
    func imbalance(_ tilts: [Double]) -> Double {
      var sums = [Double](repeating: 0, count: count)
      for document in 0..<documents {
        let tilted = (0..<count).map { problem.distributions[document * count + $0] * tilts[$0] }
        let total = tilted.reduce(0, +)
        for label in 0..<count { sums[label] += tilted[label] / total }
        sums[Int(labels[document])] -= 1
      }
      return sums.reduce(0) { $0 + abs($1) }
    }
    let tilts = problem.feasibleTilts()
    #expect(tilts.allSatisfy(\.isFinite) && tilts[count - 1] == 0)
    let before = imbalance([Double](repeating: 1, count: count - 1) + [0])
    #expect(imbalance(tilts) < 0.01 * before, "\(imbalance(tilts)) from \(before)")
  }

  /// One document's step, against its condition: p is the softmax of the margins that it leads to.
  @Test func oneStepIsTheMinimum() throws {
    var random = Random(seed: 11)
    for number in 0..<2000 {
      let count = 2 + random.below(8)
      var block = SoftmaxBlock(count: count)
      let size = pow(10, 12 * random.unit() - 4)
      var start = (0..<count).map { _ in -log(random.unit() + 1e-300) }
      if random.below(3) == 0 { start = start.indices.map { $0 == 0 ? 1 : 0 } }
      let total = start.reduce(0, +)
      for label in 0..<count {
        block.margins[label] = 20 * random.normal()
        block.start[label] = start[label] / total
        block.curvatures[label] = size * (0.1 + random.unit())
      }
      _ = block.normalize()
      #expect(block.divergence() >= 0)
      block.minimize()
      let p = block.distribution
      #expect((p.reduce(0, +) - 1).magnitude < 1e-12)
      let after = (0..<count).map { block.margins[$0] - block.curvatures[$0] * (p[$0] - block.start[$0]) }
      let sum = logSumExp(after.span, 0..<count)
      // Errors in margins that are small next to the step, where they count.
      let step = (0..<count).map { (block.curvatures[$0] * (p[$0] - block.start[$0])).magnitude }.max() ?? 0
      let error = (0..<count).reduce(0) { $0 + p[$1] * (log(max(p[$1], 1e-300)) - after[$1] + sum).magnitude }
      #expect(
        error <= 0.02 * step + 1e-6,
        "seed 11, \(number): \(p) from \(block.start), margins \(block.margins), curvatures \(block.curvatures)")
    }
  }

  @Test func wrightOmegaIsTheRoot() throws {
    for number in -1200...1200 {
      let s = Double(number) / 20
      let z = SoftmaxBlock.wrightOmega(s)
      #expect(z > 0 && (z + log(z) - s).magnitude < 1e-9 * max(1, s.magnitude), "\(s): \(z)")
    }
    for s in [1e3, 1e6, 1e12] {
      let z = SoftmaxBlock.wrightOmega(s)
      #expect((z + log(z) - s).magnitude < 1e-12 * s, "\(s): \(z)")
    }
  }
}
