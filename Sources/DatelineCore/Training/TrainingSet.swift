public import DatelineVectors

/// What a plugin learns from: one sparse row a document, the documents' labels, and how much each document counts.
public struct TrainingSet: Sendable {
  /// The labels and whether they exclude each other.
  public let domain: Domain
  /// Documents × features.
  public let features: CSRMatrix
  /// The documents' labels.
  public let targets: Targets
  /// How much each document counts, each finite and not negative; `nil` when all count 1.
  public let weights: [Double]?
  /// The groups of features that describe candidates; `nil` where there are none.
  public let candidates: CandidateFeatures?

  /// A training set.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` when the parts differ in length, a weight is negative or not finite,
  ///   a label is not in the domain, or a document of an exclusive facet has not exactly one label.
  public init(
    domain: Domain, features: CSRMatrix, targets: Targets, weights: [Double]? = nil,
    candidates: CandidateFeatures? = nil
  ) throws(DatelineError) {
    guard features.rowCount == targets.count, weights.map({ $0.count == targets.count }) ?? true else {
      throw DatelineError(
        .invalidData,
        "a training set of \(features.rowCount) rows, \(targets.count) targets and \(weights?.count ?? targets.count) weights: all must be as many"
      )
    }
    guard weights?.allSatisfy({ $0.isFinite && $0 >= 0 }) ?? true else {
      throw DatelineError(.invalidData, "a document weight that is negative or not finite: weights are 0 or more")
    }
    guard targets.indices.allSatisfy({ $0 >= 0 && Int($0) < domain.count }) else {
      throw DatelineError(.invalidData, "a target outside of the domain's \(domain.count) labels")
    }
    if domain.kind == .exclusive {
      guard targets.haveOneLabelEach else {
        throw DatelineError(.invalidData, "labels exclude each other, so every document needs exactly one")
      }
    }
    self.domain = domain
    self.features = features
    self.targets = targets
    self.weights = weights
    self.candidates = candidates
  }

  /// The number of documents.
  public var count: Int { targets.count }

  /// Refuses values that nothing can be learnt from. O(elements).
  ///
  /// - Parameters:
  ///   - plugin: Who asks, for the message.
  ///   - nonNegative: Whether values below 0 are refused as well.
  /// - Throws: ``DatelineError/Code/invalidData``.
  public func checkValues(for plugin: String, nonNegative: Bool = false) throws(DatelineError) {
    let least: Float = nonNegative ? 0 : -.greatestFiniteMagnitude
    try features.values.forEachPiece { values throws(DatelineError) in
      for place in values.indices where !(values[place] >= least && values[place] <= .greatestFiniteMagnitude) {
        throw DatelineError(
          .invalidData,
          "a feature with the value \(values[place]): \(plugin) needs numbers\(nonNegative ? " from 0 on" : "")")
      }
    }
  }

  /// The set of some of the documents, in the order given; their rows are in a temporary file if the set's are. O(their
  /// elements).
  public func selecting(_ documents: [Int]) throws(DatelineError) -> TrainingSet {
    let rows = try DatelineError.spooling { () throws(SpoolError) in try features.selecting(rows: documents) }
    return try TrainingSet(
      domain: domain, features: rows, targets: targets.selecting(documents),
      weights: weights.map { weights in documents.map { weights[$0] } }, candidates: candidates)
  }
}
