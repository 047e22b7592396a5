public import DatelineCore
import DatelineParallel
import DatelineVectors

extension TextVectorizerTrainer {
  /// The same training with what is counted in temporary files.
  public func spooling(memoryLimit: Int) -> (any SpoolingVectorizerTrainer)? {
    if let bits = parameters.hashBits {
      return HashedSpoolTrainer(trainer: self, bits: bits, memoryLimit: memoryLimit)
    }
    return ExactSpoolTrainer(trainer: self, memoryLimit: memoryLimit)
  }
}

/// Learns a vectorizer of a hashed vocabulary on disk.
///
/// A term's feature is known when it is read. So the features of the documents go to one file as they are, and their
/// counts to another one, which a second pass turns into weights.
struct HashedSpoolTrainer: SpoolingVectorizerTrainer {
  let trainer: TextVectorizerTrainer
  let bits: Int
  let memoryLimit: Int

  /// The rows of the documents of a batch.
  struct Counts: Sendable {
    var lengths: [Int] = []
    var features: [UInt32] = []
    var counts: [UInt32] = []
  }

  /// The rows of all documents.
  struct Spool {
    var offsets = [0]
    let features: SharedBufferBuilder<UInt32>
    let counts: SharedBufferBuilder<UInt32>
    /// In how many documents each feature is; empty where nobody asks.
    var frequencies: [UInt32]
  }

  func makeSpool() throws(DatelineError) -> Spool {
    let needed = 16 << bits
    guard needed <= memoryLimit / 2 else {
      throw DatelineError(
        .usage,
        "a hashed vocabulary of 2^\(bits) features takes \(MemorySize.describe(needed)), which is too much of the \(MemorySize.describe(memoryLimit)) that are allowed: allow more, or --set hash-bits= to a smaller number"
      )
    }
    return try DatelineError.spooling { () throws(SpoolError) in
      Spool(
        features: try SharedBufferBuilder(spooled: true), counts: try SharedBufferBuilder(spooled: true),
        frequencies: trainer.parameters.usesIDF ? [UInt32](repeating: 0, count: 1 << bits) : [])
    }
  }

  func count(_ batch: DocumentBatch) -> Counts {
    var result = Counts()
    var scratch = VectorizerScratch()
    var (cells, table): ([UInt64], [UInt64]) = ([], [])
    let index = FeatureIndex.hashed(bits: bits)
    let bytes = batch.bytes.span
    for record in batch.records {
      trainer.extractor.extract(
        title: bytes.extracting(record.title), body: bytes.extracting(record.body), scratch: &scratch)
      let found = index.cells(
        fingerprints: scratch.counts.fingerprints.span, counts: scratch.counts.counts.span, in: &cells, table: &table)
      result.lengths.append(found)
      for cell in cells[..<found] {
        result.features.append(UInt32(truncatingIfNeeded: cell >> 32))
        result.counts.append(UInt32(truncatingIfNeeded: cell))
      }
    }
    return result
  }

  func append(_ counts: Counts, to spool: inout Spool) throws(DatelineError) {
    var end = spool.offsets[spool.offsets.count - 1]
    for length in counts.lengths {
      end += length
      spool.offsets.append(end)
    }
    if !spool.frequencies.isEmpty { for feature in counts.features { spool.frequencies[Int(feature)] += 1 } }
    do {
      try spool.features.append(counts.features.span)
      try spool.counts.append(counts.counts.span)
    } catch { throw DatelineError(error) }
  }

  func fit(
    _ spool: Spool, workers: WorkerPool
  ) throws(DatelineError) -> (vectorizer: any Vectorizer, features: CSRMatrix) {
    let offsets = spool.offsets
    let parameters = trainer.parameters
    let weighting = TermWeighting(
      parameters: parameters, documentCount: offsets.count - 1,
      documentFrequencies: parameters.usesIDF ? DocumentFrequencies(spool.frequencies) : nil)
    let matrix = try DatelineError.spooling { () throws(SpoolError) in
      let features = try spool.features.finish()
      let counts = try spool.counts.finish()
      let values = try SharedBufferBuilder<Float>(spooled: true)
      var rows = RowPieces(offsets: offsets)
      try workers.pipeline(
        next: { () throws(SpoolError) in rows.next() },
        transform: { rows in
          let weights = HashedSpoolTrainer.weights(of: rows, offsets, features, counts, weighting)
          features.release(offsets[rows.lowerBound]..<offsets[rows.upperBound])
          counts.release(offsets[rows.lowerBound]..<offsets[rows.upperBound])
          return weights
        },
        consume: { (weights: [Float]) throws(SpoolError) in try values.append(weights.span) })
      return CSRMatrix(
        columnCount: 1 << bits, rowOffsets: offsets, columnIndices: features, values: try values.finish())
    }
    let vectorizer = TextVectorizer(
      extractor: trainer.extractor, features: .hashed(bits: bits), weighting: weighting,
      canGrow: parameters.keepsAllTerms)
    return (vectorizer, matrix)
  }

  private static func weights(
    of rows: Range<Int>, _ offsets: [Int], _ features: SharedBuffer<UInt32>, _ counts: SharedBuffer<UInt32>,
    _ weighting: TermWeighting
  ) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(offsets[rows.upperBound] - offsets[rows.lowerBound])
    var cells: [UInt64] = []
    for row in rows {
      cells.removeAll(keepingCapacity: true)
      for place in offsets[row]..<offsets[row + 1] {
        cells.append(UInt64(features[place]) << 32 | UInt64(counts[place]))
      }
      weighting.weigh(cells.span, into: &values)
    }
    return values
  }
}

/// Rows in pieces of about a quarter of a million elements.
struct RowPieces {
  let offsets: [Int]
  private var start = 0

  init(offsets: [Int]) { self.offsets = offsets }

  mutating func next() -> Range<Int>? {
    guard start + 1 < offsets.count else { return nil }
    var end = start + 1
    while end + 1 < offsets.count, offsets[end] - offsets[start] < 1 << 18, end - start < 1 << 16 { end += 1 }
    defer { start = end }
    return start..<end
  }
}
