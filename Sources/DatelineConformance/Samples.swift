import DatelineCore
import DatelineVectors

/// An invented training set: every label has words of its own, and all share some.
///
/// Behind the words there are features of candidates, one for each label, for families that need them.
struct Samples: Sendable {
  var kind = Domain.Kind.exclusive
  var labelCount = 4
  var documentCount = 80
  var wordsOfLabel = 8
  var sharedWords = 20
  /// Labels from this number on have no documents.
  var usedLabels: Int?
  var rows: [SparseVector] = []
  var targets: [[Int]] = []
  var weights: [Double]?
  /// The place of each label among the sorted ones: other names for the same labels.
  var renaming: [Int]?

  private static let kinds = ["share", "first"]
  private static let ownWords = 5

  var wordCount: Int { labelCount * wordsOfLabel + sharedWords }
  var featureCount: Int { wordCount + labelCount * Samples.kinds.count }

  /// A set of documents with labels in turn.
  static func make(_ seed: UInt64, _ change: (inout Samples) -> Void = { _ in }) -> Samples {
    var samples = Samples()
    change(&samples)
    var random = SplitMix64(seed: seed)
    let used = samples.usedLabels ?? samples.labelCount
    for number in 0..<samples.documentCount {
      var labels = [number % used]
      if samples.kind == .multiLabel {
        // None, one or two.
        let further = Int(random.next() % UInt64(used))
        if number % 3 == 1 { labels.append(further) }
        if number % 11 == 10 { labels = [] }
      }
      samples.append(labels: Array(Set(labels)).sorted(), &random)
    }
    return samples
  }

  private mutating func append(labels: [Int], _ random: inout SplitMix64) {
    var values: [Int: Float] = [:]
    func below(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }
    for label in labels {
      for _ in 0..<Samples.ownWords { values[label * wordsOfLabel + below(wordsOfLabel), default: 0] += 0.25 }
      values[wordCount + label * Samples.kinds.count] = 0.75
      values[wordCount + label * Samples.kinds.count + 1] = 0.5
    }
    for _ in 0..<3 { values[labelCount * wordsOfLabel + below(sharedWords), default: 0] += 0.25 }
    // A word of another label now and then.
    if below(4) == 0 { values[below(labelCount * wordsOfLabel), default: 0] += 0.125 }
    rows.append(Samples.row(values))
    targets.append(labels)
  }

  static func row(_ values: [Int: Float]) -> SparseVector {
    let indices = values.keys.sorted()
    return SparseVector(indices: indices.map { UInt32($0) }, values: indices.map { values[$0] ?? 0 })
  }

  private func label(_ number: Int) throws -> Label {
    let digits = "\(renaming?[number] ?? number)"
    return try Label("label-" + String(repeating: "0", count: 6 - digits.utf8.count) + digits)
  }

  var matrix: CSRMatrix { CSRMatrix(rows: rows, columnCount: featureCount) }

  func set() throws -> TrainingSet {
    var labels: [Label] = []
    for number in 0..<labelCount { labels.append(try label(number)) }
    let domain = try Domain(facet: Facet("facet"), kind: kind, labels: labels)
    var all = Targets()
    for numbers in targets { all.append(numbers.map { renaming?[$0] ?? $0 }) }
    return try TrainingSet(
      domain: domain, features: matrix, targets: all, weights: weights,
      candidates: CandidateFeatures(first: wordCount, labels: labels, kinds: Samples.kinds))
  }

  /// The same documents in another order, or some of them.
  func selecting(_ documents: [Int]) -> Samples {
    var samples = self
    samples.rows = documents.map { rows[$0] }
    samples.targets = documents.map { targets[$0] }
    samples.weights = weights.map { weights in documents.map { weights[$0] } }
    return samples
  }
}
