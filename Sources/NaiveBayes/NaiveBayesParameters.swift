import DatelineCore

/// The parameters of naive Bayes.
struct NaiveBayesParameters: Sendable, Equatable {
  enum Variant: String, CaseIterable { case complement, multinomial, bernoulli }
  enum Counts: String, CaseIterable { case presence, values }
  enum ClassPrior: String, CaseIterable { case empirical, uniform }
  enum ClassWeight: String, CaseIterable { case none, sqrt, balanced }

  let variant: Variant
  let alpha: Double
  let counts: Counts
  let normalizesWeights: Bool
  let classPrior: ClassPrior
  let classWeight: ClassWeight

  /// Whether only the presence of a term counts; the Bernoulli variant knows nothing else.
  var countsPresence: Bool { counts == .presence || variant == .bernoulli }

  static let schema = ParameterSchema([
    Parameter(
      "variant", .choice(Variant.allCases.map(\.rawValue)), default: .choice(Variant.complement.rawValue),
      help:
        "What is counted: the terms of the other labels (complement), of the label (multinomial), or presence (bernoulli)."
    ),
    Parameter(
      "alpha", .number(1e-9...1e6, automatic: true), default: .number(0.5),
      help: "What is added to every count (Lidstone smoothing; 1 is Laplace's); auto chooses it on held-out folds."),
    Parameter(
      "counts", .choice(Counts.allCases.map(\.rawValue)), default: .choice(Counts.presence.rawValue),
      help:
        "What is counted: documents that have the term (presence), or the values of the vectorizer, such as tf=count."),
    Parameter(
      "normalize-weights", .flag, default: .flag(true),
      help:
        "Divides the complement variant's weights of each label by their mean size, so that no label outweighs others."),
    Parameter(
      "class-prior", .choice(ClassPrior.allCases.map(\.rawValue)), default: .choice(ClassPrior.empirical.rawValue),
      help:
        "Whether frequent labels are more probable beforehand. The complement variant of exclusive labels has no prior."
    ),
    Parameter(
      "class-weight", .choice(ClassWeight.allCases.map(\.rawValue)), default: .choice(ClassWeight.none.rawValue),
      help:
        "How much the counts of a label's documents count: all alike, by 1/sqrt of the label's share, or by 1/share."),
  ])

  static let searchGrid: [String: [ParameterValue]] = ["alpha": [.number(0.1), .number(0.3), .number(0.5), .number(1)]]

  init(_ values: Hyperparameters) throws(DatelineError) {
    guard let alpha = values.number("alpha") else {
      throw DatelineError(
        .usage, "alpha=auto has to be resolved before training: train through Dateline's Trainer, or give alpha")
    }
    guard let variant = Variant(rawValue: values.choice("variant")),
      let counts = Counts(rawValue: values.choice("counts")),
      let prior = ClassPrior(rawValue: values.choice("class-prior")),
      let weight = ClassWeight(rawValue: values.choice("class-weight"))
    else { throw DatelineError(.internal, "the parameters do not follow the schema of naive Bayes") }
    self.variant = variant
    self.alpha = alpha
    self.counts = counts
    normalizesWeights = values.flag("normalize-weights")
    classPrior = prior
    classWeight = weight
  }
}
