public import DatelineCore

/// How well a model does on labelled documents: all that follows from ``EvaluationCounts``.
public struct Evaluation: Sendable, Equatable {
  /// How often documents of one label got another, or the same.
  public struct Confusion: Sendable, Equatable {
    /// The true label: an index into ``Evaluation/labels``.
    public let gold: Int
    /// The label that the document got: an index into ``Evaluation/labels``.
    public let predicted: Int
    /// The number of documents.
    public let count: Int
  }

  /// The question.
  public let facet: Facet
  /// Whether labels exclude each other.
  public let kind: Domain.Kind
  /// The number of documents.
  public let documents: Int
  /// The fraction of documents that got exactly their true labels (of several labels: the subset accuracy). NaN without
  /// documents.
  public let accuracy: Double
  /// The Wilson interval of the accuracy at 95 %; `nil` without documents.
  public let accuracyInterval: ClosedRange<Double>?
  /// The accuracy when only the first step of each path counts; `nil` for a domain without paths.
  public let topLevelAccuracy: Double?
  /// The accuracy of always giving what is most frequent in these documents: the majority label, or for labels that do
  /// not exclude each other the most frequent set of labels, which can be the empty set. NaN without documents.
  public let baselineAccuracy: Double
  /// The mean over labels. Where labels exclude each other, over the labels that occur in the data or among the
  /// predictions, as scikit-learn's `average="macro"`; else over the labels that occur in the data. Labels that the
  /// model does not know count with 0.
  public let macro: PrecisionRecall
  /// The figures of all labels' decisions pooled. Where labels exclude each other and none is withheld, all three equal
  /// the accuracy.
  public let micro: PrecisionRecall
  /// The labels of the model and of the data, sorted by path.
  public let labels: [LabelEvaluation]
  /// What got which label, sorted by both; zeros and withheld documents are left out. Empty for labels that do not
  /// exclude each other.
  public let confusions: [Confusion]
  /// The mean loss, see ``EvaluationCounts/logLoss``.
  public let logLoss: Double
  /// Predictions against outcomes, by confidence.
  public let calibration: CalibrationHistogram
  /// How many documents of exclusive labels got none.
  public let withheld: Int
  /// How many documents have a label that the model does not know.
  public let documentsWithUntrainedLabels: Int
  /// How long classifying took.
  public let seconds: Double

  /// The evaluation that follows from counts.
  ///
  /// - Parameters:
  ///   - counts: What was counted.
  ///   - seconds: How long classifying took.
  public init(_ counts: EvaluationCounts, seconds: Double) {
    facet = counts.domain.facet
    kind = counts.domain.kind
    documents = counts.documents
    accuracy = Double(counts.correct) / Double(counts.documents)
    accuracyInterval = wilsonInterval(successes: counts.correct, trials: counts.documents)
    topLevelAccuracy = counts.isHierarchical ? Double(counts.correctAtTop) / Double(counts.documents) : nil
    labels = Self.labels(counts)
    let averaged = labels.filter { $0.support > 0 || (counts.domain.kind == .exclusive && $0.occurs) }
    macro = PrecisionRecall(mean: averaged.map(\.figures))
    micro = Self.pooled(labels)
    confusions = Self.confusions(counts, labels)
    let majority =
      counts.domain.kind == .exclusive ? labels.map(\.support).max() ?? 0 : counts.labelSets.values.max() ?? 0
    baselineAccuracy = Double(majority) / Double(counts.documents)
    logLoss = counts.logLoss
    calibration = counts.calibration
    withheld = counts.withheld
    documentsWithUntrainedLabels = counts.documentsWithUntrainedLabels
    self.seconds = seconds
  }

  /// The expected calibration error; see ``CalibrationHistogram/expectedCalibrationError``.
  public var calibrationError: Double { calibration.expectedCalibrationError }

  private static func labels(_ counts: EvaluationCounts) -> [LabelEvaluation] {
    var labels = counts.domain.labels.enumerated().map { index, label in
      LabelEvaluation(
        label: label, truePositives: counts.truePositives[index], falsePositives: counts.falsePositives[index],
        falseNegatives: counts.falseNegatives[index], trained: true)
    }
    labels += counts.untrainedSupport.map { label, support in
      LabelEvaluation(label: label, truePositives: 0, falsePositives: 0, falseNegatives: support, trained: false)
    }
    return labels.sorted { $0.label < $1.label }
  }

  /// The figures of several labels' decisions pooled.
  static func pooled(_ labels: [LabelEvaluation]) -> PrecisionRecall {
    PrecisionRecall(
      truePositives: labels.reduce(0) { $0 + $1.truePositives },
      falsePositives: labels.reduce(0) { $0 + $1.falsePositives },
      falseNegatives: labels.reduce(0) { $0 + $1.falseNegatives })
  }

  private static func confusions(_ counts: EvaluationCounts, _ labels: [LabelEvaluation]) -> [Confusion] {
    var places: [Label: Int] = [:]
    for (place, label) in labels.enumerated() { places[label.label] = place }
    let columns = counts.domain.labels.map { places[$0] ?? 0 }
    var result: [Confusion] = []
    for (cell, count) in counts.confusions where cell.predicted != EvaluationCounts.Cell.none {
      result.append(Confusion(gold: columns[Int(cell.gold)], predicted: columns[Int(cell.predicted)], count: count))
    }
    for (label, predictions) in counts.untrainedConfusions {
      for (predicted, count) in predictions where predicted != EvaluationCounts.Cell.none {
        result.append(Confusion(gold: places[label] ?? 0, predicted: columns[Int(predicted)], count: count))
      }
    }
    return result.sorted { ($0.gold, $0.predicted) < ($1.gold, $1.predicted) }
  }

  /// The confusions as a matrix: rows are true labels and columns predicted ones, both in the order of ``labels``.
  /// O(labels²) memory; empty for labels that do not exclude each other.
  public var confusionMatrix: [[Int]] {
    guard kind == .exclusive else { return [] }
    var matrix = [[Int]](repeating: [Int](repeating: 0, count: labels.count), count: labels.count)
    for confusion in confusions { matrix[confusion.gold][confusion.predicted] = confusion.count }
    return matrix
  }
}
