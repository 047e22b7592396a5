import DatelineCore
import DatelineParallel
import DatelineVectors

/// Learns a vectorizer of an exact vocabulary on disk.
///
/// The terms of the documents go to a file as they are, and once more to a file in parts by their top byte. Parts are
/// sorted one after another to count documents; then the documents are read again, and the terms that were kept get
/// their numbers.
struct ExactSpoolTrainer: SpoolingVectorizerTrainer {
  /// What has been counted in one batch.
  struct Counts: Sendable {
    var terms: TermCounts
    /// The same fingerprints by parts: those of part `p` are `parts[partStarts[p]..<partStarts[p + 1]]`.
    var parts: [UInt64]
    var partStarts: [Int]
  }

  let trainer: TextVectorizerTrainer
  let memoryLimit: Int

  /// The terms that are put in parts at once: runs of one part are long enough to be read at the disk's speed.
  var chunkSize = 1 << 22
  /// What a term of the vocabulary takes while the parts become one: itself, its frequency and its bucket, twice.
  private static let bytesPerTerm = 48

  /// The terms of all documents.
  struct Spool {
    var offsets = [0]
    let fingerprints: SharedBufferBuilder<UInt64>
    let counts: SharedBufferBuilder<UInt32>
    /// The fingerprints again, in chunks, by their top byte within each.
    let parts: SharedBufferBuilder<UInt64>
    /// Where the parts of each chunk begin, and where the last one ends: 257 places a chunk.
    var partStarts: [Int] = []
    /// Batches that have not gone to ``parts`` yet.
    var pending: [Counts] = []
    var pendingCount = 0
  }

  func makeSpool() throws(DatelineError) -> Spool {
    try DatelineError.spooling { () throws(SpoolError) in
      Spool(
        fingerprints: try SharedBufferBuilder(spooled: true), counts: try SharedBufferBuilder(spooled: true),
        parts: try SharedBufferBuilder(spooled: true))
    }
  }

  func count(_ batch: DocumentBatch) -> Counts {
    let terms = TermCounts(batch, trainer.extractor)
    let partStarts = TermParts.starts(terms.fingerprints)
    var next = partStarts
    let parts = [UInt64](unsafeUninitializedCapacity: terms.fingerprints.count) { parts, count in
      for fingerprint in terms.fingerprints {
        let part = TermParts.part(of: fingerprint)
        parts.initializeElement(at: next[part], to: fingerprint)
        next[part] += 1
      }
      count = terms.fingerprints.count
    }
    return Counts(terms: terms, parts: parts, partStarts: partStarts)
  }

  func append(_ counts: Counts, to spool: inout Spool) throws(DatelineError) {
    let start = spool.offsets[spool.offsets.count - 1]
    for offset in counts.terms.offsets.dropFirst() { spool.offsets.append(start + offset) }
    do {
      try spool.fingerprints.append(counts.terms.fingerprints.span)
      try spool.counts.append(counts.terms.counts.span)
      var pending = counts
      pending.terms = TermCounts()
      spool.pending.append(pending)
      spool.pendingCount += counts.parts.count
      if spool.pendingCount >= chunkSize { try ExactSpoolTrainer.writeParts(&spool) }
    } catch { throw DatelineError(error) }
  }

  private static func writeParts(_ spool: inout Spool) throws(SpoolError) {
    for part in 0..<256 {
      spool.partStarts.append(spool.parts.count)
      for batch in spool.pending {
        try spool.parts.append(batch.parts.span.extracting(batch.partStarts[part]..<batch.partStarts[part + 1]))
      }
    }
    spool.partStarts.append(spool.parts.count)
    spool.pending = []
    spool.pendingCount = 0
  }

  func fit(
    _ spool: Spool, workers: WorkerPool
  ) throws(DatelineError) -> (vectorizer: any Vectorizer, features: CSRMatrix) {
    let parameters = trainer.parameters
    let documents = spool.offsets.count - 1
    let terms = try terms(of: spool, documents: documents, workers: workers)
    guard !terms.fingerprints.isEmpty else {
      throw trainer.noTermLeft(documents: documents, hasWords: spool.offsets.last ?? 0 > 0)
    }
    let index = FeatureIndex.exact(try Vocabulary(terms.fingerprints))
    let weighting = TermWeighting(
      parameters: parameters, documentCount: documents,
      documentFrequencies: parameters.usesIDF ? DocumentFrequencies(terms.documentFrequencies) : nil)
    let matrix = try DatelineError.spooling { () throws(SpoolError) in
      try ExactSpoolTrainer.matrix(spool, index, weighting, workers)
    }
    let vectorizer = TextVectorizer(
      extractor: trainer.extractor, features: index, weighting: weighting, canGrow: parameters.keepsAllTerms)
    return (vectorizer, matrix)
  }

  /// The terms that are kept, ascending, with their frequencies.
  private func terms(
    of spool: Spool, documents: Int, workers: WorkerPool
  ) throws(DatelineError) -> (fingerprints: [UInt64], documentFrequencies: [UInt32]) {
    var spool = spool
    let parts = try DatelineError.spooling { () throws(SpoolError) in
      try ExactSpoolTrainer.writeParts(&spool)
      return try spool.parts.finish()
    }
    let starts = spool.partStarts
    let chunks = starts.count / 257
    func size(_ part: Int) -> Int {
      (0..<chunks).reduce(0) { $0 + starts[$1 * 257 + part + 1] - starts[$1 * 257 + part] }
    }
    let largest = (0..<256).reduce(0) { max($0, size($1)) }
    // A part and the copy that sorting needs.
    try check(16 * largest, "sorting the terms", of: memoryLimit / 2)
    let threads = max(1, min(workers.threadCount, memoryLimit / 4 / max(1, 16 * largest)))
    let pool = threads < workers.threadCount ? WorkerPool(threads: threads) : workers
    let (minimum, maximum) = (trainer.parameters.minimumDocuments, trainer.maximumDocuments(of: documents))
    var kept: (fingerprints: [UInt64], documentFrequencies: [UInt32]) = ([], [])
    for first in stride(from: 0, to: 256, by: 4 * pool.threadCount) {
      let round = min(4 * pool.threadCount, 256 - first)
      let found = pool.map(round) { number in
        var numbers: [UInt64] = []
        for chunk in 0..<chunks {
          let run = starts[chunk * 257 + first + number]..<starts[chunk * 257 + first + number + 1]
          parts.withUnsafeBufferPointer { numbers += $0[run] }
          parts.release(run)
        }
        return TermSort.terms(of: &numbers, atLeast: minimum, atMost: maximum)
      }
      for part in found {
        kept.fingerprints += part.fingerprints
        kept.documentFrequencies += part.documentFrequencies
      }
      let needed = kept.fingerprints.count * 256 / (first + round) * ExactSpoolTrainer.bytesPerTerm
      try check(
        needed, "a vocabulary of about \(kept.fingerprints.count * 256 / (first + round)) terms", of: memoryLimit / 2)
    }
    return kept
  }

  private func check(_ needed: Int, _ what: String, of limit: Int) throws(DatelineError) {
    guard needed > limit else { return }
    throw DatelineError(
      .usage,
      "\(what) takes \(MemorySize.describe(needed)), which is too much of the \(MemorySize.describe(memoryLimit)) that are allowed: allow more, --set min-df= to a larger number than \(trainer.parameters.minimumDocuments), or --set vocabulary=hashed"
    )
  }

  private static func matrix(
    _ spool: Spool, _ index: FeatureIndex, _ weighting: TermWeighting, _ workers: WorkerPool
  ) throws(SpoolError) -> CSRMatrix {
    let (fingerprints, counts) = (try spool.fingerprints.finish(), try spool.counts.finish())
    let indices = try SharedBufferBuilder<UInt32>(spooled: true)
    let values = try SharedBufferBuilder<Float>(spooled: true)
    let terms = spool.offsets
    var offsets = [0]
    offsets.reserveCapacity(terms.count)
    var rows = RowPieces(offsets: terms)
    try workers.pipeline(
      next: { () throws(SpoolError) in rows.next() },
      transform: { rows in
        var piece: (lengths: [Int], indices: [UInt32], values: [Float]) = ([], [], [])
        var (cells, table): ([UInt64], [UInt64]) = ([], [])
        fingerprints.withSpan { fingerprints in
          counts.withSpan { counts in
            for row in rows {
              let range = terms[row]..<terms[row + 1]
              let found = index.cells(
                fingerprints: fingerprints.extracting(range), counts: counts.extracting(range), in: &cells,
                table: &table)
              for cell in cells[..<found] { piece.indices.append(UInt32(truncatingIfNeeded: cell >> 32)) }
              weighting.weigh(cells.span.extracting(..<found), into: &piece.values)
              piece.lengths.append(found)
            }
          }
        }
        fingerprints.release(terms[rows.lowerBound]..<terms[rows.upperBound])
        counts.release(terms[rows.lowerBound]..<terms[rows.upperBound])
        return piece
      },
      consume: { (piece: (lengths: [Int], indices: [UInt32], values: [Float])) throws(SpoolError) in
        for length in piece.lengths { offsets.append(offsets[offsets.count - 1] + length) }
        try indices.append(piece.indices.span)
        try values.append(piece.values.span)
      })
    return CSRMatrix(
      columnCount: index.count, rowOffsets: offsets, columnIndices: try indices.finish(),
      values: try values.finish())
  }
}
