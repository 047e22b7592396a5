internal import CXXHash
internal import DatelineCore

/// What came of one task.
struct CorpusResult<Value: Sendable>: Sendable {
  /// What the caller made of the batch; `nil` when there are no documents, or an error came first.
  var value: Value?
  /// The documents of each source.
  var documents: [(source: Int, count: Int)] = []
  /// The bytes of text.
  var bytes = 0
  /// The digests of the documents' identifiers, where they are wanted.
  var identifiers: [UInt64] = []
  /// The identifiers themselves, for naming one that comes twice: where each lies in ``identifierText``.
  var identifierEnds: [Int] = []
  /// The identifiers behind one another.
  var identifierText: [UInt8] = []
  /// The errors of records that were left out.
  var skipped: [DatelineError] = []
  /// What ends the corpus here.
  var failure: DatelineError?

  /// Parses a task and transforms its batch.
  init(
    _ task: CorpusTask, options: CorpusOptions,
    transform: (DocumentBatch) throws(DatelineError) -> Value
  ) {
    bytes = task.pieces.reduce(0) { $0 + $1.chunk.bytes.count }
    failure = task.failure
    var batch = DocumentBatch()
    do throws(DatelineError) {
      for piece in task.pieces {
        let before = batch.count
        try PieceParser(piece, options: options.reader).parse(into: &batch)
        documents.append((piece.source, batch.count - before))
      }
      if options.ignoresDateline { batch.dropDatelines() }
      if batch.count > 0 {
        if options.comparesIdentifiers { note(batch) }
        value = try transform(batch)
      }
    } catch {
      failure = error
      value = nil
    }
    skipped = batch.skipped
  }

  private mutating func note(_ batch: DocumentBatch) {
    identifiers.reserveCapacity(batch.count)
    identifierEnds.reserveCapacity(batch.count)
    batch.bytes.withUnsafeBytes { bytes in
      for record in batch.records {
        let id = UnsafeRawBufferPointer(rebasing: bytes[record.id])
        identifiers.append(dateline_xxh3_64(id.baseAddress, id.count))
        identifierText.append(contentsOf: id)
        identifierEnds.append(identifierText.count)
      }
    }
  }

  /// One of the identifiers.
  func identifier(_ index: Int) -> String {
    let start = index == 0 ? 0 : identifierEnds[index - 1]
    return String(decoding: identifierText[start..<identifierEnds[index]], as: UTF8.self)
  }
}
