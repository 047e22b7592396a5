public import DatelineCore

/// Scores of documents that the scoring model had not learnt from, with the documents' true labels: what calibration
/// and thresholds are fitted on.
public struct ScoreTable: Sendable, Equatable {
  /// Whether labels exclude each other.
  public let kind: Domain.Kind
  /// The number of labels, which is the number of columns.
  public let labelCount: Int
  /// Documents × labels, row after row; all finite.
  public let scores: [Double]
  /// The documents' labels.
  public let targets: Targets
  /// How much each document counts, each finite and not negative; `nil` when all count 1.
  public let weights: [Double]?

  /// A table.
  ///
  /// - Throws: ``DatelineCore/DatelineError/Code/invalidData`` when the parts differ in length, a score is not
  ///   finite, a weight is negative or not finite, a target is no label, or a document of an exclusive facet has not
  ///   exactly one.
  public init(
    kind: Domain.Kind, labelCount: Int, scores: [Double], targets: Targets, weights: [Double]? = nil
  ) throws(DatelineError) {
    let (cells, overflow) = labelCount.multipliedReportingOverflow(by: targets.count)
    guard labelCount > 0, !overflow, scores.count == cells, weights.map({ $0.count == targets.count }) ?? true else {
      throw DatelineError(
        .invalidData,
        "\(scores.count) scores and \(weights?.count ?? targets.count) weights for \(targets.count) documents and \(labelCount) labels: expected one score a document and label, and one weight a document"
      )
    }
    if let position = scores.firstIndex(where: { !$0.isFinite }) {
      throw DatelineError(
        .invalidData,
        "the score of document \(position / labelCount) for label \(position % labelCount) is \(scores[position]): the plugin must give finite scores"
      )
    }
    guard weights?.allSatisfy({ $0.isFinite && $0 >= 0 }) ?? true else {
      throw DatelineError(.invalidData, "a document weight that is negative or not finite: weights are 0 or more")
    }
    guard targets.indices.allSatisfy({ $0 >= 0 && Int($0) < labelCount }) else {
      throw DatelineError(.invalidData, "a target outside of the \(labelCount) labels")
    }
    if kind == .exclusive {
      guard targets.haveOneLabelEach else {
        throw DatelineError(.invalidData, "labels exclude each other, so every document needs exactly one")
      }
    }
    self.kind = kind
    self.labelCount = labelCount
    self.scores = scores
    self.targets = targets
    self.weights = weights
  }

  /// The number of documents.
  public var count: Int { targets.count }

  /// How much a document counts.
  public func weight(_ document: Int) -> Double { weights?[document] ?? 1 }

  /// The sum of the documents' weights.
  public var totalWeight: Double { weights?.reduce(0, +) ?? Double(count) }

  /// The same documents with probabilities instead of scores. O(documents × labels).
  public func calibrated(by calibrator: Calibrator) throws(DatelineError) -> ScoreTable {
    precondition(calibrator.labelCount == labelCount && calibrator.kind == kind, "a calibrator of the same domain")
    var values: [Double] = []
    values.reserveCapacity(scores.count)
    var row = [Double](repeating: 0, count: labelCount)
    for document in 0..<count {
      for label in 0..<labelCount { row[label] = scores[document * labelCount + label] }
      var span = row.mutableSpan
      calibrator.calibrate(&span)
      values += row
    }
    return try ScoreTable(kind: kind, labelCount: labelCount, scores: values, targets: targets, weights: weights)
  }
}
