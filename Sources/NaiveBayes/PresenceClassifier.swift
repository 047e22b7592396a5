import DatelineCore

/// A classifier whose scores are sums, and that can leave the values of features out.
protocol PresenceClassifier: AdditiveClassifier {
  /// Scores a document all of whose values are 1.
  func score(presentIndices indices: Span<UInt32>, into scores: inout MutableSpan<Double>)
  func payloads() -> [Payload]
}

extension LinearClassifier: PresenceClassifier {}
extension SparseLinearClassifier: PresenceClassifier {}
