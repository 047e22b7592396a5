import TestSupport
import DatelineOptimization
import DatelineParallel
import Testing

private let workers = WorkerPool(threads: 1)

@Suite struct NewtonCGTests {
  @Test(arguments: [1, 2, 5, 20, 60]) func quadraticsEndAtTheSolution(size: Int) {
    for seed: UInt64 in 1...5 {
      var quadratic = Quadratic(size: size, seed: seed)
      let start = (0..<size).map { Double($0 % 3) }
      let result = NewtonCG(tolerance: 1e-18).minimize(&quadratic, from: start, workers: workers)
      #expect(result.converged, "seed \(seed)")
      let solution = quadratic.solution()
      #expect(distance(result.point, solution) < 1e-8, "seed \(seed)")
      var gradient = start
      #expect(result.value == quadratic.evaluate(result.point, gradient: &gradient))
      #expect(close(result.gap, quadratic.gap(value: result.value, gradient: gradient), 1e-12))
      #expect(result.hessianProducts == quadratic.products)
    }
  }

  /// The diagonal preconditioner solves a diagonal problem at once, however ill-conditioned.
  @Test func illConditionedDiagonal() {
    let diagonal = (0..<40).map { index in (0..<index % 13).reduce(1e-6) { value, _ in value * 10 } }
    var quadratic = Quadratic(diagonal: diagonal, linear: diagonal.map { 1 - $0 })
    let result = NewtonCG(tolerance: 1e-20).minimize(
      &quadratic, from: [Double](repeating: 0, count: 40), workers: workers)
    #expect(result.converged)
    #expect(result.iterations <= 2 && result.hessianProducts <= 4, "\(result.iterations) \(result.hessianProducts)")
    for index in diagonal.indices {
      #expect(close(result.point[index] * diagonal[index], 1 - diagonal[index], 1e-4), "variable \(index)")
    }
  }

  @Test(arguments: [1e-2, 1e-5, 1e-9]) func toleranceIsAShareOfTheValue(tolerance: Double) {
    var toy = LogisticToy(seed: 7)
    let start = [Double](repeating: 0, count: toy.dimension)
    let optimum = NewtonCG(tolerance: 1e-15).minimize(&toy, from: start, workers: workers).value
    let result = NewtonCG(tolerance: tolerance).minimize(&toy, from: start, workers: workers)
    #expect(result.converged && result.gap <= tolerance * result.value)
    #expect(result.value - optimum <= result.gap && result.value >= optimum)
    var gradient = start
    #expect(result.value == toy.evaluate(result.point, gradient: &gradient))
    #expect(close(result.gap, toy.gap(value: result.value, gradient: gradient), 1e-12))
  }

  @Test func logisticToyFromAnyStart() {
    for seed: UInt64 in 1...10 {
      var toy = LogisticToy(seed: seed)
      let zero = [Double](repeating: 0, count: toy.dimension)
      let cold = NewtonCG(tolerance: 1e-16).minimize(&toy, from: zero, workers: workers)
      #expect(cold.converged, "seed \(seed)")
      var random = Random(seed: seed)
      // Far away a full step overshoots, and the line search has to shorten it.
      let far = zero.map { _ in 30 * random.normal() }
      let other = NewtonCG(tolerance: 1e-16).minimize(&toy, from: far, workers: workers)
      #expect(other.converged, "seed \(seed): \(other)")
      #expect(distance(cold.point, other.point) < 1e-7, "seed \(seed)")
    }
  }

  /// √(1 + x²): from beyond 1 full Newton steps run away (x becomes −x³), so only the line search can get home.
  @Test(arguments: [0.5, 1.5, 10, 1000]) func lineSearchStopsOvershooting(start: Double) {
    var hyperbola = Hyperbola()
    let result = NewtonCG(tolerance: 0).minimize(&hyperbola, from: [start], workers: workers)
    #expect(result.converged && result.point[0].magnitude < 1e-7, "\(result)")
    #expect(zip(hyperbola.accepted, hyperbola.accepted.dropFirst()).allSatisfy { $0 >= $1 }, "it descends")
  }

  @Test func iterationLimit() {
    var toy = LogisticToy(seed: 3)
    let zero = [Double](repeating: 0, count: toy.dimension)
    var values: [Double] = []
    for limit in 0...4 {
      let result = NewtonCG(tolerance: 1e-25, maximumIterations: limit).minimize(&toy, from: zero, workers: workers)
      #expect(result.iterations == limit && !result.converged)
      values.append(result.value)
    }
    #expect(values == values.sorted(by: >) && Set(values).count == values.count, "each step descends: \(values)")
  }

  @Test func innerIterationLimit() {
    var quadratic = Quadratic(diagonal: (1...20).map(Double.init), linear: [Double](repeating: 1, count: 20))
    quadratic.preconditions = false
    let zero = [Double](repeating: 0, count: 20)
    let result = NewtonCG(tolerance: 1e-14, maximumIterations: 1000, maximumInnerIterations: 1).minimize(
      &quadratic, from: zero, workers: workers)
    #expect(result.converged && result.hessianProducts == result.iterations && result.iterations > 20)
    #expect(distance(result.point, quadratic.solution()) < 1e-5)
  }

  @Test func progressStops() {
    var toy = LogisticToy(seed: 4)
    let zero = [Double](repeating: 0, count: toy.dimension)
    for stop in 1...4 {
      var told: [Double] = []
      let result = NewtonCG(tolerance: 1e-25).minimize(&toy, from: zero, workers: workers) {
        told.append($0)
        return told.count < stop
      }
      #expect(told.count == stop && result.iterations == stop - 1 && !result.converged)
      #expect(told == told.sorted(by: >), "the gap falls: \(told)")
      #expect(close(told[stop - 1], result.gap / result.value, 1e-12))
    }
  }

  @Test func startAtTheSolution() {
    var quadratic = Quadratic(diagonal: [1, 2, 3], linear: [0, 0, 0])
    var told = 0
    let result = NewtonCG(tolerance: 1e-6).minimize(&quadratic, from: [0, 0, 0], workers: workers) { _ in
      told += 1
      return true
    }
    #expect(result.converged && result.iterations == 0 && result.hessianProducts == 0 && told == 0)
    #expect(result.point == [0, 0, 0] && result.value == 0 && result.gap == 0)
  }

  /// Beyond the reach of rounding it stops by itself, and says that it has not converged.
  @Test func impossibleTolerance() {
    var toy = LogisticToy(seed: 5)
    let zero = [Double](repeating: 0, count: toy.dimension)
    let result = NewtonCG(tolerance: 0, maximumIterations: 1000).minimize(&toy, from: zero, workers: workers)
    #expect(result.iterations < 100)
    #expect(result.gap < 1e-20 * result.value)
    #expect(result.converged == (result.gap == 0))
  }

  /// Vectors of several pieces: the number of threads changes no bit.
  @Test func sameBitsForAnyNumberOfThreads() {
    let size = 100_000
    var random = Random(seed: 6)
    let diagonal = (0..<size).map { _ in 0.01 + random.unit() }
    let linear = (0..<size).map { _ in random.normal() }
    let start = [Double](repeating: 0, count: size)
    func solve(_ threads: Int) -> NewtonCG.Result {
      var quadratic = Quadratic(diagonal: diagonal, linear: linear)
      quadratic.preconditions = false
      return NewtonCG(tolerance: 1e-6).minimize(&quadratic, from: start, workers: WorkerPool(threads: threads))
    }
    let expected = solve(1)
    #expect(expected.converged && expected.hessianProducts > 3)
    for threads in [2, 7] {
      let result = solve(threads)
      #expect(result.point == expected.point && result.value == expected.value, "\(threads) threads")
      #expect(result.gap == expected.gap && result.hessianProducts == expected.hessianProducts)
    }
  }
}
