public import DatelineCore

/// The vectorizer family `text`: word and character n-grams.
public struct TextVectorizerPlugin: VectorizerPlugin {
  private let tokenizer: any Tokenizer

  /// `text`, or the name of the family with a tokenizer of one's own.
  public let identifier: String

  /// The family that comes with Dateline.
  public init() { self.init(tokenizer: WordTokenizer(), identifier: "text") }

  /// The family with a tokenizer of one's own.
  ///
  /// - Parameter identifier: The name in model files, another than `text`: a model that was learnt with one tokenizer is of
  ///   no use with another.
  public init(tokenizer: any Tokenizer, identifier: String) {
    self.tokenizer = tokenizer
    self.identifier = identifier
  }

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
