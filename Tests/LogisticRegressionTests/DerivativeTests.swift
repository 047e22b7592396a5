import TestSupport
import DatelineCore
import DatelineOptimization
import DatelineParallel
import DatelineVectors
import Foundation
import Testing

@testable import LogisticRegression

/// Value, gradient and Hessian against each other and against plain loops.
@Suite struct DerivativeTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var columns: Int
    var softmax: Bool
    var scaled: Bool
    var testDescription: String { "\(softmax ? "softmax" : "sigmoid") of \(columns)\(scaled ? ", scaled" : "")" }
  }

  static let cases = [(1, false), (3, false), (4, false), (8, false), (3, true), (5, true), (13, true), (17, true)]
    .flatMap { shape in [false, true].map { Case(columns: shape.0, softmax: shape.1, scaled: $0) } }

  /// An objective, and what it is made of.
  struct Setting {
    var problem: Problem
    var strengths: [Double]
    var scale: [Float]?
    var objective: LogisticObjective
    /// A point, and a direction, with zeros in the padding.
    var point: [Double]
    var direction: [Double]

    init(_ shape: Case, seed: UInt64) throws {
      var random = Random(seed: seed)
      let features = 9
      problem = Problem.random(
        &random, shape.softmax ? .exclusive : .multiLabel, documents: 25, features: features, labels: shape.columns)
      let strengths = (0..<25).map { _ in random.unit() * 3 }
      let data = try SweepData(CSRMatrix(rows: problem.rows, columnCount: features), workers: WorkerPool(threads: 2))
      let link: Link
      if shape.softmax {
        link = .softmax(columnCount: shape.columns, labels: problem.targets.map { Int32($0[0]) })
      } else {
        link = .sigmoid(
          columnCount: shape.columns,
          positives: problem.targets.flatMap { labels in
            (0..<shape.columns).map { UInt8(labels.contains($0) ? 1 : 0) }
          })
      }
      let stride = link.stride
      scale =
        shape.scaled ? (0..<features * stride).map { $0 % stride < shape.columns ? Float(random.unit() * 2) : 1 } : nil
      self.strengths = strengths
      objective = LogisticObjective(
        data: data, link: link, strengths: strengths, scale: scale, workers: WorkerPool(threads: 1))
      let size = objective.dimension
      point = (0..<size).map { $0 % stride < shape.columns ? random.normal() : 0 }
      direction = (0..<size).map { $0 % stride < shape.columns ? random.normal() : 0 }
    }

    /// The objective by its formula, with plain loops.
    func value(_ point: [Double], columns: Int, softmax: Bool) -> Double {
      let stride = objective.stride
      let features = objective.data.features
      var sum = 0.0
      for place in features.indices {
        for column in 0..<columns { sum += 0.5 * point[place * stride + column] * point[place * stride + column] }
      }
      for document in 0..<problem.count {
        var margins = (0..<columns).map { point[features.count * stride + $0] }
        for (feature, value) in zip(problem.rows[document].indices, problem.rows[document].values) {
          let place = features.firstIndex(of: Int(feature)) ?? 0
          for column in 0..<columns {
            margins[column] +=
              Double(value) * point[place * stride + column] * Double(scale?[place * stride + column] ?? 1)
          }
        }
        if softmax {
          let probabilities = margins.map { exp($0) / margins.reduce(0) { $0 + exp($1) } }
          sum -= strengths[document] * log(probabilities[problem.targets[document][0]])
        } else {
          for column in 0..<columns {
            let sign = problem.targets[document].contains(column) ? -1.0 : 1
            sum += strengths[document] * log(1 + exp(sign * margins[column]))
          }
        }
      }
      return sum
    }
  }

  private func moved(_ setting: Setting, by length: Double) -> [Double] {
    zip(setting.point, setting.direction).map { $0 + length * $1 }
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  @Test(arguments: cases) func valueIsThatOfTheFormula(shape: Case) throws {
    for seed: UInt64 in 1...5 {
      var setting = try Setting(shape, seed: seed)
      var gradient = setting.point
      let value = setting.objective.evaluate(setting.point, gradient: &gradient)
      let expected = setting.value(setting.point, columns: shape.columns, softmax: shape.softmax)
      #expect(close(value, expected, 1e-12), "seed \(seed): \(value), not \(expected)")
    }
  }

  @Test(arguments: cases) func gradientIsThatOfFiniteDifferences(shape: Case) throws {
    for seed: UInt64 in 1...5 {
      var setting = try Setting(shape, seed: seed)
      var gradient = setting.point
      _ = setting.objective.evaluate(setting.point, gradient: &gradient)
      var other = gradient
      let h = 1e-5
      for index in setting.point.indices {
        guard index % setting.objective.stride < shape.columns else {
          #expect(gradient[index] == 0, "seed \(seed): the padding stays zero")
          continue
        }
        var (above, below) = (setting.point, setting.point)
        above[index] += h
        below[index] -= h
        let difference =
          (setting.objective.evaluate(above, gradient: &other) - setting.objective.evaluate(below, gradient: &other))
          / (2 * h)
        #expect(close(gradient[index], difference, 1e-6), "seed \(seed), variable \(index)")
      }
    }
  }

  @Test(arguments: cases) func hessianProductIsThatOfFiniteDifferences(shape: Case) throws {
    for seed: UInt64 in 1...5 {
      var setting = try Setting(shape, seed: seed)
      var (above, below, product) = (setting.point, setting.point, setting.point)
      let h = 1e-5
      _ = setting.objective.evaluate(moved(setting, by: h), gradient: &above)
      _ = setting.objective.evaluate(moved(setting, by: -h), gradient: &below)
      var gradient = setting.point
      _ = setting.objective.evaluate(setting.point, gradient: &gradient)
      setting.objective.hessianProduct(setting.direction, into: &product)
      for index in product.indices {
        // Products are in single precision.
        let difference = (above[index] - below[index]) / (2 * h)
        #expect(close(product[index], difference, 2e-5), "seed \(seed), variable \(index)")
      }
      // The Hessian is symmetric and positive.
      var back = product
      let other = setting.direction.reversed().map { $0 }
      let masked = other.indices.map { $0 % setting.objective.stride < shape.columns ? other[$0] : 0 }
      setting.objective.hessianProduct(masked, into: &back)
      #expect(close(dot(masked, product), dot(setting.direction, back), 1e-4), "seed \(seed)")
      #expect(dot(setting.direction, product) > 0, "seed \(seed)")
    }
  }

  @Test(arguments: cases) func diagonalIsThatOfTheHessian(shape: Case) throws {
    for seed: UInt64 in 1...3 {
      var setting = try Setting(shape, seed: seed)
      var (gradient, diagonal, product) = (setting.point, setting.point, setting.point)
      _ = setting.objective.evaluate(setting.point, gradient: &gradient)
      setting.objective.hessianDiagonal(into: &diagonal)
      for index in diagonal.indices {
        #expect(diagonal[index] > 0)
        guard index % setting.objective.stride < shape.columns else { continue }
        var unit = [Double](repeating: 0, count: diagonal.count)
        unit[index] = 1
        setting.objective.hessianProduct(unit, into: &product)
        #expect(close(diagonal[index], product[index], 1e-5), "seed \(seed), variable \(index)")
      }
    }
  }

  /// The bound lies below the minimum, wherever it is made; and at the minimum it is the minimum.
  @Test(arguments: cases) func certificatesAreBounds(shape: Case) throws {
    for seed: UInt64 in 1...5 {
      var setting = try Setting(shape, seed: seed)
      let (value, dual) = setting.objective.certificate(at: setting.point)
      let result = NewtonCG(tolerance: 1e-13).minimize(
        &setting.objective, from: setting.point, workers: WorkerPool(threads: 1))
      #expect(value >= result.value && dual <= result.value * (1 + 1e-9), "seed \(seed): \(dual), \(result.value)")
      let (best, tight) = setting.objective.certificate(at: result.point)
      #expect(close(best, tight, 1e-7) && tight <= best * (1 + 1e-9), "seed \(seed): \(best), \(tight)")
    }
  }

  /// Losses of large margins: exact where the naive formula overflows.
  @Test func largeMargins() throws {
    let sigmoid = Link.sigmoid(columnCount: 1, positives: [1, 0, 1, 0])
    let margins: [Double] = [-800, 800, 800, -800]
    #expect((0..<4).map { sigmoid.loss(margins.span, row: $0) } == [800, 800, 0, 0])
    let softmax = Link.softmax(columnCount: 3, labels: [0, 2])
    let rows: [Double] = [-900, 900, 0, 0, -900, 900, 900, 0]
    #expect(softmax.loss(rows.span, row: 0) == 1800)
    #expect(close(softmax.loss(rows.span, row: 1), log(2), 1e-12))
    var probabilities = [Double](repeating: 0, count: 8)
    var span = probabilities.mutableSpan
    softmax.probabilities(rows.span, row: 0, into: &span, at: 0)
    softmax.probabilities(rows.span, row: 1, into: &span, at: 4)
    #expect(distance(probabilities, [0, 1, 0, 0, 0, 0.5, 0.5, 0]) < 1e-12)
    #expect(softmax.entropy(probabilities.span, row: 0) == 0)
    #expect(close(softmax.entropy(probabilities.span, row: 1), log(2), 1e-12))
  }
}

extension SmoothObjective {
  /// The product in double precision, as finite differences are.
  fileprivate mutating func hessianProduct(_ direction: [Double], into product: inout [Double]) {
    var single = [Float](repeating: 0, count: dimension)
    hessianProduct(direction.map { Float($0) }, into: &single)
    product = single.map { Double($0) }
  }

  fileprivate mutating func hessianDiagonal(into diagonal: inout [Double]) {
    var single = [Float](repeating: 0, count: dimension)
    hessianDiagonal(into: &single)
    diagonal = single.map { Double($0) }
  }
}
