/// A classifier whose scores are sums, and so can be explained exactly: a constant a label, and what each feature of
/// the document contributes.
public protocol AdditiveClassifier: Classifier {
  /// What one feature of a document adds to the score of a label.
  ///
  /// - Parameters:
  ///   - feature: The feature, below ``Classifier/featureCount``.
  ///   - value: Its value in the document.
  ///   - label: The label's number.
  func contribution(feature: Int, value: Float, label: Int) -> Double
  /// What the score of a label is without any feature.
  func constant(label: Int) -> Double
}

/// A vectorizer that can tell where in a text its features stand.
public protocol LocatingVectorizer: Vectorizer {
  /// Where the features of a document stand: every occurrence, the title's before the body's, each in the order in
  /// which they begin. Terms that are no feature are left out. Not made for speed.
  func occurrences(title: Span<UInt8>, body: Span<UInt8>) -> [FeatureOccurrence]
  /// What a feature is called; `nil`, the default, where it is called by the words that stand in the text.
  func name(of feature: Int) -> String?
}

extension LocatingVectorizer {
  /// `nil`
  public func name(of feature: Int) -> String? { nil }
}

/// One place in a document where a feature stands.
public struct FeatureOccurrence: Sendable, Equatable {
  /// The feature's number.
  public var feature: UInt32
  /// Where it stands.
  public var place: TextPlace

  /// An occurrence.
  public init(feature: UInt32, place: TextPlace) {
    self.feature = feature
    self.place = place
  }
}

/// A part of a document's text.
public struct TextPlace: Sendable, Equatable {
  /// The parts of a document that hold text.
  public enum Field: String, Sendable, CaseIterable { case title, body }

  /// Which part.
  public var field: Field
  /// From where to where, in bytes of its UTF-8.
  public var bytes: Range<Int>

  /// A place.
  public init(field: Field, bytes: Range<Int>) {
    self.field = field
    self.bytes = bytes
  }
}
