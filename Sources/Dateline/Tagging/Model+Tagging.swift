import DatelineCore

extension Model {
  /// The labels of a document whose probabilities are in `scratch`.
  ///
  /// - Parameters:
  ///   - finding: Whether there are any.
  ///   - minimum: Labels less probable than this, or than the model's own minimum, are withheld.
  func tagging(_ finding: Finding, minimum: Double, scratch: inout ModelScratch) -> Tagging {
    if let failure = classifier.failure { return Tagging(tags: [], withheld: failure.description) }
    return switch finding {
    case .unknown: Tagging(tags: [], withheld: "no word of the text occurs in the training documents")
    case .unmentioned: Tagging(tags: [], withheld: "the text does not mention the target")
    case .known:
      domain.kind == .exclusive
        ? exclusiveTagging(minimum: max(minimum, manifest.minimumProbability), scratch: &scratch)
        : multiLabelTagging(minimum: minimum, scratch: scratch)
    }
  }

  /// The most probable label; of a hierarchy, the deepest label on the way down that the model is sure enough of.
  private func exclusiveTagging(minimum: Double, scratch: inout ModelScratch) -> Tagging {
    let best: Tag
    if domain.isHierarchical {
      best = deepestCertain(scratch: &scratch)
    } else {
      let label = mostProbable(scratch.probabilities)
      best = tag(label, scratch.probabilities[label])
    }
    // A node of the hierarchy that is no label has no probability without a text. Most models have none at all.
    if !priors.isEmpty, let number = domain.index(of: best.label), !speaks(for: number, best.probability) {
      return Tagging(tags: [], withheld: Model.noEvidence(best.label))
    }
    if best.probability < minimum {
      return Tagging(
        tags: [],
        withheld:
          "the most probable label, \"\(best.label)\", has a probability of \(best.probability.fixed(below: minimum)), below \(minimum)"
      )
    }
    return Tagging(tags: [best] + further(than: best, scratch.probabilities))
  }

  /// Labels besides the most probable one that are probable enough to be given, too; the most probable first.
  private func further(than best: Tag, _ probabilities: [Double]) -> [Tag] {
    let least = manifest.furtherProbability
    // Without a search for most models and documents: where one label is that probable, no other can be.
    if least >= 1 || 1 - best.probability < least || domain.isHierarchical { return [] }
    return probabilities.indices.filter { probabilities[$0] >= least && domain.labels[$0] != best.label }
      .map { tag($0, probabilities[$0]) }
      .sorted { ($1.probability, $0.label) < ($0.probability, $1.label) }
  }

  /// Whether a text speaks for a label, or the model does not ask for that.
  private func speaks(for label: Int, _ probability: Double) -> Bool { priors.isEmpty || probability > priors[label] }

  private static func noEvidence(_ label: Label) -> String {
    "nothing in the text speaks for a label; without it, \"\(label)\" would be the most probable"
  }

  private func tag(_ label: Int, _ probability: Double) -> Tag {
    Tag(label: domain.labels[label], probability: probability, code: codes.isEmpty ? nil : codes[label])
  }

  /// Goes down from the top to the most probable label, as long as its probability given the one above is at least
  /// halfway from chance to certainty. Chance is 1/k for k labels to choose from, so of two labels the better one needs
  /// 3/4, and of many a little over 1/2.
  private func deepestCertain(scratch: inout ModelScratch) -> Tag {
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
    let label = tree.labelOfNode[current]
    return Tag(
      label: tree.nodes[current], probability: min(1, nodes[current]),
      code: label < 0 || codes.isEmpty ? nil : codes[label])
  }

  private func multiLabelTagging(minimum: Double, scratch: ModelScratch) -> Tagging {
    var probabilities = scratch.probabilities
    let decided = decide(probabilities)
    if domain.isHierarchical {
      let nodes = tree.aggregate(probabilities)
      for label in probabilities.indices { probabilities[label] = nodes[tree.nodeOfLabel[label]] }
    }
    let chosen = decided.filter { speaks(for: $0, probabilities[$0]) }
    if chosen.isEmpty, let first = decided.first {
      let best = decided.reduce(first) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
      return Tagging(tags: [], withheld: Model.noEvidence(domain.labels[best]))
    }
    var tags = chosen.filter { probabilities[$0] >= minimum }
      .map { tag($0, probabilities[$0]) }
    tags.sort { ($1.probability, $0.label) < ($0.probability, $1.label) }
    if !tags.isEmpty { return Tagging(tags: tags) }
    let best = mostProbable(probabilities)
    let nearest = "the most probable is \"\(domain.labels[best])\" with \(probabilities[best].fixed(below: minimum))"
    return Tagging(
      tags: [],
      withheld: chosen.isEmpty
        ? "no label reaches its threshold; \(nearest)" : "no label reaches \(minimum); \(nearest)")
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
