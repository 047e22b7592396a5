/// The labels a facet can take, and whether they exclude each other.
public struct Domain: Sendable, Equatable {
  /// How many labels a document has.
  public enum Kind: String, Sendable {
    /// Exactly one.
    case exclusive
    /// Any number, including none.
    case multiLabel = "multi-label"
  }

  /// The question that the labels answer.
  public let facet: Facet
  /// Whether labels exclude each other.
  public let kind: Kind
  /// The labels, sorted; a label's number is its place here.
  public let labels: [Label]
  /// Whether any label is a path of several steps.
  public let isHierarchical: Bool

  /// A domain of the given labels, which are sorted and freed from repetitions.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` when there are no labels or over a million.
  public init(facet: Facet, kind: Kind, labels: some Sequence<Label>) throws(DatelineError) {
    self.facet = facet
    self.kind = kind
    let given = Array(labels)
    // Those of a model file are sorted already, and a program's first set of labels takes its start longer than this does.
    let areSorted = zip(given, given.dropFirst()).allSatisfy { $0 < $1 }
    self.labels = areSorted ? given : Set(given).sorted()
    isHierarchical = self.labels.contains { $0.path.utf8.contains(UInt8(ascii: "/")) }
    guard !self.labels.isEmpty else {
      throw DatelineError(.invalidData, "no label for the facet \"\(facet)\": is it another field? (--label-field)")
    }
    guard self.labels.count <= 1_000_000 else {
      throw DatelineError(.invalidData, "\(self.labels.count) labels for \"\(facet)\": the limit is 1,000,000")
    }
  }

  /// The number of labels.
  public var count: Int { labels.count }

  /// The number of a label, by binary search; `nil` for a label that is not in the domain.
  public func index(of label: Label) -> Int? { labels.placeInSorted(label) }
}
