import DatelineCore
import DatelineVectors

extension Model {
  /// The row of a document's features, and these with words and places, and no contributions yet.
  ///
  /// - Parameters:
  ///   - batch: The document alone.
  ///   - scratch: As computing its probabilities left it.
  func terms(
    of batch: DocumentBatch, scratch: inout ModelScratch
  ) -> (row: SparseVector, terms: [Explanation.Term]) {
    let (record, bytes) = (batch.records[0], batch.bytes.span)
    guard manifest.unit == .document else { return meanTerms(of: scratch.text, scratch: &scratch) }
    let (title, body) = (bytes.extracting(record.title), bytes.extracting(record.body))
    // The features that were scored may be in another order.
    vectorizer.vectorize(title: title, body: body, scratch: &scratch.vectorizer, into: &scratch.row)
    return (scratch.row, terms(scratch.row, title: title, body: body))
  }

  /// The mean row of passages: its score is the mean of theirs.
  ///
  /// Words of a window have no places, as they have them in their passage already.
  private func meanTerms(
    of text: PassageText, scratch: inout ModelScratch
  ) -> (row: SparseVector, terms: [Explanation.Term]) {
    var found: [UInt32: Explanation.Term] = [:]
    for passage in text.passages {
      let window = text.windows.span.extracting(passage.window)
      let body = text.text.span.extracting(passage.bytes)
      vectorizer.vectorize(title: window, body: body, scratch: &scratch.vectorizer, into: &scratch.row)
      for (feature, var term) in zip(scratch.row.indices, terms(scratch.row, title: window, body: body)) {
        term.value /= Float(scratch.passageCount)
        term.places = term.places.compactMap { place in
          let offset = passage.bytes.lowerBound
          return place.field == .title
            ? nil : text.place(of: place.bytes.lowerBound + offset..<place.bytes.upperBound + offset)
        }
        // In place: a term of many passages must not be copied for each.
        guard found[feature] != nil else {
          found[feature] = term
          continue
        }
        found[feature]?.add(term)
      }
    }
    let features = found.keys.sorted()
    let terms = features.compactMap { found[$0] }
    return (SparseVector(indices: features, values: terms.map(\.value)), terms)
  }
}

extension Explanation.Term {
  /// Adds what the same feature is elsewhere in a text.
  fileprivate mutating func add(_ other: Explanation.Term) {
    for word in other.words where !words.contains(word) { words.append(word) }
    places += other.places
    value += other.value
  }
}
