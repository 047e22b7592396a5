public import DatelineCore

/// A vectorizer family with the features of an extractor behind its own, such as `text+places`.
public struct ExtendedVectorizerPlugin: VectorizerPlugin {
  private let base: any VectorizerPlugin
  private let extractor: any FeatureExtractorPlugin

  /// A family.
  ///
  /// - Parameters:
  ///   - base: The family that gives the first features.
  ///   - extractor: What gives the others. The names of its parameters differ from those of the base.
  public init(_ base: any VectorizerPlugin, extendedBy extractor: any FeatureExtractorPlugin) {
    self.base = base
    self.extractor = extractor
  }

  /// The names of both, with `+` between them.
  public var identifier: String { base.identifier + "+" + extractor.identifier }

  /// The parameters of both.
  public var parameters: ParameterSchema {
    ParameterSchema(base.parameters.parameters + extractor.parameters.parameters)
  }

  /// A trainer with the given parameters.
  public func trainer(_ parameters: Hyperparameters) throws(DatelineError) -> any VectorizerTrainer {
    extended(
      try base.trainer(parameters.restricted(to: base.parameters)),
      by: try extractor.extractor(parameters.restricted(to: extractor.parameters)))
  }

  private func extended(
    _ trainer: some VectorizerTrainer, by extractor: any FeatureExtractor
  ) -> any VectorizerTrainer { ExtendedVectorizerTrainer(base: trainer, extractor: extractor) }

  /// Brings a vectorizer back from its parts.
  public func load(_ payloads: Payloads, parameters: Hyperparameters) throws(DatelineError) -> any Vectorizer {
    ExtendedVectorizer(
      base: try base.load(payloads, parameters: parameters.restricted(to: base.parameters)),
      extractor: try extractor.load(payloads, parameters: parameters.restricted(to: extractor.parameters)))
  }
}
