public import DatelineCore

/// The vectorizer family `text`: word and character n-grams.
public struct TextVectorizerPlugin: VectorizerPlugin {
  private let tokenizer: any Tokenizer

  /// The family with a tokenizer of one's own, or ``WordTokenizer``.
  public init(tokenizer: any Tokenizer = WordTokenizer()) { self.tokenizer = tokenizer }

  /// `text`
  public var identifier: String { "text" }

  /// ``TextParameters/schema``
  public var parameters: ParameterSchema { TextParameters.schema }

  /// A trainer with the given parameters.
  public func trainer(_ parameters: Hyperparameters) throws(DatelineError) -> any VectorizerTrainer {
    TextVectorizerTrainer(parameters: try TextParameters(parameters), tokenizer: tokenizer)
  }

  /// Brings a vectorizer back from its parts.
  public func load(_ payloads: Payloads, parameters: Hyperparameters) throws(DatelineError) -> any Vectorizer {
    try TextVectorizer(payloads, parameters: try TextParameters(parameters), tokenizer: tokenizer)
  }
}
