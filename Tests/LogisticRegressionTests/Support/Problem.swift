import TestSupport
import DatelineCore
import DatelineParallel
import DatelineVectors
import Foundation
import LogisticRegression
import Testing

/// A small training problem, as plain arrays that tests can change.
struct Problem {
  var kind: Domain.Kind
  var labels: Int
  var features: Int
  var rows: [SparseVector] = []
  var targets: [[Int]] = []
  var weights: [Double]?

  var count: Int { rows.count }

  func set() throws -> TrainingSet {
    var all = Targets()
    for labels in targets { all.append(labels) }
    return try TrainingSet(
      domain: domain(kind, count: labels), features: CSRMatrix(rows: rows, columnCount: features), targets: all,
      weights: weights)
  }

  func selecting(_ documents: [Int]) -> Problem {
    Problem(
      kind: kind, labels: labels, features: features, rows: documents.map { rows[$0] },
      targets: documents.map { targets[$0] }, weights: weights.map { weights in documents.map { weights[$0] } })
  }

  /// Weights stay as the solver leaves them, unless the settings ask for fewer bits.
  func train(
    _ settings: [String: String], threads: Int = 1,
    progress: @escaping @Sendable (Double, String) -> Bool = { _, _ in true }
  ) throws -> (model: LinearClassifier, report: TrainingReport) {
    let plugin = LogisticRegressionPlugin()
    let context = TrainingContext(workers: WorkerPool(threads: threads), progress: progress)
    let (model, report) = try plugin.train(
      set(),
      parameters: Hyperparameters(
        plugin.description.parameters, settings: settings.merging(["weight-bits": "32"]) { given, _ in given }),
      context: context)
    return (try #require(model as? LinearClassifier), report)
  }

  /// Random documents: values in multiples of 1/16, `elements` of them on average; labels follow the features loosely.
  static func random(
    _ random: inout Random, _ kind: Domain.Kind, documents: Int, features: Int, labels: Int, elements: Double = 4,
    weighted: Bool = false
  ) -> Problem {
    var problem = Problem(kind: kind, labels: labels, features: features)
    let density = elements / Double(max(1, features))
    for document in 0..<documents {
      var row = SparseVector()
      if features > 500 {
        // Few of many features: squares of uniform numbers make some of them frequent.
        let chosen = Set((0..<Int(elements)).map { _ in Int(Double(features) * random.unit() * random.unit()) })
        for feature in chosen.sorted() {
          row.append(index: UInt32(feature), value: Float(1 + random.below(40)) / 16)
        }
      } else {
        for feature in 0..<features where random.unit() < density {
          row.append(index: UInt32(feature), value: Float(1 + random.below(40)) / 16)
        }
      }
      let hint = row.indices.first.map { Int($0) * labels / features } ?? 0
      problem.rows.append(row)
      switch kind {
      case .exclusive:
        problem.targets.append([document < labels ? document : random.unit() < 0.6 ? hint : random.below(labels)])
      case .multiLabel:
        problem.targets.append((0..<labels).filter { random.unit() < ($0 == hint ? 0.7 : 0.15) })
      }
    }
    if weighted { problem.weights = (0..<documents).map { _ in Double(random.below(9)) / 4 } }
    return problem
  }
}

extension LinearClassifier {
  /// The weights of a label, as they are stored; one column for two labels that share it.
  func column(_ column: Int) -> [Double] { (0..<featureCount).map { weights[$0, column] } }

  var allNumbers: [Double] { weights.array() + bias }
}

/// The bytes of all parts of a model.
func bytes(_ model: some Classifier) throws -> [String: [UInt8]] {
  Dictionary(uniqueKeysWithValues: try model.payloads().map { ($0.name, $0.bytes) })
}

/// A domain of numbered labels, whose order is that of their numbers.
func domain(_ kind: Domain.Kind, count: Int) throws -> Domain {
  try Domain(
    facet: Facet("topic"), kind: kind,
    labels: (0..<count).map { try Label("label-" + String(repeating: "0", count: 4 - "\($0)".count) + "\($0)") })
}

/// Whether two numbers are equal to a relative or, near 0, absolute tolerance.
func close(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  (a - b).magnitude <= tolerance * max(1, a.magnitude, b.magnitude)
}

/// The largest difference between two lists of one length.
func distance(_ a: [Double], _ b: [Double]) -> Double {
  a.count == b.count ? zip(a, b).reduce(0) { max($0, ($1.0 - $1.1).magnitude) } : .infinity
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
