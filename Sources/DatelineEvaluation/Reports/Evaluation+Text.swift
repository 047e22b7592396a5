import DatelineCore

extension Evaluation {
  /// Up to how many labels with documents the report lists all of them.
  private static let labelLimit = 60
  /// How many labels it lists otherwise.
  private static let labelsShown = 40
  /// Up to how many labels it shows the confusion matrix.
  private static let matrixLimit = 12
  /// How many of the largest confusions it lists otherwise.
  private static let confusionsShown = 15

  /// The evaluation as a report for people, several lines.
  public var text: String {
    var lines = header
    lines += [""] + labelTable
    lines += confusionLines
    lines += ["", "log loss           \(logLoss.fixed(4))  \(logLossMeaning)"]
    lines += ["calibration error  \(calibrationError.fixed(4))  \(calibrationMeaning)"]
    return lines.joined(separator: "\n") + "\n"
  }

  private var header: [String] {
    let name = kind == .exclusive ? "accuracy" : "subset accuracy"
    let baseline = kind == .exclusive ? "majority label" : "most frequent label set"
    let interval = accuracyInterval.map { " (95 % interval \($0.lowerBound.fixed(3)) to \($0.upperBound.fixed(3)))" }
    var lines = [
      "\(facet): \(counted(documents, "document")), \(name) \(accuracy.fixed(3))\(interval ?? ""), \(baseline) alone \(baselineAccuracy.fixed(3))"
    ]
    if let topLevelAccuracy { lines.append("\(name) of the first step of the path: \(topLevelAccuracy.fixed(3))") }
    if withheld > 0 { lines.append("\(counted(withheld, "document")) withheld, counted as wrong") }
    if documentsWithUntrainedLabels > 0 {
      let unknown = labels.count { !$0.trained }
      lines.append(
        "\(counted(documentsWithUntrainedLabels, "document")) with a label that the model does not know (\(counted(unknown, "such label")), marked *), counted as wrong"
      )
    }
    return lines
  }

  private var labelTable: [String] {
    let occurring = labels.filter(\.occurs)
    var shown = occurring
    var note: [String] = []
    if labels.count(where: { $0.support > 0 }) > Self.labelLimit {
      let largest = occurring.indices.sorted {
        (occurring[$1].support, $0) < (occurring[$0].support, $1)
      }
      shown = largest.prefix(Self.labelsShown).sorted().map { occurring[$0] }
      note.append(
        "the \(Self.labelsShown) labels with most documents; \(occurring.count - shown.count) more are in the JSON report"
      )
    }
    var table = TextTable()
    table.append(["label", "support", "precision", "recall", "F1"])
    for label in shown {
      table.append([label.label.path + (label.trained ? "" : " *"), "\(label.support)"] + cells(label.figures))
    }
    let support = labels.reduce(0) { $0 + $1.support }
    table.append(["macro average", "\(support)"] + cells(macro))
    table.append(["micro average", "\(support)"] + cells(micro))
    let absent = labels.count - occurring.count
    if absent > 0 {
      note.append("\(counted(absent, "label")) of the model neither in these documents nor among the predictions")
    }
    return table.lines + note
  }

  private func cells(_ figures: PrecisionRecall) -> [String] {
    [figures.precision.fixed(3), figures.recall.fixed(3), figures.f1.fixed(3)]
  }

  private var confusionLines: [String] {
    guard kind == .exclusive, !confusions.isEmpty else { return [] }
    if labels.count <= Self.matrixLimit {
      var table = TextTable()
      table.append(["true \\ predicted"] + labels.indices.map { "[\($0 + 1)]" })
      for (index, row) in confusionMatrix.enumerated() {
        table.append(["[\(index + 1)] \(labels[index].label.path)"] + row.map { "\($0)" })
      }
      return [""] + table.lines
    }
    let wrong = confusions.filter { $0.gold != $0.predicted }
    guard !wrong.isEmpty else { return [] }
    let order = wrong.indices.sorted { (wrong[$1].count, $0) < (wrong[$0].count, $1) }
    return ["", "largest confusions (true → predicted)"]
      + order.prefix(Self.confusionsShown).map { index in
        let confusion = wrong[index]
        return "\(labels[confusion.gold].label) → \(labels[confusion.predicted].label): \(confusion.count)"
      }
  }

  private var logLossMeaning: String {
    kind == .exclusive
      ? "mean of -log(probability of the true label); 0 is perfect"
      : "mean over documents and labels of -log(probability of what is true); 0 is perfect"
  }

  private var calibrationMeaning: String {
    kind == .exclusive
      ? "mean gap between the top label's probability and how often it is right; 0 is perfect"
      : "mean gap between a label's probability and how often it is right, over all labels; 0 is perfect"
  }
}

private func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
