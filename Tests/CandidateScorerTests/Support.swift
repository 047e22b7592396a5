import DatelineCore
import DatelineParallel
import DatelineVectors
import LogisticRegression
import Testing

@testable import CandidateScorer

/// Documents about some of five places in two parts of the world: features of words, then two kinds of features of each
/// candidate.
struct World {
  static let paths = ["north", "north/a", "north/b", "south", "south/c", "south/d", "south/e"]
  static let words = 12
  static let kinds = ["share", "first"]

  var rows: [SparseVector] = []
  var targets: [[String]] = []
  var labels = World.paths
  var weights: [Double]?

  static var featureCount: Int { words + paths.count * kinds.count }

  static func candidates() throws -> CandidateFeatures {
    var labels: [Label] = []
    for path in paths { labels.append(try Label(path)) }
    return CandidateFeatures(first: words, labels: labels, kinds: kinds)
  }

  /// As many documents as are asked for. Words tell the part of the world, loosely; the first kind says what a document
  /// is about, the second is noise.
  ///
  /// - Parameter missing: A place that no document is about.
  static func random(_ count: Int, seed: UInt64, missing: String? = nil, parents: Int = 0) -> World {
    var random = SplitMix64(seed: seed)
    func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }
    var world = World()
    let leaves = paths.filter { $0.contains("/") && $0 != missing }
    for number in 0..<count {
      let about = leaves[below(leaves.count)]
      let top = String(about.prefix { $0 != "/" })
      let other = leaves[below(leaves.count)]
      var values: [Int: Float] = [:]
      for _ in 0..<4 { values[below(words / 2) + (below(4) > 0 && top == "south" ? words / 2 : 0)] = 1 }
      func name(_ path: String, _ share: Float) {
        let place = words + 2 * (paths.firstIndex(of: path) ?? 0)
        values[place, default: 0] += share
        if below(2) == 0 { values[place + 1] = 0.5 }
      }
      name(about, 0.75)
      name(top, 0.75)
      if other != about { name(other, 0.25) }
      world.append(values)
      world.targets.append(number < parents ? [top] : [about, top])
    }
    return world
  }

  mutating func append(_ values: [Int: Float]) {
    let indices = values.keys.sorted()
    rows.append(SparseVector(indices: indices.map { UInt32($0) }, values: indices.map { values[$0] ?? 0 }))
  }

  func domain() throws -> Domain {
    var all: [Label] = []
    for path in labels { all.append(try Label(path)) }
    return try Domain(facet: Facet("place"), kind: .multiLabel, labels: all)
  }

  func set(candidates: CandidateFeatures? = try? World.candidates()) throws -> TrainingSet {
    let domain = try domain()
    var all = Targets()
    for paths in targets {
      var numbers: [Int] = []
      for path in paths { numbers.append(try #require(domain.index(of: Label(path)))) }
      all.append(numbers.sorted())
    }
    return try TrainingSet(
      domain: domain, features: CSRMatrix(rows: rows, columnCount: World.featureCount), targets: all,
      weights: weights, candidates: candidates)
  }

  func train(_ settings: [String: String] = [:], threads: Int = 1) throws -> CandidateScorer {
    let context = TrainingContext(workers: WorkerPool(threads: threads))
    let (model, _) = try World.plugin.train(
      set(), parameters: Hyperparameters(World.plugin.description.parameters, settings: settings), context: context)
    return try #require(model as? CandidateScorer)
  }

  static let plugin = CandidateScorerPlugin(terms: LogisticRegressionPlugin())
}

extension Classifier {
  func scores(_ row: SparseVector) -> [Double] { scores(indices: row.indices, values: row.values) }
}
