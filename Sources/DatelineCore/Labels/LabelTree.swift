/// The labels of a domain together with all labels above them, as arrays: what sums and maxima over a hierarchy need
/// while documents are scored.
///
/// Nodes are sorted by path. A path sorts behind every path that it begins with, so a node's number is higher than
/// its parent's, and one pass from the last node to the first meets children before parents.
public struct LabelTree: Sendable, Equatable {
  /// The labels of the domain and their ancestors, sorted by path.
  public let nodes: [Label]
  /// For each node the node one step up; -1 at the top.
  public let parents: [Int]
  /// For each node the top of its branch; a node without a parent is its own top.
  public let tops: [Int]
  /// For each label of the domain its node.
  public let nodeOfLabel: [Int]
  /// For each node its label in the domain; -1 for an ancestor that is no label itself.
  public let labelOfNode: [Int]
  /// Whether the labels exclude each other.
  public let kind: Domain.Kind

  /// The tree of a domain. O(n log n) in the number of nodes.
  public init(_ domain: Domain) {
    kind = domain.kind
    var nodes = domain.labels
    if domain.isHierarchical { nodes = Set(nodes + nodes.flatMap(\.ancestors)).sorted() }
    let parents = nodes.map { $0.parent.flatMap(nodes.placeInSorted) ?? -1 }
    var tops = [Int](repeating: 0, count: nodes.count)
    for node in nodes.indices { tops[node] = parents[node] < 0 ? node : tops[parents[node]] }
    self.nodes = nodes
    self.parents = parents
    self.tops = tops
    nodeOfLabel = domain.labels.map { nodes.placeInSorted($0) ?? -1 }
    labelOfNode = nodes.map { domain.index(of: $0) ?? -1 }
  }

  /// The number of nodes.
  public var count: Int { nodes.count }

  /// The node of a path, by binary search; `nil` when it is neither a label of the domain nor above one.
  public func node(of label: Label) -> Int? { nodes.placeInSorted(label) }

  /// The top of the branch that a path belongs to, whether or not the path itself is known; `nil` when no label of the
  /// domain begins with the same step.
  public func top(of label: Label) -> Int? { node(of: label.ancestors.last ?? label) }

  /// Gives every node a probability: no node is ever less probable than one below it.
  ///
  /// Where labels exclude each other, a node has the sum of its own and its descendants' probabilities: the document
  /// is about exactly one of them. Otherwise it has the maximum, the tightest lower bound of "any of them" that needs
  /// no assumption about how they depend on one another. O(nodes), without allocation.
  ///
  /// - Parameters:
  ///   - probabilities: One a label of the domain, each in [0, 1].
  ///   - result: Receives one a node, each in [0, 1]; ``count`` elements.
  public func aggregate(_ probabilities: Span<Double>, into result: inout MutableSpan<Double>) {
    precondition(
      probabilities.count == nodeOfLabel.count && result.count == nodes.count,
      "one probability a label, one result a node")
    let (labels, parents) = (labelOfNode.span, parents.span)
    for node in labels.indices { result[node] = labels[node] < 0 ? 0 : probabilities[labels[node]] }
    // Children before parents.
    switch kind {
    case .exclusive:
      for node in stride(from: parents.count - 1, through: 0, by: -1) {
        result[node] = min(result[node], 1)
        if parents[node] >= 0 { result[parents[node]] += result[node] }
      }
    case .multiLabel:
      for node in stride(from: parents.count - 1, through: 0, by: -1) where parents[node] >= 0 {
        result[parents[node]] = max(result[parents[node]], result[node])
      }
    }
  }

  /// The probabilities of all nodes; allocates, see ``aggregate(_:into:)``.
  public func aggregate(_ probabilities: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: nodes.count)
    var span = result.mutableSpan
    aggregate(probabilities.span, into: &span)
    return result
  }
}
