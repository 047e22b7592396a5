public import DatelineCore
import DatelineVectors

extension Model {
  /// Explains the scores of a document.
  ///
  /// - Parameters:
  ///   - document: The text.
  ///   - labels: The labels to explain; without any, those that the document is given, or the most probable one if it is
  ///     given none.
  /// - Returns: One explanation a label, in the order of `labels`.
  /// - Throws: `DatelineError.Code.usage` for a label that the model does not have, or a classifier family whose scores
  ///   are no sums.
  public func explain(_ document: Document, labels: [Label] = []) throws(DatelineError) -> [Explanation] {
    guard let classifier = classifier as? any AdditiveClassifier else {
      throw DatelineError(
        .usage, "the scores of \(manifest.plugin) are no sums over terms, so they cannot be explained term by term")
    }
    var nodes = try nodes(of: labels)
    var batch = DocumentBatch()
    batch.append(document)
    var scratch = ModelScratch(self)
    let finding = computeProbabilities(of: batch.records[0], in: batch.bytes.span, scratch: &scratch)
    if nodes.isEmpty { nodes = decision(finding, scratch: &scratch).choices.map(\.node) }
    if nodes.isEmpty { nodes = [tree.nodeOfLabel[mostProbable(scratch.probabilities)]] }
    let (row, terms) = terms(of: batch, scratch: &scratch)
    let probabilities = tree.aggregate(scratch.probabilities)
    let explanations = nodes.map { node in
      explanation(
        of: tree.nodes[node], probability: min(1, probabilities[node]), classifier, row, terms,
        shares: shares(of: node, scratch.probabilities))
    }
    try classifier.checkForFailure()
    return explanations
  }

  /// Checks that the model has some labels, or labels below them.
  ///
  /// - Throws: `DatelineError.Code.usage` for a label that it does not have.
  public func check(_ labels: [Label]) throws(DatelineError) { _ = try nodes(of: labels) }

  private func nodes(of labels: [Label]) throws(DatelineError) -> [Int] {
    var nodes: [Int] = []
    for label in labels {
      guard let node = tree.node(of: label) else {
        throw DatelineError(
          .usage, "no label \"\(label)\" in the model of \"\(domain.facet)\": dateline inspect lists its labels")
      }
      if !nodes.contains(node) { nodes.append(node) }
    }
    return nodes
  }

  /// How much the score of each label of the domain counts in that of a node: a node that is no label itself, or has
  /// exclusive labels below it, stands for the mean of these, weighted by their probabilities. Exclusive labels are
  /// compared with the mean of all, so the shares add up to zero.
  private func shares(of node: Int, _ probabilities: [Double]) -> [Double] {
    var shares = [Double](repeating: 0, count: domain.count)
    if domain.kind == .multiLabel {
      if tree.labelOfNode[node] >= 0 { shares[tree.labelOfNode[node]] = 1 }
      return shares
    }
    var total = 0.0
    for label in shares.indices {
      var ancestor = tree.nodeOfLabel[label]
      while ancestor > node { ancestor = tree.parents[ancestor] }
      if ancestor == node {
        shares[label] = max(probabilities[label], .leastNormalMagnitude)
        total += shares[label]
      }
    }
    return shares.map { $0 / total - 1 / Double(domain.count) }
  }

  private func explanation(
    of label: Label, probability: Double, _ classifier: some AdditiveClassifier, _ row: SparseVector,
    _ terms: [Explanation.Term], shares: [Double]
  ) -> Explanation {
    func weighted(_ part: (Int) -> Double) -> Double {
      var sum = 0.0
      for (label, share) in shares.enumerated() where share != 0 { sum += share * part(label) }
      return sum
    }
    var terms = terms
    for (place, feature) in row.indices.enumerated() {
      terms[place].contribution = weighted {
        classifier.contribution(feature: Int(feature), value: row.values[place], label: $0)
      }
    }
    terms.sort { ($1.contribution.magnitude, $0.words.first ?? "") < ($0.contribution.magnitude, $1.words.first ?? "") }
    let constant = weighted { classifier.constant(label: $0) }
    return Explanation(
      label: label, probability: probability, score: terms.reduce(constant) { $0 + $1.contribution },
      constant: constant, terms: terms)
  }

  /// The features of a document in the order of its row, with words and places, and no contributions yet.
  func terms(_ row: SparseVector, title: Span<UInt8>, body: Span<UInt8>) -> [Explanation.Term] {
    var terms = row.values.map { Explanation.Term(words: [], contribution: 0, value: $0, places: []) }
    guard let vectorizer = vectorizer as? any LocatingVectorizer else { return terms }
    var placeOfFeature: [UInt32: Int] = [:]
    for (place, feature) in row.indices.enumerated() {
      placeOfFeature[feature] = place
      terms[place].name = vectorizer.name(of: Int(feature))
    }
    var seen = [Set<String>](repeating: [], count: terms.count)
    for occurrence in vectorizer.occurrences(title: title, body: body) {
      guard let place = placeOfFeature[occurrence.feature] else { continue }
      let text = occurrence.place.field == .title ? title : body
      let words = Model.words(text.extracting(occurrence.place.bytes))
      if seen[place].insert(words).inserted { terms[place].words.append(words) }
      terms[place].places.append(occurrence.place)
    }
    return terms
  }

  /// A part of a text in lower case, on one line.
  private static func words(_ bytes: Span<UInt8>) -> String {
    let text = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }.lowercased()
    let parts = text.unicodeScalars.split { $0.properties.isWhitespace }
    return parts.map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
  }
}
