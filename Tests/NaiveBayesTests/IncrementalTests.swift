import TestSupport
import DatelineCore
import DatelineParallel
import DatelineVectors
import NaiveBayes
import Testing

/// Learning on: A and then B is A and B together, bit for bit.
@Suite struct IncrementalTests {
  /// A part of a problem in the features and labels that it has itself, with the maps from another part's.
  private struct Part {
    var problem: Problem
    var features: [Int]
    var labels: [Int]
  }

  /// The part in those features and labels that it or `earlier` has, as a vectorizer would number them.
  private func part(_ problem: Problem, _ documents: [Int], earlier: Part?) -> Part {
    var part = problem.selecting(documents)
    let features = Set(part.rows.flatMap(\.indices).map(Int.init)).union(earlier?.features ?? []).sorted()
    let labels = Set(part.targets.joined()).union(earlier?.labels ?? []).sorted()
    part.features = features.count
    part.labels = labels
    part.rows = part.rows.map { row in
      SparseVector(
        indices: row.indices.map { UInt32(features.firstIndex(of: Int($0)) ?? 0) }, values: row.values)
    }
    part.targets = part.targets.map { $0.map { labels.firstIndex(of: $0) ?? 0 } }
    return Part(problem: part, features: features, labels: labels)
  }

  private func learnOn(
    _ model: any Classifier, from earlier: Part, _ part: Part, _ settings: [String: String], threads: Int = 1
  ) throws -> any Classifier {
    try NaiveBayesPlugin().update(
      model, with: part.problem.set(), featureMap: earlier.features.map { part.features.firstIndex(of: $0) ?? 0 },
      labelMap: earlier.labels.map { part.labels.firstIndex(of: $0) ?? 0 }, parameters: parameters(settings),
      context: TrainingContext(workers: WorkerPool(threads: threads))
    ).model
  }

  @Test(arguments: [Domain.Kind.exclusive, .multiLabel]) func earlierAndLaterAreBothTogether(kind: Domain.Kind) throws {
    for (number, settings) in allSettings.enumerated() {
      let seed = UInt64(100 + number)
      var random = Random(seed: seed)
      let problem = Problem.random(
        &random, kind, documents: 30, features: 25, labels: 6, weighted: number.isMultiple(of: 2))
      let whole = part(problem, Array(0..<30), earlier: nil)
      let expected = try bytes(whole.problem.train(settings))
      for split in [2, 3, 11, 22, 29] {
        // Few documents have few of the features and labels, so the others are new in the second part.
        let first = part(problem, Array(0..<split), earlier: nil)
        let second = part(problem, Array(split..<30), earlier: first)
        #expect(second.features == whole.features && second.labels == whole.labels)
        #expect(split > 3 || (first.features.count < whole.features.count && first.labels.count < whole.labels.count))
        let model = try first.problem.train(settings)
        let both = try learnOn(model, from: first, second, settings)
        #expect(try bytes(both) == expected, "seed \(seed), split \(split), \(settings)")
        // The same from a model that was stored.
        let loaded = try NaiveBayesPlugin().load(
          Payloads(model.payloads()), domain: domain(kind, first.labels))
        #expect(try bytes(learnOn(loaded, from: first, second, settings, threads: 3)) == expected, "seed \(seed)")
      }
    }
  }

  @Test(arguments: [Domain.Kind.exclusive, .multiLabel]) func threeParts(kind: Domain.Kind) throws {
    var random = Random(seed: 7)
    let problem = Problem.random(&random, kind, documents: 30, features: 25, labels: 6)
    for settings in allSettings {
      let first = part(problem, Array(0..<3), earlier: nil)
      let second = part(problem, [3, 4], earlier: first)
      let third = part(problem, Array(5..<30), earlier: second)
      let model = try learnOn(
        learnOn(first.problem.train(settings), from: first, second, settings), from: second, third, settings)
      #expect(try bytes(model) == bytes(part(problem, Array(0..<30), earlier: nil).problem.train(settings)))
    }
  }

  /// No further documents change nothing but the numbers of features and labels.
  @Test func nothingMore() throws {
    var random = Random(seed: 8)
    let problem = Problem.random(&random, .exclusive, documents: 20, features: 10, labels: 3)
    let first = part(problem, Array(0..<20), earlier: nil)
    let model = try first.problem.train(["alpha": "1"])
    let same = try learnOn(model, from: first, part(problem, [], earlier: first), ["alpha": "1"])
    #expect(try bytes(same) == bytes(model))
  }

  @Test func mapsThatDoNotFitAreRefused() throws {
    var random = Random(seed: 9)
    let problem = Problem.random(&random, .exclusive, documents: 20, features: 4, labels: 3)
    let model = try problem.train(["alpha": "1"])
    let set = try problem.set()
    for (features, labels) in [
      ([0, 1, 2], [0, 1, 2]), ([0, 1, 2, 3], [0, 1]), ([0, 1, 2, 4], [0, 1, 2]), ([0, 1, 1, 3], [0, 1, 2]),
      ([0, 1, 2, 3], [0, 1, 3]), ([0, 1, 2, 3], [2, 1, 0]), ([-1, 1, 2, 3], [0, 1, 2]),
    ] {
      let error = failure {
        _ = try NaiveBayesPlugin().update(
          model, with: set, featureMap: features, labelMap: labels, parameters: parameters(["alpha": "1"]),
          context: TrainingContext(workers: WorkerPool(threads: 1)))
      }
      #expect(error?.code == .usage, "\(features) \(labels): \(String(describing: error))")
    }
  }

  @Test func modelsOfOtherFamiliesAreRefused() throws {
    var random = Random(seed: 10)
    let problem = Problem.random(&random, .exclusive, documents: 20, features: 4, labels: 3)
    let other = LinearClassifier(labelCount: 1, weights: LinearWeights(SharedBuffer([1]), columnCount: 1), bias: [0])
    let error = failure {
      _ = try NaiveBayesPlugin().update(
        other, with: problem.set(), featureMap: [0], labelMap: [0], parameters: parameters(["alpha": "1"]),
        context: TrainingContext(workers: WorkerPool(threads: 1)))
    }
    #expect(error?.code == .usage)
  }
}
