public import DatelineCore
public import DatelineParallel
public import DatelineVectors

/// Learns a text vectorizer: which terms are features, and how much rare ones count.
///
/// A batch is counted into the distinct terms of its documents, on any thread. For an exact vocabulary they are sorted
/// into 256 parts by their top bits, in which all batches are merged (``VocabularyCounts``); so the result does not depend
/// on the number of threads.
public struct TextVectorizerTrainer: VectorizerTrainer {
  /// What has been counted in one batch: its terms by documents for a hashed vocabulary, by parts for an exact one. The
  /// other one is empty.
  public struct Counts: Sendable {
    var terms = TermCounts()
    var parts = PartitionedTerms(TermCounts())

    var documentCount: Int { terms.documentCount + parts.documentCount }
    var isEmpty: Bool { terms.fingerprints.isEmpty && parts.fingerprints.isEmpty }
  }

  let parameters: TextParameters
  private let tokenizer: any Tokenizer
  let extractor: TermExtractor

  /// A trainer.
  public init(parameters: TextParameters, tokenizer: any Tokenizer = WordTokenizer()) {
    self.parameters = parameters
    self.tokenizer = tokenizer
    extractor = TermExtractor(tokenizer: tokenizer, parameters: parameters)
  }

  /// Counts a batch.
  public func count(_ batch: DocumentBatch) -> Counts {
    let terms = TermCounts(batch, extractor)
    return parameters.hashBits == nil ? Counts(parts: PartitionedTerms(terms)) : Counts(terms: terms)
  }

  /// The vectorizer that follows from all batches, and their documents as vectors.
  public func fit(
    _ counts: [Counts], workers: WorkerPool
  ) throws(DatelineError) -> (vectorizer: any Vectorizer, features: CSRMatrix) {
    let documents = counts.reduce(0) { $0 + $1.documentCount }
    if let bits = parameters.hashBits {
      let index = FeatureIndex.hashed(bits: bits)
      let weighting = weighting(documents, parameters.usesIDF ? hashedFrequencies(counts, bits: bits) : [])
      return (
        vectorizer(index, weighting),
        TextVectorizerTrainer.matrix(counts.map(\.terms), index, weighting, workers: workers)
      )
    }
    let kept = VocabularyCounts(
      counts.map(\.parts), atLeast: parameters.minimumDocuments, atMost: maximumDocuments(of: documents),
      workers: workers)
    guard !kept.fingerprints.isEmpty else {
      throw noTermLeft(documents: documents, hasWords: !counts.allSatisfy(\.isEmpty))
    }
    let vocabulary = try Vocabulary(kept.fingerprints)
    let weighting = weighting(documents, kept.documentFrequencies)
    return (
      vectorizer(.exact(vocabulary), weighting),
      kept.matrix(columnCount: vocabulary.count, weighting, workers: workers)
    )
  }

  func weighting(_ documents: Int, _ frequencies: [UInt32]) -> TermWeighting {
    TermWeighting(
      parameters: parameters, documentCount: documents,
      documentFrequencies: parameters.usesIDF ? DocumentFrequencies(frequencies) : nil)
  }

  private func vectorizer(_ index: FeatureIndex, _ weighting: TermWeighting) -> TextVectorizer {
    TextVectorizer(extractor: extractor, features: index, weighting: weighting, canGrow: parameters.keepsAllTerms)
  }

  /// In how many documents a feature may be.
  func maximumDocuments(of documents: Int) -> Int {
    Int((parameters.maximumShare * Double(documents) * (1 + 1e-12)).rounded(.down))
  }

  func noTermLeft(documents: Int, hasWords: Bool) -> DatelineError {
    let maximum = maximumDocuments(of: documents)
    let range =
      "at least \(parameters.minimumDocuments) (min-df)"
      + (maximum < documents ? " and at most \(maximum) (max-df)" : "") + " of the \(documents) documents"
    let remedy =
      !hasWords
      ? "they hold no words: check the text fields"
      : maximum < parameters.minimumDocuments
        ? "--set max-df to a larger share"
        : "give more text, or --set min-df=1" + (maximum < documents ? " or max-df=1" : "")
    return DatelineError(.invalidData, "no term is in \(range): \(remedy)")
  }

  func hashedFrequencies(_ counts: [Counts], bits: Int) -> [UInt32] {
    var frequencies = [UInt32](repeating: 0, count: 1 << bits)
    var lastDocument = [Int32](repeating: -1, count: 1 << bits)
    var document: Int32 = 0
    for batch in counts.lazy.map(\.terms) {
      for place in 0..<batch.documentCount {
        for term in batch.offsets[place]..<batch.offsets[place + 1] {
          let feature = Int(truncatingIfNeeded: batch.fingerprints[term] >> UInt64(64 - bits))
          if lastDocument[feature] != document { frequencies[feature] += 1 }
          lastDocument[feature] = document
        }
        document += 1
      }
    }
    return frequencies
  }
}

extension TextVectorizerTrainer {
  /// The documents of all batches as rows of a matrix, in order.
  static func matrix(
    _ batches: [TermCounts], _ index: FeatureIndex, _ weighting: TermWeighting, workers: WorkerPool
  ) -> CSRMatrix {
    let pieces = workers.map(batches.count) { number in
      let batch = batches[number]
      var piece: (lengths: [Int], indices: [UInt32], values: [Float]) = ([], [], [])
      piece.indices.reserveCapacity(batch.fingerprints.count)
      piece.values.reserveCapacity(batch.fingerprints.count)
      var (cells, table): ([UInt64], [UInt64]) = ([], [])
      for document in 0..<batch.documentCount {
        let range = batch.offsets[document]..<batch.offsets[document + 1]
        let found = index.cells(
          fingerprints: batch.fingerprints.span.extracting(range), counts: batch.counts.span.extracting(range),
          in: &cells, table: &table)
        for cell in cells[..<found] { piece.indices.append(UInt32(truncatingIfNeeded: cell >> 32)) }
        weighting.weigh(cells.span.extracting(..<found), into: &piece.values)
        piece.lengths.append(found)
      }
      return piece
    }
    var offsets = [0]
    offsets.reserveCapacity(pieces.reduce(1) { $0 + $1.lengths.count })
    var bounds = [0]
    for piece in pieces {
      for length in piece.lengths { offsets.append(offsets[offsets.count - 1] + length) }
      bounds.append(bounds[bounds.count - 1] + piece.indices.count)
    }
    return CSRMatrix(
      columnCount: index.count, rowOffsets: offsets,
      columnIndices: SharedBuffer(workers: workers, bounds: bounds) { piece, memory in
        for place in memory.indices { memory[place] = pieces[piece].indices[place] }
      },
      values: SharedBuffer(workers: workers, bounds: bounds) { piece, memory in
        for place in memory.indices { memory[place] = pieces[piece].values[place] }
      })
  }
}
