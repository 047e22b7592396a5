public import DatelineCore

extension Evaluation {
  /// The number of labels up to which JSON holds the whole confusion matrix; beyond, it lists the cells that are not 0.
  public static let confusionMatrixLimit = 1000

  /// The evaluation as one JSON object; figures without a value, such as the accuracy of no documents, are `null`.
  ///
  /// `confusion` has true labels in rows and predicted ones in columns, in the order of `labels`. It is empty for
  /// labels that do not exclude each other, and for more than ``confusionMatrixLimit`` labels, where `confusion_cells`
  /// holds `[row, column, count]` triples instead.
  public var json: JSONValue {
    let fitsMatrix = kind == .exclusive && labels.count <= Self.confusionMatrixLimit
    let matrix = fitsMatrix ? confusionMatrix : []
    var members: [(name: String, value: JSONValue)] = [
      ("facet", .string(facet.name)),
      ("documents", JSONValue(documents)),
      ("accuracy", number(accuracy)),
      ("macro", Self.json(macro)),
      ("micro", Self.json(micro)),
      ("labels", .array(labels.map(Self.json))),
      ("confusion", .array(matrix.map { .array($0.map { JSONValue($0) }) })),
      ("log_loss", number(logLoss)),
      ("calibration_error", number(calibrationError)),
      ("baseline_accuracy", number(baselineAccuracy)),
      ("seconds", number(seconds)),
      ("kind", .string(kind.rawValue)),
      (
        "accuracy_interval",
        accuracyInterval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
      ),
    ]
    if let topLevelAccuracy { members.append(("top_level_accuracy", number(topLevelAccuracy))) }
    if kind == .exclusive {
      members.append(("withheld", JSONValue(withheld)))
      if !fitsMatrix {
        let cells = confusions.map {
          JSONValue.array([JSONValue($0.gold), JSONValue($0.predicted), JSONValue($0.count)])
        }
        members.append(("confusion_cells", .array(cells)))
      }
    }
    members.append(("documents_with_untrained_labels", JSONValue(documentsWithUntrainedLabels)))
    members.append(("calibration_bins", .array(calibration.bins.map(Self.json))))
    return .object(members)
  }

  private static func json(_ figures: PrecisionRecall) -> JSONValue {
    ["precision": .number(figures.precision), "recall": .number(figures.recall), "f1": .number(figures.f1)]
  }

  private static func json(_ label: LabelEvaluation) -> JSONValue {
    [
      "label": .string(label.label.path),
      "precision": .number(label.figures.precision),
      "recall": .number(label.figures.recall),
      "f1": .number(label.figures.f1),
      "support": JSONValue(label.support),
      "true_positives": JSONValue(label.truePositives),
      "false_positives": JSONValue(label.falsePositives),
      "false_negatives": JSONValue(label.falseNegatives),
      "trained": .bool(label.trained),
    ]
  }

  private static func json(_ bin: CalibrationHistogram.Bin) -> JSONValue {
    ["count": JSONValue(bin.count), "confidence": number(bin.confidence), "accuracy": number(bin.accuracy)]
  }
}

/// A number, or `null` for what JSON has no number for.
private func number(_ value: Double) -> JSONValue { value.isFinite ? .number(value) : .null }
