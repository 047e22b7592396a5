import Dateline
import DatelineCore
import DatelineData

/// What a training read, chose and reached, for people and for programs.
struct TrainingText {
  let model: Model
  let summary: TrainingSummary
  let corpus: CorpusSummary?
  let output: String
  let seconds: Double

  var lines: [String] {
    var lines = readLines
    lines.append(
      "learnt   \(model.manifest.plugin), \(Units.count(summary.featureCount, "feature")), "
        + "\(Units.count(summary.elementCount, "non-zero element"))")
    for step in summary.search {
      lines.append(
        "\(step.isChosen ? "chose " : "tried ")   \(step.description): held-out log loss \(step.logLoss.fixed(4))")
    }
    if let estimate = summary.outOfFold {
      lines.append(
        "expect   accuracy \(estimate.accuracy.fixed(3)), micro-F1 \(estimate.microF1.fixed(3)), macro-F1 \(estimate.macroF1.fixed(3)) "
          + "(on \(estimate.foldCount) held-out folds)")
    }
    if let reduction = summary.reduction { lines += reductionLines(reduction) }
    let figures = summary.report.figures.map { "\($0.name) \(brief($0.value))" }
    if !figures.isEmpty { lines.append("reached  \(figures.joined(separator: ", "))") }
    for warning in summary.warnings { lines.append("warning: \(warning)") }
    lines.append("wrote    \(output) in \(seconds.fixed(1)) s")
    return lines
  }

  private func reductionLines(_ reduction: TrainingSummary.Reduction) -> [String] {
    var lines = [
      "reduced  from \(Units.bytes(reduction.fullSize)) to \(Units.bytes(reduction.size)), "
        + "\(Units.count(reduction.fullFeatureCount, "feature")) to \(Units.count(summary.featureCount))"
    ]
    if let full = reduction.full, let reduced = summary.outOfFold {
      lines.append(
        "cost     on \(full.foldCount) held-out folds: accuracy \(full.accuracy.fixed(4)) to \(reduced.accuracy.fixed(4)), "
          + "micro-F1 \(full.microF1.fixed(4)) to \(reduced.microF1.fixed(4)), "
          + "macro-F1 \(full.macroF1.fixed(4)) to \(reduced.macroF1.fixed(4))")
    }
    return lines
  }

  private var readLines: [String] {
    let labels = model.domain.labels
    let kind = model.domain.kind == .exclusive ? "one each" : "any number each"
    var text = "read     \(Units.count(summary.documentCount, "document"))"
    if let corpus { text += " (\(Units.bytes(corpus.bytes)))" }
    var lines = ["\(text) with \(Units.count(labels.count, "label")) of \"\(model.domain.facet)\", \(kind)"]
    let order = labels.indices.sorted { (summary.support[$1], $0) < (summary.support[$0], $1) }
    let shown = order.prefix(8).map { "\(labels[$0]) \(Units.count(summary.support[$0]))" }
    lines.append("         " + shown.joined(separator: ", ") + (order.count > 8 ? ", and \(order.count - 8) more" : ""))
    guard let corpus else { return lines }
    if corpus.skipped > 0 {
      lines.append("skipped  \(Units.count(corpus.skipped, "damaged record")), the first:")
      lines += corpus.firstErrors.prefix(3).map { "         \($0)" }
    }
    for note in ReadingNotes.notes(corpus) { lines.append("note     \(note)") }
    if corpus.duplicateIdentifiers > 0 {
      lines.append(
        "warning: \(Units.count(corpus.duplicateIdentifiers, "document")) with an identifier that an earlier one has"
          + (corpus.firstDuplicate.map { ", such as \"\($0)\"" } ?? ""))
    }
    return lines
  }

  private func brief(_ value: JSONValue) -> String {
    guard let number = value.number, number != number.rounded() else { return value.text }
    if number.magnitude >= 0.001 { return number.fixed(4) }
    let exponent = number.exponentOfTen
    return "\((number / power(exponent)).fixed(1))e\(exponent)"
  }

  private func power(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? 1 }

  var json: JSONValue {
    [
      "output": .string(output),
      "documents": JSONValue(summary.documentCount),
      "skipped": JSONValue(corpus?.skipped ?? 0),
      "duplicate_identifiers": JSONValue(corpus?.duplicateIdentifiers ?? 0),
      "features": JSONValue(summary.featureCount),
      "elements": JSONValue(summary.elementCount),
      "search": .array(
        summary.search.map {
          ["parameters": .string($0.description), "log_loss": .number($0.logLoss), "chosen": .bool($0.isChosen)]
        }),
      "out_of_fold": summary.outOfFold.map(TrainingText.json) ?? .null,
      "reduction": summary.reduction.map { reduction in
        [
          "full_bytes": JSONValue(reduction.fullSize), "bytes": JSONValue(reduction.size),
          "full_features": JSONValue(reduction.fullFeatureCount),
          "full": reduction.full.map(TrainingText.json) ?? .null,
        ]
      } ?? .null,
      "report": .object(summary.report.figures),
      "warnings": .array(summary.warnings.map { .string($0) }),
      "seconds": .number(seconds),
    ]
  }
}

extension TrainingText {
  fileprivate static func json(_ estimate: TrainingSummary.OutOfFold) -> JSONValue {
    [
      "accuracy": .number(estimate.accuracy), "micro_f1": .number(estimate.microF1),
      "macro_f1": .number(estimate.macroF1), "folds": JSONValue(estimate.foldCount),
    ]
  }
}

extension Double {
  /// The exponent of the first digit in decimal notation.
  fileprivate var exponentOfTen: Int {
    var exponent = 0
    var rest = magnitude
    while rest < 1, exponent > -400, rest > 0 {
      rest *= 10
      exponent -= 1
    }
    return exponent
  }
}
