/// The terms of some documents, and how often each occurs: counted once for all models that take the same ones.
public struct DocumentTerms: Sendable {
  private var fingerprints: [UInt64] = []
  private var counts: [UInt32] = []
  /// Where the terms of each document end.
  private var ends: [Int] = []

  /// No documents, which take no memory yet.
  public init() {}

  /// The number of documents.
  public var count: Int { ends.count }

  /// The number of terms that there is memory for.
  public var capacity: Int { fingerprints.capacity }

  /// Appends the terms of a document. O(terms).
  public mutating func append(_ terms: FingerprintCounts) {
    fingerprints += terms.fingerprints
    counts += terms.counts
    ends.append(fingerprints.count)
  }

  /// Forgets all documents and keeps the memory.
  public mutating func removeAll() {
    fingerprints.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// The distinct terms of a document, in the order of their first occurrence, and how often each occurs, for the length of
  /// `body`.
  public func withTerms<Result>(
    of document: Int, _ body: (_ fingerprints: Span<UInt64>, _ counts: Span<UInt32>) -> Result
  ) -> Result {
    let range = (document == 0 ? 0 : ends[document - 1])..<ends[document]
    return body(fingerprints.span.extracting(range), counts.span.extracting(range))
  }
}
