/// How thresholds are kept from following chance.
public struct ThresholdOptions: Sendable, Equatable {
  /// The F1 below which a label's threshold is raised to its highest score, for ``ThresholdObjective/macroF1``: the
  /// label is too hard to be given (FBR.1; Yang 2001).
  public var fbr: Double
  /// How many positives of the labels pooled every label is thought to have in addition to its own, so that labels with
  /// few positives end near the common threshold; 0 for none.
  public var pseudoPositives: Double

  /// Options. The defaults did best, or nearly so, for micro and macro F1 together in cross-validation on the training
  /// parts of Reuters-21578 topics and places.
  public init(fbr: Double = 0.1, pseudoPositives: Double = 1) {
    precondition(fbr >= 0 && fbr <= 1 && pseudoPositives >= 0, "an F1, and a number that is not negative")
    self.fbr = fbr
    self.pseudoPositives = pseudoPositives
  }
}
