import DatelineCore

extension Model {
  /// Decides on some documents.
  ///
  /// - Parameters:
  ///   - bytes: What the records' ranges are of.
  ///   - terms: The terms of these documents, where they are known.
  func decide(
    on records: ArraySlice<DocumentBatch.Record>, in bytes: Span<UInt8>, terms: DocumentTerms?, minimum: Double,
    atMost limit: Int?, scratch: inout ModelScratch, into decisions: inout Decisions
  ) {
    for (number, record) in records.enumerated() {
      let counted = terms.map { CountedDocument(terms: $0, number: number) }
      let finding = computeProbabilities(of: record, in: bytes, counted: counted, scratch: &scratch)
      decide(finding, minimum: minimum, atMost: limit, scratch: &scratch, into: &decisions)
    }
  }

  /// Counts the terms of some documents, for itself and other models of the same ``DatelineCore/TermSource``.
  ///
  /// - Parameter terms: Receives them. What it held is replaced.
  func count(
    _ records: ArraySlice<DocumentBatch.Record>, in bytes: Span<UInt8>, scratch: inout ModelScratch,
    into terms: inout DocumentTerms
  ) {
    guard let termVectorizer else { preconditionFailure("a model that shares no terms") }
    terms.removeAll()
    for record in records {
      termVectorizer.countTerms(
        title: bytes.extracting(record.title), body: bytes.extracting(record.body), scratch: &scratch.vectorizer)
      terms.append(scratch.vectorizer.counts)
    }
  }

  /// Decides on a document whose probabilities are in `scratch`.
  ///
  /// - Parameters:
  ///   - finding: Whether there are any.
  ///   - minimum: Labels less probable than this, or than the model's own minimum, are withheld.
  ///   - limit: The most labels.
  ///   - decisions: Receives the decision.
  func decide(
    _ finding: Finding, minimum: Double, atMost limit: Int?, scratch: inout ModelScratch,
    into decisions: inout Decisions
  ) {
    let reason: Decisions.Reason? =
      switch finding {
      case _ where classifier.failure != nil: .failed
      case .unknown: .unknown
      case .unfamiliar(let coverage): .unfamiliar(coverage)
      case .unmentioned: .unmentioned
      case .known where domain.kind == .exclusive:
        decideExclusively(
          minimum: max(minimum, manifest.minimumProbability), scratch: &scratch, into: &decisions)
      case .known: decideOnEach(minimum: minimum, scratch: scratch, into: &decisions)
      }
    decisions.end(atMost: limit, withheld: reason)
  }

  /// The decision on a single document whose probabilities are in `scratch`.
  func decision(_ finding: Finding, scratch: inout ModelScratch) -> Decisions.Decision {
    var decisions = Decisions()
    decide(finding, minimum: 0, atMost: nil, scratch: &scratch, into: &decisions)
    return decisions[0]
  }

  /// The tags of a decision, or why there are none. Without closures, which would copy the model each time.
  func tagging(_ decision: Decisions.Decision) -> Tagging {
    if let reason = decision.reason { return Tagging(tags: [], withheld: text(reason)) }
    var tags: [Tag] = []
    tags.reserveCapacity(decision.choices.count)
    for choice in decision.choices {
      tags.append(Tag(label: tree.nodes[choice.node], probability: choice.probability, code: code(choice.node)))
    }
    return Tagging(tags: tags)
  }

  /// The code of a node's label, if it has one.
  func code(_ node: Int) -> String? {
    if codes.isEmpty { return nil }
    let label = tree.labelOfNode[node]
    return label < 0 ? nil : codes[label]
  }

  /// A reason in words.
  func text(_ reason: Decisions.Reason) -> String {
    func nearest(_ choice: Decisions.Choice, _ minimum: Double) -> String {
      "the most probable is \"\(tree.nodes[choice.node])\" with \(choice.probability.fixed(below: minimum))"
    }
    switch reason {
    case .failed: return classifier.failure?.description ?? "the model has failed"
    case .unknown: return "no word of the text is known to the model"
    case .unfamiliar(let coverage):
      return
        "the model knows \(coverage.known) of the \(coverage.total) terms (words, n-grams, names) of the text, a share below \(manifest.minimumCoverage), as in a language that it has not learnt"
    case .unmentioned: return "the text does not mention the target"
    case .noEvidence(let node):
      return
        "hardly anything in the text speaks for a label; without it, \"\(tree.nodes[node])\" would be the most probable"
    case .improbable(let choice, let minimum):
      return
        "the most probable label, \"\(tree.nodes[choice.node])\", has a probability of \(choice.probability.fixed(below: minimum)), below \(minimum)"
    case .noThreshold(let choice, let minimum):
      return "no label reaches its threshold; \(nearest(choice, minimum))"
    case .allImprobable(let choice, let minimum):
      return "no label reaches \(minimum); \(nearest(choice, minimum))"
    }
  }

  /// The most probable label; of a hierarchy, the deepest label on the way down that the model is sure enough of.
  ///
  /// - Returns: Why there is none.
  private func decideExclusively(
    minimum: Double, scratch: inout ModelScratch, into decisions: inout Decisions
  ) -> Decisions.Reason? {
    let best: Decisions.Choice
    if domain.isHierarchical {
      best = deepestCertain(scratch: &scratch)
    } else {
      best = choice(mostProbable(scratch.probabilities), scratch.probabilities)
    }
    // A node of the hierarchy that is no label has no probability without a text. Most models have none at all.
    if !priors.isEmpty, !speaks(for: tree.labelOfNode[best.node], best.probability) {
      return .noEvidence(node: best.node)
    }
    if best.probability < minimum { return .improbable(best, minimum: minimum) }
    decisions.append(best)
    addFurther(than: best, scratch.probabilities, into: &decisions)
    return nil
  }

  /// Adds labels besides the most probable one that are probable enough to be given, too; the most probable first.
  private func addFurther(
    than best: Decisions.Choice, _ probabilities: [Double], into decisions: inout Decisions
  ) {
    let least = manifest.furtherProbability
    // Without a search for most models and documents: where one label is that probable, no other can be.
    if least >= 1 || 1 - best.probability < least || domain.isHierarchical { return }
    for label in probabilities.indices where probabilities[label] >= least {
      let choice = choice(label, probabilities)
      if choice.node != best.node { decisions.append(choice) }
    }
    decisions.sortLast()
  }

  /// Those of some labels that a text speaks for, and the labels above them.
  func spokenFor(_ labels: [Int], _ probabilities: [Double]) -> [Int] {
    if priors.isEmpty { return labels }
    var kept = Set(labels.filter { speaks(for: $0, probabilities[$0]) })
    for label in kept { kept.formUnion(ancestors(of: label)) }
    return labels.filter(kept.contains)
  }

  /// How many times the odds of a label have to be what they are for an empty text: a hair above, by what some word weighs
  /// that has nothing to do with it, would give the label that is the most frequent to any text.
  private static let leastOddsRatio = 1.5

  /// Whether a text makes a label that much more likely, or the model does not ask for that.
  ///
  /// - Parameter label: -1 for a node that is no label.
  func speaks(for label: Int, _ probability: Double) -> Bool {
    if label < 0 || priors.isEmpty { return true }
    let prior = priors[label]
    return probability * (1 - prior) > Model.leastOddsRatio * prior * (1 - probability)
  }

  private func choice(_ label: Int, _ probabilities: [Double]) -> Decisions.Choice {
    Decisions.Choice(node: tree.nodeOfLabel[label], probability: probabilities[label])
  }

  /// Goes down from the top to the most probable label, as long as its probability given the one above is at least
  /// halfway from chance to certainty. Chance is 1/k for k labels to choose from, so of two labels the better one needs
  /// 3/4, and of many a little over 1/2.
  private func deepestCertain(scratch: inout ModelScratch) -> Decisions.Choice {
    var nodes = exchange(&scratch.nodes, with: [])
    if nodes.count != tree.count { nodes = [Double](repeating: 0, count: tree.count) }
    var span = nodes.mutableSpan
    tree.aggregate(scratch.probabilities.span, into: &span)
    defer { scratch.nodes = nodes }
    var current = -1
    while true {
      var next = -1
      // A label that others are below is one to choose from, too.
      var choices = current >= 0 && tree.labelOfNode[current] >= 0 ? 1 : 0
      for node in 0..<tree.count where tree.parents[node] == current {
        choices += 1
        if next < 0 || nodes[node] > nodes[next] { next = node }
      }
      let needed = 0.5 + 0.5 / Double(max(1, choices))
      // The first step is always taken. Rounding must not stop at a parent with a single child.
      guard next >= 0, current < 0 || nodes[next] >= needed * nodes[current] * (1 - 1e-9) else { break }
      current = next
    }
    return Decisions.Choice(node: current, probability: min(1, nodes[current]))
  }

  /// All labels that reach their thresholds and the minimum.
  ///
  /// - Returns: Why there are none.
  private func decideOnEach(
    minimum: Double, scratch: borrowing ModelScratch, into decisions: inout Decisions
  ) -> Decisions.Reason? {
    let decided = decide(scratch.probabilities)
    let probabilities = aggregated(scratch.probabilities)
    let chosen = spokenFor(decided, probabilities)
    if chosen.isEmpty, let first = decided.first {
      let best = decided.reduce(first) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
      return .noEvidence(node: tree.nodeOfLabel[best])
    }
    var isGiven = false
    for label in chosen where probabilities[label] >= minimum {
      decisions.append(choice(label, probabilities))
      isGiven = true
    }
    if isGiven {
      decisions.sortLast()
      return nil
    }
    let best = choice(mostProbable(probabilities), probabilities)
    return chosen.isEmpty ? .noThreshold(best, minimum: minimum) : .allImprobable(best, minimum: minimum)
  }
}

extension Double {
  /// The number with two digits behind the point, or as many more as it takes to look less than a bound that it is
  /// less than.
  fileprivate func fixed(below bound: Double) -> String {
    let digits = (2...15).first { self >= bound || (Double(fixed($0)) ?? self) < bound }
    return fixed(digits ?? 15)
  }
}
