/// What a training document is, and so what a model reads at once.
public enum Unit: String, Sendable, CaseIterable {
  /// A document of any length is one row of features.
  case document
  /// A training document is a sentence or little more, so a model reads longer ones sentence by sentence; their mean score
  /// is the document's.
  case sentence
}
