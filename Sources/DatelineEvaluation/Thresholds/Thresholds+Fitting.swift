import DatelineCore

extension Thresholds {
  /// Chooses thresholds on calibrated probabilities of documents that the model had not learnt from.
  ///
  /// The *common threshold* is the one that gives the best F1 when all labels share it. From there:
  ///
  /// - ``ThresholdObjective/macroF1``: SCutFBR.1 (Yang 2001, "A study on thresholding strategies for text
  ///   categorization"; Fan & Lin 2007, "A study on threshold selection for multi-label classification"). Each label
  ///   gets the threshold of its best F1, or its highest score when even that F1 is below `options.fbr`.
  /// - ``ThresholdObjective/microF1``: the labels' thresholds are set one after the other to what gives the best pooled
  ///   F1 with all others fixed, round and round until none changes (Fan & Lin 2007, cyclic optimisation).
  /// - ``ThresholdObjective/balanced``: each label gets the threshold of its best F1 counted with m =
  ///   `options.pseudoPositives` more positives that behave as the labels pooled: at a threshold t they bring
  ///   m · TP(t) / P true positives and m · FP(t) / P false ones, with TP, FP and P the pooled counts.
  /// - ``ThresholdObjective/precision(_:)``: each label gets the lowest threshold whose precision, with the same m
  ///   additional positives, reaches the floor, or is never given when none does.
  ///
  /// - ``ThresholdObjective/fixed(_:)``: each label gets this threshold.
  ///
  /// For macro and micro F1 a label's threshold t then moves towards the common one c, on the scale of log-odds:
  /// `(n · logit t + m · logit c) / (n + m)` for a label with n positives.
  ///
  /// Thresholds lie midway between neighbouring probabilities; of equally good ones the highest is taken. Without any
  /// positive all are 0.5. O(documents × labels × log).
  ///
  /// - Parameters:
  ///   - table: Probabilities instead of scores (``ScoreTable/calibrated(by:)``), of labels that do not exclude each
  ///     other.
  ///   - objective: What to choose for.
  ///   - options: How to treat labels with few positives.
  public init(fitting table: ScoreTable, objective: ThresholdObjective, options: ThresholdOptions = .init()) {
    precondition(table.kind == .multiLabel, "thresholds are for labels that do not exclude each other")
    precondition(table.scores.allSatisfy { $0 >= 0 && $0 <= 1 }, "probabilities; calibrate the scores first")
    let tuner = ThresholdTuner(table, options: options)
    guard tuner.pooled.positives > 0 else {
      self = .common(objective.fixedThreshold ?? 0.5, labelCount: table.labelCount)
      return
    }
    switch objective {
    case .macroF1: self.init(unchecked: tuner.macro())
    case .microF1: self.init(unchecked: tuner.micro())
    case .balanced: self.init(unchecked: tuner.balanced())
    case .precision(let floor): self.init(unchecked: tuner.precise(floor))
    case .fixed(let threshold): self = .common(threshold, labelCount: table.labelCount)
    }
  }
}
