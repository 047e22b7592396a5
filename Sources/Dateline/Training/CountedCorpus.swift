import DatelineCore
import DatelineData
import DatelineParallel
import DatelineVectors

/// A training corpus after one pass over its text: labels noted, the text itself forgotten. What was counted in the text
/// goes its own way.
struct CountedCorpus {
  /// Each document's labels, by their numbers in ``labels``.
  private var numbers = Targets()
  /// The labels, in the order in which they came.
  private(set) var labels: [Label] = []
  private var numberOfLabel: [Label: Int32] = [:]
  /// A digest of each document's text: equal texts go to one fold.
  private(set) var textDigests: [UInt64] = []
  /// The weight of each document; empty while all are 1.
  private(set) var weights: [Double] = []
  /// The digest of all documents.
  private(set) var digest = DataDigest()

  /// The number of documents.
  var count: Int { textDigests.count }

  /// Reads a source.
  ///
  /// - Parameters:
  ///   - count: Counts the terms of a batch, on any thread.
  ///   - consume: Takes the counts, in order.
  /// - Throws: `DatelineError.Code.invalidData` when there are no documents, or a label is missing or no label.
  init<Counts: Sendable>(
    _ source: some DocumentSource, kind: Domain.Kind, workers: WorkerPool,
    count: @Sendable (DocumentBatch) -> Counts, consume: (Counts) throws(DatelineError) -> Void,
    progress: (Int) throws(DatelineError) -> Void
  ) throws(DatelineError) {
    try source.mapBatches(
      workers: workers,
      transform: { batch throws(DatelineError) in try Part(batch, counts: count(batch), kind: kind) },
      consume: { (part: Part<Counts>) throws(DatelineError) in
        add(part)
        try consume(part.counts)
        try progress(numbers.count)
      })
    guard numbers.count > 0 else {
      throw DatelineError(.invalidData, "no labelled documents to learn from: is it the right file, field or split?")
    }
  }

  private mutating func add<Counts>(_ part: Part<Counts>) {
    if !weights.isEmpty || part.weights.contains(where: { $0 != 1 }) {
      weights += repeatElement(1, count: numbers.count - weights.count)
      weights += part.weights
    }
    numbers.append(part.numbers, renumbering: part.labels.map { number(of: $0) })
    textDigests += part.textDigests
    digest.add(part.digest)
  }

  private mutating func number(of label: Label) -> Int32 {
    if let known = numberOfLabel[label] { return known }
    let number = Int32(labels.count)
    labels.append(label)
    numberOfLabel[label] = number
    return number
  }

  /// The domain that the labels span, and each document's labels by number; they are given away.
  mutating func takeTargets(
    facet: Facet, kind: Domain.Kind
  ) throws(DatelineError) -> (domain: Domain, targets: Targets) {
    let domain = try Domain(facet: facet, kind: kind, labels: labels)
    return (domain, takeTargets(in: domain))
  }

  /// Each document's labels by their numbers in a domain that has them all; they are given away.
  mutating func takeTargets(in domain: Domain) -> Targets {
    var targets = exchange(&numbers, with: Targets())
    targets.renumber(labels.map { Int32(domain.index(of: $0) ?? 0) })
    return targets
  }
}

/// What one batch gives.
private struct Part<Counts: Sendable>: Sendable {
  var counts: Counts
  /// Each document's labels, by their numbers in ``labels``.
  var numbers = Targets()
  /// The labels, in the order in which they came.
  var labels: [Label] = []
  var textDigests: [UInt64] = []
  var weights: [Double] = []
  var digest = DataDigest()

  init(_ batch: DocumentBatch, counts: Counts, kind: Domain.Kind) throws(DatelineError) {
    self.counts = counts
    weights.reserveCapacity(batch.count)
    // A text's own label, and those that it implies.
    var known: [String: [Int]] = [:]
    var numberOfLabel: [Label: Int] = [:]
    for record in batch.records {
      let texts = batch.labels(of: record) ?? []
      var ofDocument: [Int] = []
      for text in texts {
        if let numbers = known[text] {
          ofDocument += numbers
          continue
        }
        let label: Label
        do { label = try Label(text) } catch {
          throw DatelineError(error.code, error.message, at: batch.location(of: record))
        }
        // A label of a hierarchy implies the labels above it where labels do not exclude each other.
        let numbers = (kind == .multiLabel ? [label] + label.ancestors : [label]).map { label in
          if let number = numberOfLabel[label] { return number }
          labels.append(label)
          numberOfLabel[label] = labels.count - 1
          return labels.count - 1
        }
        known[text] = numbers
        ofDocument += numbers
      }
      if kind == .exclusive, texts.count != 1 {
        throw DatelineError(
          .invalidData,
          texts.isEmpty
            ? "a document without a label" : "a document with \(texts.count) labels: --multi-label allows several",
          at: batch.location(of: record))
      }
      numbers.append(ofDocument)
      weights.append(record.weight)
    }
    textDigests = batch.contentDigests()
    digest.add(batch)
  }
}
