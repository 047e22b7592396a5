import DatelineCore

/// The parameters of logistic regression.
struct LogisticRegressionParameters: Sendable, Equatable {
  enum ClassWeight: String, CaseIterable { case none, sqrt, balanced }
  enum Prior: String, CaseIterable {
    case naiveBayes = "naive-bayes"
    case uniform
  }

  let strength: Double
  let tolerance: Double
  let maximumIterations: Int
  let prior: Prior
  let classWeight: ClassWeight
  let precision: LinearWeights.Precision

  static let schema = ParameterSchema([
    Parameter(
      "C", .number(1e-9...1e9, automatic: true), default: .choice("auto"),
      help: "Inverse strength of the L2 penalty, as in scikit-learn and liblinear; auto chooses it on held-out folds."),
    Parameter(
      "prior", .choice(Prior.allCases.map(\.rawValue)), default: .choice(Prior.naiveBayes.rawValue),
      help: "Whether weights of telling terms are penalised less (naive-bayes) or all weights alike (uniform)."),
    Parameter(
      "class-weight", .choice(ClassWeight.allCases.map(\.rawValue)), default: .choice(ClassWeight.sqrt.rawValue),
      help:
        "How much documents of exclusive labels count: all alike, by 1/sqrt of the label's share, or by 1/share (balanced)."
    ),
    Parameter(
      "tolerance", .number(1e-15...0.1), default: .number(1e-3),
      help: "Stops when the objective is above its minimum by at most this share of itself, by its duality gap."),
    Parameter(
      "max-iterations", .integer(1...100_000), default: .integer(100),
      help: "The most Newton steps; for labels learnt each by itself also the most passes over the documents."),
    Parameter(
      "weight-bits", .choice(["32", "16", "8"]), default: .choice("16"),
      help: "Bits in which the model keeps each weight; fewer make a smaller and faster model."),
  ])

  static let searchGrid: [String: [ParameterValue]] = [
    "C": [.number(1), .number(3), .number(10), .number(30), .number(100)]
  ]

  init(_ values: Hyperparameters) throws(DatelineError) {
    guard let strength = values.number("C") else {
      throw DatelineError(
        .usage, "C=auto has to be resolved before training: train through Dateline's Trainer, or give C")
    }
    guard let tolerance = values.number("tolerance"), let iterations = values.integer("max-iterations"),
      let prior = Prior(rawValue: values.choice("prior")),
      let classWeight = ClassWeight(rawValue: values.choice("class-weight")),
      let precision = Int(values.choice("weight-bits")).flatMap(LinearWeights.Precision.init)
    else { throw DatelineError(.internal, "the parameters do not follow the schema of logistic regression") }
    self.strength = strength
    self.tolerance = tolerance
    maximumIterations = iterations
    self.prior = prior
    self.classWeight = classWeight
    self.precision = precision
  }
}
