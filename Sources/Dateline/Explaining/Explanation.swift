public import DatelineCore

/// Why a document got its score for one label: a constant, and what each of its terms contributed. They add up to the
/// score.
///
/// Scores of exclusive labels mean something only next to each other. So here they, the constants and the
/// contributions are what a label is ahead of the mean of all labels; of labels that do not exclude each other they are
/// log-odds. Both are what the classifier says, before calibration. An exclusive label with labels below it stands for
/// their mean, weighted by how probable they are.
public struct Explanation: Sendable {
  /// What one feature of the document contributed.
  public struct Term: Sendable, Equatable {
    /// The words as they stand in the text, in lower case. Several, where spellings differ in what is between words, for
    /// characters that different words share, and where a hashed vocabulary gives different terms one feature. Empty for
    /// a vectorizer that cannot tell.
    public var words: [String]
    /// What the feature is called, where it is not a term.
    public var name: String?
    /// What the feature adds to the score.
    public var contribution: Double
    /// The feature's value in the document.
    public var value: Float
    /// Where it stands, the title before the body.
    public var places: [TextPlace]
  }

  /// The label.
  public var label: Label
  /// How probable it is, calibrated, in [0, 1].
  public var probability: Double
  /// The score: ``constant`` and the contributions of all ``terms``.
  public var score: Double
  /// The part of the score that does not depend on the document.
  public var constant: Double
  /// The features of the document, the largest contribution by magnitude first.
  public var terms: [Term]
}
