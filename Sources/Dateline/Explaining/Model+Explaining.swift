public import DatelineCore
import DatelineVectors

extension Model {
  /// Explains the scores of a document.
  ///
  /// - Parameters:
  ///   - document: The text.
  ///   - labels: The labels to explain; without any, those that follow from the probabilities, or the most probable one
  ///     if none does.
  /// - Returns: One explanation a label, in the order of `labels`.
  /// - Throws: `DatelineError.Code.usage` for a label that the model does not have, or a classifier family whose scores
  ///   are no sums.
  public func explain(_ document: Document, labels: [Label] = []) throws(DatelineError) -> [Explanation] {
    guard let classifier = classifier as? any AdditiveClassifier else {
      throw DatelineError(
        .usage, "the scores of \(manifest.plugin) are no sums over terms, so they cannot be explained term by term")
    }
    var numbers: [Int] = []
    for label in labels {
      guard let number = domain.index(of: label) else {
        throw DatelineError(
          .usage, "no label \"\(label)\" in the model of \"\(domain.facet)\": dateline inspect lists its labels")
      }
      numbers.append(number)
    }
    var batch = DocumentBatch()
    batch.append(document)
    let title = batch.bytes.span.extracting(batch.records[0].title)
    let body = batch.bytes.span.extracting(batch.records[0].body)
    var scratch = ModelScratch()
    _ = computeProbabilities(title: title, body: body, scratch: &scratch)
    if numbers.isEmpty { numbers = decide(scratch.probabilities) }
    if numbers.isEmpty { numbers = [mostProbable(scratch.probabilities)] }
    let terms = terms(scratch.row, title: title, body: body)
    return numbers.map { explanation(of: $0, classifier, scratch, terms) }
  }

  private func explanation(
    of label: Int, _ classifier: some AdditiveClassifier, _ scratch: ModelScratch, _ terms: [Explanation.Term]
  ) -> Explanation {
    // The columns of exclusive labels are compared with their mean.
    let others = domain.kind == .exclusive ? Array(domain.labels.indices) : []
    func lead(_ part: (Int) -> Double) -> Double {
      part(label) - (others.isEmpty ? 0 : others.reduce(0) { $0 + part($1) } / Double(others.count))
    }
    var terms = terms
    for (place, feature) in scratch.row.indices.enumerated() {
      terms[place].contribution = lead {
        classifier.contribution(feature: Int(feature), value: scratch.row.values[place], label: $0)
      }
    }
    let constant = lead { classifier.constant(label: $0) }
    let score = terms.reduce(constant) { $0 + $1.contribution }
    terms.sort { ($1.contribution.magnitude, $0.words.first ?? "") < ($0.contribution.magnitude, $1.words.first ?? "") }
    return Explanation(
      label: domain.labels[label], probability: scratch.probabilities[label], score: score, constant: constant,
      terms: terms)
  }

  /// The features of a document in the order of its row, with words and places, and no contributions yet.
  private func terms(_ row: SparseVector, title: Span<UInt8>, body: Span<UInt8>) -> [Explanation.Term] {
    var terms = row.values.map { Explanation.Term(words: [], contribution: 0, value: $0, places: []) }
    guard let vectorizer = vectorizer as? any LocatingVectorizer else { return terms }
    var placeOfFeature: [UInt32: Int] = [:]
    for (place, feature) in row.indices.enumerated() { placeOfFeature[feature] = place }
    for occurrence in vectorizer.occurrences(title: title, body: body) {
      guard let place = placeOfFeature[occurrence.feature] else { continue }
      let text = occurrence.place.field == .title ? title : body
      let words = Model.words(text.extracting(occurrence.place.bytes))
      if !terms[place].words.contains(words) { terms[place].words.append(words) }
      terms[place].places.append(occurrence.place)
    }
    return terms
  }

  /// A part of a text in lower case, on one line.
  private static func words(_ bytes: Span<UInt8>) -> String {
    let text = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    return text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
