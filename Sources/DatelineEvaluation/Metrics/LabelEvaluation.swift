public import DatelineCore

/// How well one label was predicted.
public struct LabelEvaluation: Sendable, Equatable {
  /// The label.
  public let label: Label
  /// Precision, recall and F1.
  public let figures: PrecisionRecall
  /// How many documents have it and got it.
  public let truePositives: Int
  /// How many documents got it without having it.
  public let falsePositives: Int
  /// How many documents have it and did not get it.
  public let falseNegatives: Int
  /// Whether the model knows it.
  public let trained: Bool

  /// The figures that follow from the counts.
  init(label: Label, truePositives: Int, falsePositives: Int, falseNegatives: Int, trained: Bool) {
    self.label = label
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trained = trained
    figures = PrecisionRecall(
      truePositives: truePositives, falsePositives: falsePositives, falseNegatives: falseNegatives)
  }

  /// How many documents have the label.
  public var support: Int { truePositives + falseNegatives }

  /// Whether the label is in the data or among the predictions.
  var occurs: Bool { support + falsePositives > 0 }
}
