public import DatelineCore

/// What thresholds of labels that do not exclude each other are chosen for.
public enum ThresholdObjective: Sendable, Equatable, CustomStringConvertible {
  /// The F1 of all labels' decisions pooled: frequent labels decide.
  case microF1
  /// The mean F1 of labels: every label counts the same.
  case macroF1
  /// The F1 of every label, smoothed towards the labels pooled: near macro-F1's choice for frequent labels, and the
  /// common threshold for rare ones.
  case balanced
  /// As many predictions as a precision of at least this, above 0 and up to 1, allows for every label.
  case precision(Double)
  /// This threshold, from 0 to 1, for every label: nothing is looked at.
  case fixed(Double)

  /// An objective from its text: `micro-f1`, `macro-f1`, `balanced`, or `precision:` or `fixed:` and a number, such as
  /// `precision:0.9`.
  ///
  /// - Throws: ``DatelineCore/DatelineError/Code/usage`` for anything else.
  public init(_ text: String) throws(DatelineError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch (parts.first ?? "", parts.count) {
    case ("micro-f1", 1): self = .microF1
    case ("macro-f1", 1): self = .macroF1
    case ("balanced", 1): self = .balanced
    case ("precision", 2):
      guard let floor = Double(parts[1]), floor > 0, floor <= 1 else {
        throw DatelineError(
          .usage, "\"\(parts[1])\" is no precision: expected a number above 0 and up to 1, as in precision:0.9")
      }
      self = .precision(floor)
    case ("fixed", 2):
      guard let threshold = Double(parts[1]), threshold >= 0, threshold <= 1 else {
        throw DatelineError(
          .usage, "\"\(parts[1])\" is no threshold: expected a number from 0 to 1, as in fixed:0.5")
      }
      self = .fixed(threshold)
    default:
      throw DatelineError(
        .usage,
        "\"\(text)\" is no objective for thresholds; there are micro-f1, macro-f1, balanced, precision:NUMBER, fixed:NUMBER"
      )
    }
  }

  /// The threshold that every label gets whatever the scores; `nil` where scores decide.
  public var fixedThreshold: Double? { if case .fixed(let threshold) = self { threshold } else { nil } }

  /// The text that gives the same objective.
  public var description: String {
    switch self {
    case .microF1: "micro-f1"
    case .macroF1: "macro-f1"
    case .balanced: "balanced"
    case .precision(let floor): "precision:\(floor)"
    case .fixed(let threshold): "fixed:\(threshold)"
    }
  }
}
