import TestSupport
import DatelineCore
import DatelineVectors
import NaiveBayes
import Testing

/// Determinism, storing, and data at the edge.
@Suite struct ModelTests {
  /// Enough features for several pieces of counting and of weights.
  @Test(arguments: [Domain.Kind.exclusive, .multiLabel]) func sameBytesForAnyNumberOfThreads(kind: Domain.Kind) throws {
    var random = Random(seed: 1)
    var problem = Problem(kind: kind, labels: 4, features: 9500)
    for _ in 0..<150 {
      let chosen = Set((0..<40).map { _ in random.below(9500) }).sorted()
      problem.rows.append(
        SparseVector(
          indices: chosen.map { UInt32($0) }, values: chosen.map { _ in Float(random.unit()) }))
      problem.targets.append(kind == .exclusive ? [random.below(4)] : (0..<4).filter { _ in random.below(3) == 0 })
    }
    problem.weights = (0..<150).map { _ in random.unit() }
    for settings in allSettings {
      let expected = try bytes(problem.train(settings))
      for threads in [1, 2, 7] {
        #expect(try bytes(problem.train(settings, threads: threads)) == expected, "\(threads) threads, \(settings)")
      }
    }
  }

  @Test(arguments: [Domain.Kind.exclusive, .multiLabel]) func payloadsComeBack(kind: Domain.Kind) throws {
    for (number, settings) in allSettings.enumerated() {
      var random = Random(seed: UInt64(number))
      let problem = Problem.random(&random, kind, documents: 20, features: 10, labels: 3, weighted: true)
      let model = try problem.train(settings)
      let loaded = try NaiveBayesPlugin().load(Payloads(model.payloads()), domain: domain(kind, [0, 1, 2]))
      #expect(try bytes(loaded) == bytes(model))
      for row in problem.rows { #expect(scores(loaded, row) == scores(model, row)) }
    }
  }

  @Test(arguments: [Domain.Kind.exclusive, .multiLabel]) func aDoubledWeightIsADuplicate(kind: Domain.Kind) throws {
    for (number, settings) in allSettings.enumerated() {
      var random = Random(seed: UInt64(number))
      var problem = Problem.random(&random, kind, documents: 20, features: 10, labels: 3)
      let twice = problem.selecting(Array(0..<20) + [3, 5, 11])
      problem.weights = (0..<20).map { [3, 5, 11].contains($0) ? 2 : 1 }
      #expect(try bytes(problem.train(settings)) == bytes(twice.train(settings)), "seed \(number), \(settings)")
    }
  }

  /// Whole counts add up exactly in any order.
  @Test(arguments: [Domain.Kind.exclusive, .multiLabel]) func theOrderOfDocumentsDoesNotMatter(kind: Domain.Kind) throws
  {
    for (number, settings) in allSettings.enumerated() {
      var random = Random(seed: UInt64(number))
      let problem = Problem.random(&random, kind, documents: 20, features: 10, labels: 3)
      let other = problem.selecting(Array(0..<20).shuffled(using: &random))
      #expect(try bytes(problem.train(settings)) == bytes(other.train(settings)), "seed \(number), \(settings)")
    }
  }

  /// The Bernoulli variant looks at presence only, in training and in scoring.
  @Test func bernoulliIgnoresValues() throws {
    var random = Random(seed: 3)
    let problem = Problem.random(&random, .exclusive, documents: 20, features: 10, labels: 3)
    var ones = problem
    ones.rows = problem.rows.map { SparseVector(indices: $0.indices, values: $0.values.map { _ in 1 }) }
    let settings = ["alpha": "0.5", "variant": "bernoulli", "counts": "values"]
    let model = try problem.train(settings)
    #expect(try bytes(model) == bytes(ones.train(settings)))
    for (row, other) in zip(problem.rows, ones.rows) { #expect(scores(model, row) == scores(model, other)) }
  }

  @Test(arguments: [Domain.Kind.exclusive, .multiLabel]) func labelsWithoutDocuments(kind: Domain.Kind) throws {
    for settings in allSettings {
      var random = Random(seed: 4)
      var problem = Problem.random(&random, kind, documents: 20, features: 10, labels: 4)
      problem.targets = problem.targets.map { $0.map { $0 == 2 ? 3 : $0 } }
      let model = try problem.train(settings)
      #expect(problem.rows.allSatisfy { scores(model, $0).allSatisfy { $0.isFinite } }, "\(settings)")
      let unit = (0..<10).map { SparseVector(indices: [UInt32($0)], values: [1]) }
      #expect(unit.allSatisfy { scores(model, $0).allSatisfy { $0.isFinite } }, "\(settings)")
    }
  }

  /// All weights zero, no features, or one label: nothing to learn, and no NaN.
  @Test(arguments: [Domain.Kind.exclusive, .multiLabel]) func nextToNothing(kind: Domain.Kind) throws {
    for settings in allSettings {
      var random = Random(seed: 5)
      var weightless = Problem.random(&random, kind, documents: 10, features: 6, labels: 3)
      weightless.weights = Array(repeating: 0, count: 10)
      let single = Problem.random(&random, kind, documents: 10, features: 6, labels: 1)
      var featureless = Problem.random(&random, kind, documents: 10, features: 6, labels: 2)
      featureless.features = 0
      featureless.rows = featureless.rows.map { _ in SparseVector() }
      for problem in [weightless, single, featureless] {
        let model = try problem.train(settings)
        #expect(problem.rows.allSatisfy { scores(model, $0).allSatisfy { $0.isFinite } }, "\(settings)")
      }
    }
  }

  @Test(arguments: [Float(-1), -1e-6, .nan, .infinity]) func valuesThatCountNothingAreRefused(value: Float) throws {
    var random = Random(seed: 6)
    for settings in allSettings {
      var problem = Problem.random(&random, .exclusive, documents: 20, features: 10, labels: 3)
      problem.rows[7] = SparseVector(indices: [1, 4], values: [1, value])
      #expect(failure { _ = try problem.train(settings) }?.code == .invalidData)
    }
  }

  /// Sums beyond the range of doubles would make weights of NaN.
  @Test func sumsThatOverflowAreRefused() throws {
    var random = Random(seed: 7)
    var problem = Problem.random(&random, .exclusive, documents: 20, features: 10, labels: 3)
    problem.weights = Array(repeating: 1e308, count: 20)
    #expect(failure { _ = try problem.train(["alpha": "1"]) }?.code == .invalidData)
  }

  /// Alpha is chosen above the plugin.
  @Test func automaticSmoothingIsRefused() throws {
    var random = Random(seed: 8)
    let problem = Problem.random(&random, .exclusive, documents: 20, features: 10, labels: 3)
    #expect(failure { _ = try problem.train(["alpha": "auto"]) }?.code == .usage)
  }
}
