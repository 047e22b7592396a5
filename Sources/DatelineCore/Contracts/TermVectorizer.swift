public import DatelineVectors

/// What a vectorizer offers that looks up the terms of a text: several that count the same terms can have them counted once.
/// That is a good part of what it takes to read a text with several models.
public protocol TermVectorizer: Sendable {
  /// Which terms are counted.
  var termSource: TermSource { get }
  /// Counts the terms of one document: leaves them in `scratch.counts`.
  ///
  /// - Parameters:
  ///   - title: The headline, UTF-8; may be empty.
  ///   - body: The text, UTF-8; may be empty.
  ///   - scratch: Memory of one thread.
  func countTerms(title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch)
  /// Turns one document into the features of ``Vectorizer/vectorize(title:body:scratch:unordered:)``, in any order.
  ///
  /// - Parameters:
  ///   - terms: The distinct terms, as a vectorizer of the same ``termSource`` has counted them.
  ///   - counts: How often each occurs.
  ///   - title: The headline, for features that are no terms.
  ///   - body: The text, for the same.
  ///   - scratch: Memory of one thread.
  ///   - features: Receives the features. What it held is replaced.
  func vectorize(
    terms: Span<UInt64>, counts: Span<UInt32>, title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch,
    unordered features: inout FeatureList)
}

/// Which terms of a text are counted. Vectorizers of equal sources count the same ones.
public struct TermSource: Hashable, Sendable {
  private let description: String

  /// A source.
  ///
  /// - Parameter description: Says how terms are made, completely: with the tokenizer and all parameters that they depend on.
  public init(_ description: String) { self.description = description }
}
