public import DatelineCore

/// The classifier family `candidate-scorer`: labels that stand for candidates, such as countries, are judged by weights
/// that all of them share.
///
/// The score of a label is a sum of two things: what a model of terms, and of each candidate's first kind of feature, says
/// of it or of the label above it; and the features of its candidate, each times the weight of its kind. The model is
/// learnt by another family, for the labels of the first level. So few documents are enough, and a label without any can
/// be given. The weights of the second step are learnt from scores of documents that the models of the first had not seen
/// (stacking; Wolpert 1992, "Stacked Generalization").
///
/// A document with no label of a level below the first says nothing about that level.
public struct CandidateScorerPlugin: ClassifierPlugin {
  private let terms: any ClassifierPlugin

  /// The family.
  ///
  /// - Parameter terms: What learns the first step. Its scores are sums (``AdditiveClassifier``), log-odds where labels
  ///   do not exclude each other.
  public init(terms: any ClassifierPlugin) { self.terms = terms }

  /// Name, version, parameters and capabilities.
  public var description: PluginDescription {
    PluginDescription(
      identifier: "candidate-scorer", version: "1.0",
      summary: "Judges labels that stand for candidates, such as countries, by weights that all of them share.",
      parameters: ParameterSchema([
        Parameter(
          "C", .number(1e-6...1e9), default: .number(10),
          help: "Inverse strength of the L2 penalty of the model of terms."),
        Parameter(
          "scorer-C", .number(1e-6...1e9), default: .number(10),
          help: "Inverse strength of the L2 penalty of the weights that the candidates share."),
        Parameter(
          "scorer-folds", .integer(2...20), default: .integer(5),
          help: "Number of folds for scores of documents that a model has not seen."),
      ]),
      vectorizerDefaults: terms.description.vectorizerDefaults,
      capabilities: terms.description.capabilities.intersection([.multiLabel, .nonNegativeOnly, .linear]))
  }

  /// Learns from documents.
  ///
  /// - Throws: `DatelineError.Code.usage` when no features describe candidates.
  public func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    guard let candidates = set.candidates else {
      throw DatelineError(
        .usage, "candidate-scorer needs features of candidates: add those of an extractor, such as --features places")
    }
    let trainer = CandidateScorerTrainer(
      terms: terms,
      termParameters: try Hyperparameters(
        terms.description.parameters, settings: ["C": parameters["C"].description, "tolerance": "0.01"]),
      penalty: 1 / (parameters.number("scorer-C") ?? 1), foldCount: parameters.integer("scorer-folds") ?? 2,
      context: context)
    return try trainer.train(set, candidates)
  }

  /// Brings a model back from its parts.
  public func load(_ payloads: Payloads, domain: Domain) throws(DatelineError) -> any Classifier {
    let levels = LabelLevels(domain)
    let model = try terms.load(payloads, domain: try levels.firstLevel(of: domain))
    guard let additive = model as? any AdditiveClassifier else {
      throw DatelineError(.invalidData, "a model of terms whose scores are no sums: the file is damaged")
    }
    return try CandidateScorer(payloads, terms: additive, levels: levels)
  }
}
