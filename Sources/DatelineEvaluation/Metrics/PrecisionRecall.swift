/// Precision, recall and F1, each in [0, 1].
public struct PrecisionRecall: Sendable, Equatable {
  /// The fraction of predictions that are right; 0 without predictions.
  public let precision: Double
  /// The fraction of true labels that were predicted; 0 without true labels.
  public let recall: Double
  /// The harmonic mean of both, `2 tp / (2 tp + fp + fn)`; 0 when there is nothing to divide by. In a macro average it
  /// is the mean of the labels' F1.
  public let f1: Double

  /// The figures of a label, or of all labels pooled.
  public init(truePositives: Int, falsePositives: Int, falseNegatives: Int) {
    func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
    precision = ratio(truePositives, truePositives + falsePositives)
    recall = ratio(truePositives, truePositives + falseNegatives)
    f1 = ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
  }

  /// The unweighted mean of each figure; all 0 for no labels.
  init(mean figures: [PrecisionRecall]) {
    func mean(_ path: KeyPath<PrecisionRecall, Double>) -> Double {
      figures.isEmpty ? 0 : figures.reduce(0) { $0 + $1[keyPath: path] } / Double(figures.count)
    }
    precision = mean(\.precision)
    recall = mean(\.recall)
    f1 = mean(\.f1)
  }
}
