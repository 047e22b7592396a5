import TestSupport
import DatelineCore
import DatelineParallel
import DatelineVectors
import Foundation
import NaiveBayes
import Testing

/// A small training problem, as plain arrays that tests can change.
struct Problem {
  var kind: Domain.Kind
  var labels: [Int]
  var features: Int
  var rows: [SparseVector] = []
  /// Places in ``labels``.
  var targets: [[Int]] = []
  var weights: [Double]?

  var count: Int { rows.count }

  init(kind: Domain.Kind, labels: Int, features: Int) {
    self.kind = kind
    self.labels = Array(0..<labels)
    self.features = features
  }

  func set() throws -> TrainingSet {
    var all = Targets()
    for labels in targets { all.append(labels) }
    return try TrainingSet(
      domain: domain(kind, labels), features: CSRMatrix(rows: rows, columnCount: features), targets: all,
      weights: weights)
  }

  func selecting(_ documents: [Int]) -> Problem {
    var result = self
    result.rows = documents.map { rows[$0] }
    result.targets = documents.map { targets[$0] }
    result.weights = weights.map { weights in documents.map { weights[$0] } }
    return result
  }

  func train(_ settings: [String: String], threads: Int = 1) throws -> any Classifier {
    try NaiveBayesPlugin().train(
      set(), parameters: parameters(settings), context: TrainingContext(workers: WorkerPool(threads: threads))
    ).model
  }

  /// Random documents of whole counts; labels follow the features loosely. Weights are whole numbers.
  static func random(
    _ random: inout Random, _ kind: Domain.Kind, documents: Int, features: Int, labels: Int, weighted: Bool = false
  ) -> Problem {
    var problem = Problem(kind: kind, labels: labels, features: features)
    for _ in 0..<documents {
      let hint = random.below(labels)
      var row = SparseVector()
      for feature in 0..<features where random.unit() < (feature % labels == hint ? 0.5 : 0.15) {
        row.append(index: UInt32(feature), value: Float(1 + random.below(4)))
      }
      problem.rows.append(row)
      switch kind {
      case .exclusive: problem.targets.append([random.unit() < 0.8 ? hint : random.below(labels)])
      case .multiLabel:
        problem.targets.append((0..<labels).filter { random.unit() < ($0 == hint ? 0.8 : 0.1) })
      }
    }
    if weighted { problem.weights = (0..<documents).map { _ in Double(random.below(4)) } }
    return problem
  }
}

func parameters(_ settings: [String: String]) throws -> Hyperparameters {
  try Hyperparameters(NaiveBayesPlugin().description.parameters, settings: settings)
}

/// All settings of the variants that change what is counted or how it is weighed.
let allSettings: [[String: String]] = {
  var result: [[String: String]] = []
  for variant in ["multinomial", "bernoulli", "complement"] {
    for counts in ["values", "presence"] {
      for (alpha, prior, weight, normalize) in [
        ("1", "empirical", "none", "false"), ("0.3", "uniform", "sqrt", "true"),
        ("0.1", "empirical", "balanced", "true"),
      ] {
        result.append([
          "variant": variant, "counts": counts, "alpha": alpha, "class-prior": prior, "class-weight": weight,
          "normalize-weights": normalize,
        ])
      }
    }
  }
  return result
}()

/// A domain of the labels of the given numbers, whose order is that of the numbers.
func domain(_ kind: Domain.Kind, _ labels: [Int]) throws -> Domain {
  try Domain(
    facet: Facet("topic"), kind: kind,
    labels: labels.map { try Label("label-" + String(repeating: "0", count: 4 - "\($0)".count) + "\($0)") })
}

/// The bytes of all parts of a model.
func bytes(_ model: any Classifier) throws -> [String: [UInt8]] {
  Dictionary(uniqueKeysWithValues: try model.payloads().map { ($0.name, $0.bytes) })
}

func scores(_ model: any Classifier, _ row: SparseVector) -> [Double] {
  model.scores(indices: row.indices, values: row.values)
}

/// Whether two numbers are equal to a relative or, near 0, absolute tolerance.
func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  (a - b).magnitude <= tolerance * max(1, a.magnitude, b.magnitude)
}

/// The error that some work throws; records an issue when there is none.
func failure(sourceLocation: SourceLocation = #_sourceLocation, _ work: () throws -> Void) -> DatelineError? {
  do {
    try work()
    Issue.record("no error", sourceLocation: sourceLocation)
    return nil
  } catch {
    return error as? DatelineError
  }
}

/// What `Tools/reference/naive_bayes.py` made.
enum Reference {
  static func file() throws -> JSONValue {
    let url = try #require(
      Bundle.module.url(forResource: "naive_bayes", withExtension: "json", subdirectory: "Resources"))
    return try JSONValue(parsing: Array(Data(contentsOf: url)))
  }

  static func problem(_ data: JSONValue, weighted: Bool) throws -> Problem {
    var problem = Problem(
      kind: .exclusive, labels: try #require(data["labels"]?.integer), features: try #require(data["features"]?.integer)
    )
    let indices = try #require(data["indices"]?.elements)
    let values = try #require(data["values"]?.elements)
    problem.rows = try zip(indices, values).map { indices, values in
      SparseVector(indices: try indices.doubles.map { UInt32($0) }, values: try values.doubles.map { Float($0) })
    }
    problem.targets = try #require(data["targets"]).doubles.map { [Int($0)] }
    if weighted { problem.weights = try #require(data["weights"]).doubles }
    return problem
  }
}

extension JSONValue {
  var doubles: [Double] { get throws { try #require(elements).map { try #require($0.number) } } }
}
