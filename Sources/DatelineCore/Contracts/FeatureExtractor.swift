public import DatelineVectors

/// Finds features of a document that are not its terms: a fixed set of named numbers, such as what a lexicon or a
/// gazetteer says of the text. Immutable, and the same for every training: nothing about it is learnt.
///
/// A vectorizer that is extended by it has these features behind its own.
public protocol FeatureExtractor: Sendable {
  /// The number of features.
  var featureCount: Int { get }
  /// What a feature is called in explanations, such as `Norway: in the title`.
  ///
  /// - Parameter feature: Its number, below ``featureCount``.
  func name(of feature: Int) -> String
  /// Finds the features of one document. Called from several threads at once.
  ///
  /// - Parameters:
  ///   - title: The headline, UTF-8; may be empty.
  ///   - body: The text, UTF-8; may be empty.
  ///   - row: Receives the features that are not 0, in ascending order, each finite. What it held is replaced.
  func extract(title: Span<UInt8>, body: Span<UInt8>, into row: inout SparseVector)
  /// Where the features of a document stand in its text, in any order; those of the text as a whole stand nowhere.
  func occurrences(title: Span<UInt8>, body: Span<UInt8>) -> [FeatureOccurrence]
  /// The parts of the extractor for the model file: a model goes on with the extractor it has learnt with.
  func payloads() -> [Payload]
  /// The groups of features that describe candidates; `nil`, the default, where there are none.
  var candidates: CandidateFeatures? { get }
  /// How many terms of a text its features come from that tell something by themselves, such as names of places, be they in
  /// the vocabulary or not: they count as known (``Coverage``). 0, the default, where features help words only.
  ///
  /// - Parameter row: The features of the text.
  func knownTermCount(_ row: SparseVector) -> Int
}

extension FeatureExtractor {
  /// 0
  public func knownTermCount(_ row: SparseVector) -> Int { 0 }

  /// `nil`
  public var candidates: CandidateFeatures? { nil }
}

/// Features that describe candidates, things that labels can stand for: each candidate has one of each kind.
///
/// The feature of a kind of a candidate has the number ``first`` + candidate × kinds + kind. A classifier that knows this
/// can learn what a kind means from all candidates together, and so judge one that no training document is about.
public struct CandidateFeatures: Sendable {
  /// The number of the first feature.
  public var first: Int
  /// The label that each candidate stands for.
  public var labels: [Label]
  /// The names of the kinds.
  public var kinds: [String]
  /// The number of the candidate that a name stands for, such as `uk` or `GB` for the United Kingdom; `nil` for none.
  public var candidateOfName: @Sendable (String) -> Int?

  /// A layout.
  public init(
    first: Int, labels: [Label], kinds: [String], candidateOfName: @escaping @Sendable (String) -> Int? = { _ in nil }
  ) {
    self.first = first
    self.labels = labels
    self.kinds = kinds
    self.candidateOfName = candidateOfName
  }

  /// The number of the candidate that a label stands for: the one of that label, or that of its last step's name.
  public func candidate(of label: Label) -> Int? {
    if let number = labels.firstIndex(of: label) { return number }
    let name = label.path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) }
    return name.flatMap(candidateOfName)
  }
}

/// A family of extractors: what makes them for a training and loads them for a model.
public protocol FeatureExtractorPlugin: Sendable {
  /// The name on the command line and in model files, such as `places`.
  var identifier: String { get }
  /// One sentence for people.
  var summary: String { get }
  /// The parameters; their names begin with the identifier.
  var parameters: ParameterSchema { get }
  /// An extractor with the given parameters.
  func extractor(_ parameters: Hyperparameters) throws(DatelineError) -> any FeatureExtractor
  /// Brings an extractor back from the parts that `FeatureExtractor.payloads()` gave.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` for parts that do not fit together, however hostile.
  func load(_ payloads: Payloads, parameters: Hyperparameters) throws(DatelineError) -> any FeatureExtractor
}
