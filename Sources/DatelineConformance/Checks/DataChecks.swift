import DatelineCore
import DatelineVectors

extension Conformance {
  /// Sets that hold less, or something else, than a family may expect.
  static let dataChecks = [
    Check("one-label", "a set with a single label is learnt, or refused") {
      try learnsOrRefuses($0, "a single label", Samples.make($0.seed) { $0.labelCount = 1 })
    },
    Check("one-document", "a single document is learnt, or refused") {
      try learnsOrRefuses($0, "a single document", Samples.make($0.seed) { $0.documentCount = 1 })
    },
    Check("no-documents", "an empty set is learnt, or refused") {
      try learnsOrRefuses($0, "no documents", Samples.make($0.seed) { $0.documentCount = 0 })
    },
    Check("label-without-documents", "a label that no document has is no obstacle") {
      let samples = Samples.make($0.seed) { $0.usedLabels = 3 }
      try $0.checkUsable($0.train(samples.set()), samples.matrix, "with a label without documents")
    },
    Check("empty-rows", "documents without features are learnt and scored") {
      var samples = Samples.make($0.seed)
      for number in stride(from: 0, to: 80, by: 7) { samples.rows[number] = SparseVector() }
      let model = try $0.train(samples.set())
      try $0.checkUsable(model, samples.matrix, "for rows without features")
    },
    Check("only-empty-rows", "a set in which no document has a feature is learnt, or refused") {
      var samples = Samples.make($0.seed)
      for number in samples.rows.indices { samples.rows[number] = SparseVector() }
      try learnsOrRefuses($0, "a set without features", samples)
    },
    Check("unseen-features", "features that no training document had are scored") {
      let samples = Samples.make($0.seed) { $0.usedLabels = 2 }
      let model = try $0.train(samples.set())
      let last = UInt32(samples.featureCount - 1)
      let row = SparseVector(indices: [last - 8, last], values: [1, 1])
      try $0.checkUsable(model, CSRMatrix(rows: [row], columnCount: samples.featureCount), "for unseen features")
    },
    Check("weights-of-zero", "documents of weight 0 are no obstacle") {
      var samples = Samples.make($0.seed)
      samples.weights = samples.rows.indices.map { $0 % 5 == 0 ? 0 : 1 }
      try $0.checkUsable($0.train(samples.set()), samples.matrix, "with weights of 0")
    },
    Check("nan-refused", "a value that is no number is refused") { try refuses($0, .nan, "a value that is no number") },
    Check("infinity-refused", "an infinite value is refused") { try refuses($0, .infinity, "an infinite value") },
    Check("negative-values", "negative values are learnt, or refused by families that need values from 0 on") {
      if $0.description.capabilities.contains(.nonNegativeOnly) { return try refuses($0, -0.5, "a negative value") }
      let samples = with(-0.5, $0.seed)
      try $0.checkUsable($0.train(samples.set()), samples.matrix, "with negative values")
    },
    Check("large-values", "values of a million do not make scores that are no numbers") {
      let samples = with(1e6, $0.seed)
      try learnsOrRefuses($0, "a value of a million", samples)
    },
  ]

  private static func with(_ value: Float, _ seed: UInt64) -> Samples {
    var samples = Samples.make(seed)
    samples.rows[5] = SparseVector(indices: [1, 40], values: [value, 0.5])
    return samples
  }

  private static func refuses(_ subject: Subject, _ value: Float, _ what: String) throws {
    let samples = with(value, subject.seed)
    try expectRefusal(what, [.invalidData]) { _ = try subject.train(samples.set()) }
  }

  private static func learnsOrRefuses(_ subject: Subject, _ what: String, _ samples: Samples) throws {
    let set = try samples.set()
    let model: any Classifier
    do {
      model = try subject.train(set)
    } catch let error as DatelineError {
      return try expect(
        error.code == .invalidData || error.code == .usage, "\(what) is learnt, or refused as invalidData or usage",
        found: "\(error.code): \(error)")
    }
    try subject.checkUsable(model, samples.matrix, "for \(what)")
    try subject.checkUsable(
      model, CSRMatrix(rows: [SparseVector()], columnCount: samples.featureCount), "for an empty row and \(what)")
  }
}
