import DatelineCore

/// The distinct terms of the documents of one batch, document after document.
struct TermCounts: Sendable {
  /// Where each document's terms begin; one more than there are documents.
  var offsets: [Int] = [0]
  /// The terms.
  var fingerprints: [UInt64] = []
  /// How often each term occurs in its document.
  var counts: [UInt32] = []

  /// No documents.
  init() {}

  /// Counts a batch.
  init(_ batch: DocumentBatch, _ extractor: TermExtractor) {
    var scratch = VectorizerScratch()
    let bytes = batch.bytes.span
    // About one distinct word in six bytes, and as many n-grams of each length: growing would copy everything.
    let expected = bytes.count / 6 * extractor.parameters.ngrams.count
    fingerprints.reserveCapacity(expected)
    counts.reserveCapacity(expected)
    offsets.reserveCapacity(batch.count + 1)
    for record in batch.records {
      extractor.extract(title: bytes.extracting(record.title), body: bytes.extracting(record.body), scratch: &scratch)
      fingerprints += scratch.counts.fingerprints
      counts += scratch.counts.counts
      offsets.append(fingerprints.count)
    }
  }

  var documentCount: Int { offsets.count - 1 }
}
