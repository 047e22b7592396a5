import DatelineCore

extension Model {
  /// The labels of a document whose probabilities are in `scratch`.
  ///
  /// - Parameters:
  ///   - finding: Whether there are any.
  ///   - minimum: Labels less probable than this, or than the model's own minimum, are withheld.
  func tagging(_ finding: Finding, minimum: Double, scratch: inout ModelScratch) -> Tagging {
    switch finding {
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
      best = Tag(label: domain.labels[label], probability: scratch.probabilities[label])
    }
    if best.probability < minimum {
      return Tagging(
        tags: [],
        withheld:
          "the most probable label, \"\(best.label)\", has a probability of \(best.probability.fixed(below: minimum)), below \(minimum)"
      )
    }
    return Tagging(tags: [best])
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
    return Tag(label: tree.nodes[current], probability: min(1, nodes[current]))
  }

  private func multiLabelTagging(minimum: Double, scratch: ModelScratch) -> Tagging {
    var probabilities = scratch.probabilities
    let chosen = decide(probabilities)
    if domain.isHierarchical {
      let nodes = tree.aggregate(probabilities)
      for label in probabilities.indices { probabilities[label] = nodes[tree.nodeOfLabel[label]] }
    }
    var tags = chosen.filter { probabilities[$0] >= minimum }
      .map { Tag(label: domain.labels[$0], probability: probabilities[$0]) }
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
