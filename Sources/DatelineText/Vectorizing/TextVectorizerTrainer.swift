public import DatelineCore
public import DatelineParallel
public import DatelineVectors

/// Learns a text vectorizer: which terms are features, and how much rare ones count.
///
/// A batch is counted into the distinct terms of its documents, on any thread. Fitting merges the batches in 256 parts
/// by the terms' top bits, so the result does not depend on the number of threads.
public struct TextVectorizerTrainer: VectorizerTrainer {
  /// The distinct terms of the documents of one batch.
  public struct Counts: Sendable {
    /// Where each document's terms begin; one more than there are documents.
    var offsets: [Int] = [0]
    /// The terms, document after document.
    var fingerprints: [UInt64] = []
    /// How often each term occurs in its document.
    var counts: [UInt32] = []
    /// The same fingerprints by their top byte: those of part `p` are `parts[partStarts[p]..<partStarts[p + 1]]`.
    var parts: [UInt64] = []
    var partStarts: [Int] = []

    var documentCount: Int { offsets.count - 1 }
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
    var result = Counts()
    var scratch = VectorizerScratch()
    let bytes = batch.bytes.span
    // About one distinct word in six bytes, and as many n-grams of each length: growing would copy everything.
    let expected = bytes.count / 6 * parameters.ngrams.count
    result.fingerprints.reserveCapacity(expected)
    result.counts.reserveCapacity(expected)
    result.offsets.reserveCapacity(batch.count + 1)
    for record in batch.records {
      extractor.extract(title: bytes.extracting(record.title), body: bytes.extracting(record.body), scratch: &scratch)
      result.fingerprints += scratch.counts.fingerprints
      result.counts += scratch.counts.counts
      result.offsets.append(result.fingerprints.count)
    }
    if parameters.hashBits == nil { result.partition() }
    return result
  }

  /// The vectorizer that follows from all batches, and their documents as vectors.
  public func fit(
    _ counts: [Counts], workers: WorkerPool
  ) throws(DatelineError) -> (vectorizer: any Vectorizer, features: CSRMatrix) {
    let documents = counts.reduce(0) { $0 + $1.documentCount }
    let maximum = maximumDocuments(of: documents)
    let index: FeatureIndex
    let frequencies: [UInt32]
    if let bits = parameters.hashBits {
      index = .hashed(bits: bits)
      frequencies = parameters.usesIDF ? hashedFrequencies(counts, bits: bits) : []
    } else {
      let terms = Counts.terms(of: counts, atLeast: parameters.minimumDocuments, atMost: maximum, workers: workers)
      guard !terms.fingerprints.isEmpty else {
        throw noTermLeft(documents: documents, hasWords: !counts.allSatisfy(\.fingerprints.isEmpty))
      }
      index = .exact(try Vocabulary(terms.fingerprints))
      frequencies = terms.documentFrequencies
    }
    let weighting = TermWeighting(
      parameters: parameters, documentCount: documents,
      documentFrequencies: parameters.usesIDF ? DocumentFrequencies(frequencies) : nil)
    let matrix = Counts.matrix(counts, index, weighting, workers: workers)
    let vectorizer = TextVectorizer(
      extractor: extractor, features: index, weighting: weighting, canGrow: parameters.keepsAllTerms)
    return (vectorizer, matrix)
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
    for batch in counts {
      for place in 0..<batch.offsets.count - 1 {
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

extension TextVectorizerTrainer.Counts {
  /// Sorts a copy of the fingerprints by their top byte.
  fileprivate mutating func partition() {
    var starts = [Int](repeating: 0, count: 257)
    for fingerprint in fingerprints { starts[Int(fingerprint >> 56) + 1] += 1 }
    for part in 0..<256 { starts[part + 1] += starts[part] }
    var next = starts
    parts = [UInt64](unsafeUninitializedCapacity: fingerprints.count) { buffer, count in
      for fingerprint in fingerprints {
        let part = Int(fingerprint >> 56)
        buffer.initializeElement(at: next[part], to: fingerprint)
        next[part] += 1
      }
      count = fingerprints.count
    }
    partStarts = starts
  }

  /// The terms whose document frequency is within the limits, ascending, with their frequencies.
  static func terms(
    of batches: [Self], atLeast minimum: Int, atMost maximum: Int, workers: WorkerPool
  ) -> (fingerprints: [UInt64], documentFrequencies: [UInt32]) {
    let parts = workers.map(256) { part in
      var numbers: [UInt64] = []
      numbers.reserveCapacity(batches.reduce(0) { $0 + $1.partStarts[part + 1] - $1.partStarts[part] })
      for batch in batches { numbers += batch.parts[batch.partStarts[part]..<batch.partStarts[part + 1]] }
      return terms(of: &numbers, atLeast: minimum, atMost: maximum)
    }
    return (parts.flatMap(\.fingerprints), parts.flatMap(\.documentFrequencies))
  }

  /// The same of the fingerprints of one part, which are sorted here.
  static func terms(
    of numbers: inout [UInt64], atLeast minimum: Int, atMost maximum: Int
  ) -> (fingerprints: [UInt64], documentFrequencies: [UInt32]) {
    var scratch: [UInt64] = []
    RadixSort.sort(&numbers, scratch: &scratch)
    var kept: (fingerprints: [UInt64], documentFrequencies: [UInt32]) = ([], [])
    var place = 0
    while place < numbers.count {
      var end = place + 1
      while end < numbers.count, numbers[end] == numbers[place] { end += 1 }
      if end - place >= minimum, end - place <= maximum {
        kept.fingerprints.append(numbers[place])
        kept.documentFrequencies.append(UInt32(end - place))
      }
      place = end
    }
    return kept
  }

  private static func joined<Element>(_ pieces: [[Element]], count: Int) -> SharedBuffer<Element> {
    SharedBuffer(count: count) { memory in
      var start = 0
      for piece in pieces {
        _ = memory[start..<start + piece.count].initialize(from: piece)
        start += piece.count
      }
    }
  }

  /// The documents of all batches as rows of a matrix, in order.
  static func matrix(
    _ batches: [Self], _ index: FeatureIndex, _ weighting: TermWeighting, workers: WorkerPool
  ) -> CSRMatrix {
    let pieces = workers.map(batches.count) { number in
      let batch = batches[number]
      var piece: (lengths: [Int], indices: [UInt32], values: [Float]) = ([], [], [])
      piece.indices.reserveCapacity(batch.fingerprints.count)
      piece.values.reserveCapacity(batch.fingerprints.count)
      var cells: [UInt64] = []
      for document in 0..<batch.offsets.count - 1 {
        let range = batch.offsets[document]..<batch.offsets[document + 1]
        index.cells(
          fingerprints: batch.fingerprints.span.extracting(range), counts: batch.counts.span.extracting(range),
          into: &cells)
        for cell in cells { piece.indices.append(UInt32(truncatingIfNeeded: cell >> 32)) }
        weighting.weigh(cells.span, into: &piece.values)
        piece.lengths.append(cells.count)
      }
      return piece
    }
    var offsets = [0]
    offsets.reserveCapacity(pieces.reduce(1) { $0 + $1.lengths.count })
    var total = 0
    for length in pieces.lazy.flatMap(\.lengths) {
      total += length
      offsets.append(total)
    }
    return CSRMatrix(
      columnCount: index.count, rowOffsets: offsets, columnIndices: joined(pieces.map(\.indices), count: total),
      values: joined(pieces.map(\.values), count: total))
  }
}
