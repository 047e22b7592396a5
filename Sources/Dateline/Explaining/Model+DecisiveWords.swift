public import DatelineCore

extension Model {
  /// The words of a document that spoke most for each of some labels.
  ///
  /// - Parameters:
  ///   - document: The text.
  ///   - labels: Labels of the model.
  ///   - count: The most terms for each.
  /// - Returns: For each label its terms, the one that adds most to the score first; none where the classifier's scores
  ///   are no sums.
  public func decisiveWords(of document: Document, for labels: [Label], count: Int) -> [[String]] {
    guard !labels.isEmpty, let explanations = try? explain(document, labels: labels),
      explanations.count == labels.count
    else { return labels.map { _ in [] } }
    return explanations.map { explanation in
      var found: [String] = []
      for term in explanation.terms where term.contribution > 0 && found.count < count {
        guard let words = term.words.first, !found.contains(words) else { continue }
        found.append(words)
      }
      return found
    }
  }
}
