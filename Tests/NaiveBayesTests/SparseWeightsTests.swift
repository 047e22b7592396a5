import DatelineCore
import DatelineParallel
import DatelineVectors
import TestSupport
import Testing

@testable import NaiveBayes

/// Sparse weights are the dense ones, taken apart.
@Suite struct SparseWeightsTests {
  /// A model of a form that is asked for, on any counts.
  private func model(
    _ problem: Problem, _ settings: [String: String], _ form: WeightForm, threads: Int = 1
  ) throws -> NaiveBayesModel {
    let trainer = NaiveBayesTrainer(
      parameters: try NaiveBayesParameters(parameters(settings)), workers: WorkerPool(threads: threads))
    let counts = FeatureCounts(
      try problem.set(), binarizes: trainer.parameters.countsPresence, workers: trainer.workers)
    return trainer.model(counts, kind: problem.kind, form: form)
  }

  private func problem(_ random: inout Random, _ kind: Domain.Kind, weighted: Bool) -> Problem {
    var problem = Problem.random(&random, kind, documents: 40, features: 30, labels: 7, weighted: weighted)
    // A label of no document, a feature of no document, one of every document, and for labels that do not exclude each
    // other one of every document.
    problem.labels = Array(0..<8)
    problem.features = 32
    for document in problem.rows.indices {
      var row = SparseVector(indices: [0], values: [2])
      for (index, value) in zip(problem.rows[document].indices, problem.rows[document].values) {
        row.append(index: index + 1, value: value)
      }
      problem.rows[document] = row
      if kind == .multiLabel { problem.targets[document] = Set(problem.targets[document] + [3]).sorted() }
    }
    return problem
  }

  private static let kinds = [Domain.Kind.exclusive, .multiLabel]

  @Test(arguments: kinds) func weightsAndConstantsAreThoseOfDense(kind: Domain.Kind) throws {
    for (number, settings) in allSettings.enumerated() {
      for weighted in [false, true] {
        let seed = UInt64(number)
        var random = Random(seed: seed)
        let problem = problem(&random, kind, weighted: weighted)
        let dense = try model(problem, settings, .dense)
        let sparse = try model(problem, settings, .sparse)
        #expect(sparse.linear is SparseLinearClassifier && dense.linear is LinearClassifier)
        #expect(sparse.featureCount == 32 && sparse.labelCount == 8)
        for label in 0..<8 {
          #expect(
            close(sparse.constant(label: label), dense.constant(label: label), 1e-11), "seed \(seed), \(settings)")
          for feature in 0..<32 {
            // Both are rounded to single precision.
            let difference =
              sparse.contribution(feature: feature, value: 1, label: label)
              - dense.contribution(feature: feature, value: 1, label: label)
            #expect(abs(difference) < 2e-6, "seed \(seed), feature \(feature), label \(label), \(settings)")
          }
        }
        for row in problem.rows + [SparseVector()] {
          let size = row.values.reduce(1) { $0 + Double($1) }
          for (one, other) in zip(scores(sparse, row), scores(dense, row)) {
            #expect(abs(one - other) < 2e-6 * size, "seed \(seed), \(settings)")
          }
        }
      }
    }
  }

  /// What is stored is single precision; the way it is taken apart is exact.
  @Test(arguments: kinds) func thePartsAddUpToTheFormulas(kind: Domain.Kind) throws {
    for (number, settings) in allSettings.enumerated() {
      var random = Random(seed: UInt64(number))
      let set = try problem(&random, kind, weighted: true).set()
      let trainer = NaiveBayesTrainer(
        parameters: try NaiveBayesParameters(parameters(settings)), workers: WorkerPool(threads: 1))
      let counts = FeatureCounts(set, binarizes: true, workers: trainer.workers)
      let scales = (0..<8).map { 0.5 + Double($0) }
      let totals = LabelTotals(counts, kind: kind, scales: kind == .exclusive ? scales : scales.map { _ in 1 })
      let absent = AbsentWeights(
        model: trainer.eventModel, smoothing: trainer.smoothing(counts), kind: kind, totals: totals, labelCount: 8,
        featureCount: 32)
      let comesApart = trainer.parameters.variant != .bernoulli || kind == .exclusive
      for all in [0, 1, 2.5, 17, 40] {
        for label in 0..<8 {
          let events = totals.events(label, inside: 0, all: all)
          let exact = trainer.eventModel.weight(events, trainer.smoothing(counts), kind)
          if comesApart {
            let sum = absent.defaultWeight(all: all) + absent.shifts[label]
            #expect(close(sum, exact, 1e-12), "\(all), label \(label), \(settings)")
          }
          #expect(absent.weight(label, all: all) == exact)
        }
      }
      // Sums that make no difference are no groups.
      let groups = TotalGroups(counts, trainer.eventModel, kind)
      #expect(groups.groupOfFeature.isEmpty == comesApart)
      #expect(groups.sizes.reduce(0, +) == 32)
      if !comesApart {
        #expect(zip(counts.totals, groups.groupOfFeature).allSatisfy { $0 == groups.totals[Int($1)] })
        #expect(zip(groups.totals, groups.totals.dropFirst()).allSatisfy { $0 < $1 })
      }
    }
  }

  @Test(arguments: kinds) func contributionsAddUpToScores(kind: Domain.Kind) throws {
    for (number, settings) in allSettings.enumerated() {
      var random = Random(seed: UInt64(number))
      let problem = problem(&random, kind, weighted: true)
      let model = try model(problem, settings, .sparse)
      for row in problem.rows {
        let scores = scores(model, row)
        for label in 0..<8 {
          let sum = zip(row.indices, row.values).reduce(model.constant(label: label)) {
            $0 + model.contribution(feature: Int($1.0), value: $1.1, label: label)
          }
          #expect(close(sum, scores[label], 1e-12), "seed \(number), \(settings)")
        }
      }
    }
  }

  @Test(arguments: kinds) func payloadsComeBackAndLearnOn(kind: Domain.Kind) throws {
    for (number, settings) in allSettings.enumerated() {
      var random = Random(seed: UInt64(number))
      let problem = problem(&random, kind, weighted: true)
      let model = try model(problem, settings, .sparse)
      let loaded = try NaiveBayesPlugin().load(Payloads(model.payloads()), domain: domain(kind, problem.labels))
      #expect(try bytes(loaded) == bytes(model))
      for row in problem.rows { #expect(scores(loaded, row) == scores(model, row)) }
      // Together with itself, and small: dense.
      let twice = try NaiveBayesPlugin().update(
        loaded, with: problem.set(), featureMap: Array(0..<32), labelMap: Array(0..<8),
        parameters: parameters(settings),
        context: TrainingContext(workers: WorkerPool(threads: 1))
      ).model
      let both = problem.selecting(Array(0..<40) + Array(0..<40))
      let expected = try self.model(both, settings, .dense)
      for row in problem.rows {
        for (one, other) in zip(scores(twice, row), scores(expected, row)) { #expect(close(one, other, 1e-12)) }
      }
    }
  }

  @Test(arguments: kinds) func sameBytesForAnyNumberOfThreads(kind: Domain.Kind) throws {
    var problem = Problem(kind: kind, labels: 4, features: 40_000)
    var random = Random(seed: 1)
    for _ in 0..<150 {
      let chosen = Set((0..<40).map { _ in random.below(40_000) }).sorted()
      problem.rows.append(
        SparseVector(indices: chosen.map { UInt32($0) }, values: chosen.map { _ in Float(random.unit()) }))
      problem.targets.append(kind == .exclusive ? [random.below(4)] : (0..<4).filter { _ in random.below(3) == 0 })
    }
    problem.weights = (0..<150).map { _ in random.unit() }
    for variant in ["multinomial", "complement", "bernoulli"] {
      let settings = ["variant": variant, "alpha": "0.5"]
      let expected = try bytes(model(problem, settings, .sparse))
      for threads in [2, 7] {
        #expect(try bytes(model(problem, settings, .sparse, threads: threads)) == expected, "\(threads), \(variant)")
      }
    }
  }

  /// One feature, no feature, one label, documents that weigh nothing: no weight of NaN.
  @Test(arguments: kinds) func nextToNothing(kind: Domain.Kind) throws {
    for settings in allSettings {
      var random = Random(seed: 5)
      var weightless = Problem.random(&random, kind, documents: 10, features: 6, labels: 3)
      weightless.weights = Array(repeating: 0, count: 10)
      let single = Problem.random(&random, kind, documents: 10, features: 6, labels: 1)
      var narrow = Problem.random(&random, kind, documents: 10, features: 1, labels: 3)
      narrow.rows[0] = SparseVector(indices: [0], values: [1])
      var featureless = narrow
      featureless.features = 0
      featureless.rows = narrow.rows.map { _ in SparseVector() }
      for problem in [weightless, single, narrow, featureless] {
        let dense = try model(problem, settings, .dense)
        let sparse = try model(problem, settings, .sparse)
        for row in problem.rows {
          for (one, other) in zip(scores(sparse, row), scores(dense, row)) {
            #expect(close(one, other, 2e-6), "\(settings), \(problem.features) features")
          }
        }
      }
    }
  }

  /// What decides is how many weights there are, and how many of them have cells.
  @Test func theFormFollowsFromTheCounts() {
    func form(_ features: Int, _ labels: Int, cells: Int, groups: Int = 1) -> WeightForm {
      NaiveBayesTrainer.form(features: features, labels: labels, cells: cells, groups: groups)
    }
    #expect(form(8192, 8192, cells: 0) == .dense)
    #expect(form(8193, 8192, cells: 0) == .sparse)
    let most = (8193 * 8192 / 4 - 4 * 8193 - 8192) / 2
    #expect(form(8193, 8192, cells: most) == .sparse)
    #expect(form(8193, 8192, cells: most + 1) == .dense)
    #expect(form(8193, 8192, cells: 0, groups: 2044) == .sparse)
    #expect(form(8193, 8192, cells: 0, groups: 2045) == .dense)
    #expect(form(.max, 2, cells: 10) == .sparse)
  }

  /// Labels that most features go with would need dense weights: where these are too large, training says so.
  @Test func tooManyDenseWeightsAreRefused() throws {
    var random = Random(seed: 6)
    let problem = Problem.random(&random, .exclusive, documents: 20, features: 10, labels: 3)
    func train(_ limit: Int) throws {
      _ = try NaiveBayesPlugin().train(
        problem.set(), parameters: parameters([:]),
        context: TrainingContext(workers: WorkerPool(threads: 1), memoryLimit: limit))
    }
    try train(360)
    let error = failure { try train(359) }
    #expect(error?.code == .usage)
    #expect(error?.message.contains("360 bytes") == true && error?.message.contains("359 bytes") == true)
  }
}
