import DatelineCore

/// The sums over all features, by label.
struct LabelTotals: Sendable {
  private let kind: Domain.Kind
  private let scales: [Double]
  private let inside: [Double]
  private let all: Double
  private let documents: [Double]
  private let allDocuments: Double

  init(_ counts: FeatureCounts, kind: Domain.Kind, scales: [Double]) {
    self.kind = kind
    self.scales = scales
    var inside = [Double](repeating: 0, count: counts.labelCount)
    for cell in counts.labels.indices {
      let label = Int(counts.labels[cell])
      inside[label] += counts.sums[cell] * scales[label]
    }
    self.inside = inside
    documents = zip(counts.documentsOfLabel, scales).map { $0 * $1 }
    switch kind {
    case .exclusive:
      all = inside.reduce(0, +)
      allDocuments = documents.reduce(0, +)
    case .multiLabel:
      all = counts.totals.reduce(0, +)
      allDocuments = counts.documents
    }
  }

  /// Fills `inside` with the sums of a feature by label and returns its sum over all documents.
  func gather(_ counts: FeatureCounts, _ feature: Int, into inside: inout [Double]) -> Double {
    for label in inside.indices { inside[label] = 0 }
    for cell in counts.cells(of: feature) { inside[Int(counts.labels[cell])] = self.inside(counts, cell: cell) }
    return all(counts, feature)
  }

  /// The sum of a feature over all documents.
  func all(_ counts: FeatureCounts, _ feature: Int) -> Double {
    kind == .exclusive
      ? counts.cells(of: feature).reduce(0) { $0 + inside(counts, cell: $1) } : counts.totals[feature]
  }

  /// The sum of a feature over the documents of a label.
  func inside(_ counts: FeatureCounts, cell: Int) -> Double { counts.sums[cell] * scales[Int(counts.labels[cell])] }

  func events(_ label: Int, inside sum: Double, all sums: Double) -> EventCounts {
    EventCounts(
      inside: sum, outside: max(0, sums - sum), insideTotal: inside[label], outsideTotal: max(0, all - inside[label]),
      insideDocuments: documents[label], outsideDocuments: max(0, allDocuments - documents[label]))
  }

  /// A feature next to a label that no document has.
  func reference(all sums: Double) -> EventCounts {
    EventCounts(
      inside: 0, outside: sums, insideTotal: 0, outsideTotal: all, insideDocuments: 0, outsideDocuments: allDocuments)
  }
}
