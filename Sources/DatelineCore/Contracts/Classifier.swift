public import DatelineVectors

/// What has been learnt: it turns a sparse row into one score a label. Immutable, and born fitted.
///
/// Scores are comparable among the labels of one document. What they mean beyond that is the plugin's affair:
/// calibration turns them into probabilities.
public protocol Classifier: Sendable {
  /// The number of features that rows may name; higher indices are a caller's mistake.
  var featureCount: Int { get }
  /// The number of labels, which is the number of scores.
  var labelCount: Int { get }
  /// Scores one document into the caller's buffer.
  ///
  /// - Parameters:
  ///   - indices: The features of the document, each below ``featureCount``; strictly ascending, or in the order of
  ///     ``Vectorizer/vectorize(title:body:scratch:unordered:)`` where ``needsOrder`` says that this will do.
  ///   - values: As many values as there are indices.
  ///   - scores: Receives ``labelCount`` scores.
  func score(indices: Span<UInt32>, values: Span<Float>, into scores: inout MutableSpan<Double>)
  /// Whether features have to ascend. `true`, the default, unless a family says otherwise.
  var needsOrder: Bool { get }
  /// What asks for that which a score reads of a feature, some time before it does; `nil`, the default, where it is no
  /// use.
  var featureRequests: RowRequests? { get }
  /// What went wrong while scoring, for families that can fail at it, such as those that somebody else has built: from
  /// then on scores mean nothing. `nil`, the default, for all others. Whoever scores documents asks for it before the
  /// scores are used.
  var failure: DatelineError? { get }
  /// The parts of the model for the model file; `ClassifierPlugin.load` gets the same parts back.
  ///
  /// - Throws: When parts that were mapped from a file turn out to be damaged.
  func payloads() throws(DatelineError) -> [Payload]
}

/// A classifier that scores many documents faster at once than one after another.
public protocol BatchClassifier: Classifier {
  /// Scores the rows of a matrix.
  ///
  /// - Parameters:
  ///   - rows: Documents × ``Classifier/featureCount``.
  ///   - scores: Receives ``Classifier/labelCount`` scores for each row, row after row.
  func score(_ rows: CSRMatrix, into scores: inout MutableSpan<Double>)
}

extension Classifier {
  /// `true`
  public var needsOrder: Bool { true }

  /// `nil`
  public var featureRequests: RowRequests? { nil }

  /// `nil`
  public var failure: DatelineError? { nil }

  /// Throws ``failure``, if any.
  public func checkForFailure() throws(DatelineError) { if let failure { throw failure } }

  /// The scores of one document. Allocates; loops reuse a buffer instead.
  public func scores(indices: [UInt32], values: [Float]) -> [Double] {
    var scores = [Double](repeating: 0, count: labelCount)
    var span = scores.mutableSpan
    score(indices: indices.span, values: values.span, into: &span)
    return scores
  }
}
