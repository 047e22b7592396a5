public import DatelineCore
public import DatelineData
public import DatelineParallel

/// Documents in batches, in a fixed order: a corpus on disk, or documents in memory.
public protocol DocumentSource {
  /// Hands every batch to `transform`, on any thread, and the results to `consume`, in order, on the calling thread.
  func mapBatches<Output: Sendable>(
    workers: WorkerPool, transform: @Sendable (DocumentBatch) throws(DatelineError) -> Output,
    consume: (Output) throws(DatelineError) -> Void
  ) throws(DatelineError)
}

/// A corpus on disk, and what was read of it.
public final class CorpusSource: DocumentSource {
  private let corpus: Corpus
  /// What was read; `nil` before the end of the corpus was reached.
  public private(set) var summary: CorpusSummary?

  /// The documents of a corpus.
  public init(_ corpus: Corpus) { self.corpus = corpus }

  /// Hands on the documents.
  public func mapBatches<Output: Sendable>(
    workers: WorkerPool, transform: @Sendable (DocumentBatch) throws(DatelineError) -> Output,
    consume: (Output) throws(DatelineError) -> Void
  ) throws(DatelineError) {
    summary = try corpus.mapBatches(workers: workers, transform: transform, consume: consume)
  }
}

/// Labelled documents in memory.
public struct LabelledDocuments: DocumentSource, Sendable {
  private var batches: [DocumentBatch] = []
  // Fixed, so that batches depend on the documents alone.
  private static let batchSize = 256

  /// No documents yet.
  public init() {}

  /// Adds a document.
  ///
  /// - Parameters:
  ///   - document: The text.
  ///   - labels: Its labels: exactly one where labels exclude each other.
  ///   - weight: How much it counts in training.
  public mutating func append(_ document: Document, labels: [String], weight: Double = 1) {
    if batches.last.map({ $0.count >= LabelledDocuments.batchSize }) ?? true { batches.append(DocumentBatch()) }
    batches[batches.count - 1].append(document, labels: labels, weight: weight)
  }

  /// Hands on the documents.
  public func mapBatches<Output: Sendable>(
    workers: WorkerPool, transform: @Sendable (DocumentBatch) throws(DatelineError) -> Output,
    consume: (Output) throws(DatelineError) -> Void
  ) throws(DatelineError) {
    var next = batches.startIndex
    try workers.pipeline(
      next: { () throws(DatelineError) -> DocumentBatch? in
        guard next < batches.endIndex else { return nil }
        next += 1
        return batches[next - 1]
      },
      transform: { batch -> Result<Output, DatelineError> in
        do throws(DatelineError) { return .success(try transform(batch)) } catch { return .failure(error) }
      },
      consume: { (result: Result<Output, DatelineError>) throws(DatelineError) in try consume(try result.get()) })
  }
}
