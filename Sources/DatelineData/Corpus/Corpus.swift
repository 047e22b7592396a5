public import DatelineCore
public import DatelineParallel

/// Documents on disk: files, folders and standard input, in any of the formats.
///
/// Files are cut into pieces at the ends of records, and the pieces are parsed on all threads. Documents, batches, the
/// summary and the first error do not depend on the number of threads. Memory: a few pieces a thread, whatever the
/// length of the corpus.
///
/// A folder that holds nothing but folders with files in them is a folder per label (`folder`), one that holds `.sgm`
/// files is Reuters-21578, and of any other folder the files are read each by itself, in the order of their names, and
/// then the folders in it. Hidden files, `README` and the like and lists of labels (`.lc.txt`) are passed over, and
/// named in the summary. Files may be compressed with gzip.
public struct Corpus: Sendable {
  /// Files and folders; `-` is standard input.
  public let paths: [String]
  /// How to read them.
  public let options: CorpusOptions

  /// A corpus of the given files and folders. Nothing is opened yet.
  public init(_ paths: [String], options: CorpusOptions = CorpusOptions()) {
    self.paths = paths
    self.options = options
  }

  /// Checks what can be known without opening files: that the format exists and that all paths are there.
  ///
  /// - Throws: ``DatelineError/Code/missingInput`` for a path that is not there, ``DatelineError/Code/usage`` for a
  ///   format that no reader has.
  public func check() throws(DatelineError) {
    try FormatCatalogue(extra: options.extraReaders).check(options.format)
    _ = try CorpusListing(paths, format: options.format)
  }

  /// The files that the paths stand for, in the order in which they are read: those of a folder and of the folders in
  /// it. Standard input is `-`.
  ///
  /// - Returns: Also what is passed over by name.
  /// - Throws: ``DatelineError/Code/missingInput`` for a path that is not there, ``DatelineError/Code/inputOutput`` for a
  ///   folder that cannot be listed, ``DatelineError/Code/invalidData`` for folders that nest without end.
  public func files() throws(DatelineError) -> (files: [String], ignored: [String]) {
    let listing = try CorpusListing(paths, format: options.format)
    return (listing.files.map { $0.path ?? "-" }, listing.ignored)
  }

  /// Hands on all documents, in order.
  ///
  /// - Parameters:
  ///   - workers: The threads to parse on.
  ///   - body: Takes a batch; it is called on this thread. No batch is empty.
  /// - Throws: ``DatelineError/Code/missingInput`` for a path that is not there, ``DatelineError/Code/invalidData`` for
  ///   a damaged record, with file, line and field, and what `body` throws. Documents before the batch with the error
  ///   have been handed on by then.
  /// - Returns: What was read. A corpus without documents is no error here: see ``CorpusSummary/documents``.
  @discardableResult
  public func forEachBatch(
    workers: WorkerPool, _ body: (DocumentBatch) throws(DatelineError) -> Void
  ) throws(DatelineError) -> CorpusSummary {
    try mapBatches(workers: workers, transform: { batch in batch }, consume: body)
  }

  /// Transforms all documents by batches, each on the thread that has parsed it, and hands the results on in order.
  ///
  /// - Parameters:
  ///   - workers: The threads to parse and transform on.
  ///   - transform: The work on a batch. It is called from several threads at once.
  ///   - consume: Takes a result; it is called on this thread.
  /// - Throws: As ``forEachBatch(workers:_:)``, and what `transform` throws.
  @discardableResult
  public func mapBatches<Value: Sendable>(
    workers: WorkerPool, transform: @Sendable (DocumentBatch) throws(DatelineError) -> Value,
    consume: (Value) throws(DatelineError) -> Void
  ) throws(DatelineError) -> CorpusSummary {
    let catalogue = try FormatCatalogue(extra: options.extraReaders)
    try catalogue.check(options.format)
    let listing = try CorpusListing(paths, format: options.format)
    var cutter = CorpusCutter(listing.files, catalogue: catalogue, options: options)
    var tally = CorpusTally(maximumSkipped: options.reader.maximumSkipped, ignored: listing.ignored)
    try workers.pipeline(
      next: { () throws(DatelineError) -> CorpusTask? in cutter.next() },
      transform: { task in
        CorpusResult(task, options: options, transform: transform)
      },
      consume: { (result: CorpusResult<Value>) throws(DatelineError) in
        if let value = try tally.add(result) { try consume(value) }
      })
    return tally.finished(cutter)
  }
}
