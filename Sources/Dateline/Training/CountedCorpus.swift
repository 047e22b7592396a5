import DatelineCore
import DatelineData
import DatelineParallel
import DatelineVectors

/// A training corpus after one pass over its text: terms counted, labels noted, the text itself forgotten.
struct CountedCorpus<Counts: Sendable> {
  /// What the vectorizer's trainer counted, batch after batch.
  var counts: [Counts] = []
  /// The labels of each document.
  var labels: [[Label]] = []
  /// A digest of each document's text: equal texts go to one fold.
  var textDigests: [UInt64] = []
  /// The weight of each document; empty while all are 1.
  var weights: [Double] = []
  /// The digest of all documents.
  var digest = DataDigest()

  /// Reads a source.
  ///
  /// - Throws: `DatelineError.Code.invalidData` when there are no documents, or a label is missing or no label.
  init(
    _ source: some DocumentSource, _ trainer: some VectorizerTrainer<Counts>, kind: Domain.Kind, workers: WorkerPool,
    progress: (Int) throws(DatelineError) -> Void
  ) throws(DatelineError) {
    try source.mapBatches(
      workers: workers,
      transform: { batch throws(DatelineError) in try Part(batch, counts: trainer.count(batch), kind: kind) },
      consume: { (part: Part) throws(DatelineError) in
        if !weights.isEmpty || part.weights.contains(where: { $0 != 1 }) {
          weights += Array(repeating: 1, count: labels.count - weights.count) + part.weights
        }
        counts.append(part.counts)
        labels += part.labels
        textDigests += part.textDigests
        digest.add(part.digest)
        try progress(labels.count)
      })
    guard !labels.isEmpty else {
      throw DatelineError(.invalidData, "no labelled documents to learn from: is it the right file, field or split?")
    }
  }

  /// What one batch gives.
  private struct Part: Sendable {
    var counts: Counts
    var labels: [[Label]] = []
    var textDigests: [UInt64] = []
    var weights: [Double] = []
    var digest = DataDigest()

    init(_ batch: DocumentBatch, counts: Counts, kind: Domain.Kind) throws(DatelineError) {
      self.counts = counts
      for record in batch.records {
        var labels: [Label] = []
        do {
          for label in batch.labels(of: record) ?? [] { labels.append(try Label(label)) }
        } catch {
          throw DatelineError(error.code, error.message, at: batch.location(of: record))
        }
        if kind == .exclusive, labels.count != 1 {
          throw DatelineError(
            .invalidData,
            labels.isEmpty
              ? "a document without a label" : "a document with \(labels.count) labels: --multi-label allows several",
            at: batch.location(of: record))
        }
        // A label of a hierarchy implies the labels above it where labels do not exclude each other.
        self.labels.append(kind == .multiLabel ? labels.flatMap { [$0] + $0.ancestors } : labels)
        weights.append(record.weight)
      }
      textDigests = batch.contentDigests()
      digest.add(batch)
    }
  }

  /// The domain that the labels span, and each document's labels by number.
  func targets(facet: Facet, kind: Domain.Kind) throws(DatelineError) -> (domain: Domain, targets: Targets) {
    let domain = try Domain(facet: facet, kind: kind, labels: Set(labels.lazy.flatMap { $0 }))
    return (domain, targets(in: domain))
  }

  /// Each document's labels by their numbers in a domain that has them all.
  func targets(in domain: Domain) -> Targets {
    var numbers: [Label: Int] = [:]
    for (number, label) in domain.labels.enumerated() { numbers[label] = number }
    var targets = Targets()
    for labels in labels { targets.append(labels.compactMap { numbers[$0] }) }
    return targets
  }
}
