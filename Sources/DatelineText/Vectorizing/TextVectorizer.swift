public import DatelineCore
public import DatelineVectors

/// Turns a document into a sparse vector of word n-grams.
///
/// Cost: one pass over the text, then one look-up for every distinct n-gram, and a share of a sort where order is asked for.
public struct TextVectorizer: LocatingVectorizer {
  let extractor: TermExtractor
  let features: FeatureIndex
  let weighting: TermWeighting
  /// Whether every term of the training documents is a feature, so that further documents can be learnt exactly.
  let canGrow: Bool
  private let lineRequests: LineRequests

  init(extractor: TermExtractor, features: FeatureIndex, weighting: TermWeighting, canGrow: Bool) {
    self.extractor = extractor
    self.features = features
    self.weighting = weighting
    self.canGrow = canGrow
    lineRequests = features.lineRequests
  }

  /// The number of features.
  public var featureCount: Int { features.count }

  /// Turns one document into a vector.
  public func vectorize(
    title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch, into row: inout SparseVector
  ) {
    extractor.extract(title: title, body: body, scratch: &scratch, requesting: lineRequests)
    // Taken out while they are written to: the counts are read through the same scratch memory.
    var cells = exchange(&scratch.cells, with: [])
    var table = exchange(&scratch.table, with: [])
    let count = features.requestedCells(of: scratch.counts, in: &cells, table: &table)
    scratch.coverage = features.coverage(found: count, of: scratch.counts.count)
    FeatureIndex.request(cells.span.extracting(..<count), requests(scratch))
    row.replace(count: count) { indices, values in write(cells.span.extracting(..<count), &indices, &values) }
    scratch.cells = cells
    scratch.table = table
  }

  /// Turns one document into its features: in the order in which they first occur, but for a few that are looked for
  /// twice; those of a hashed vocabulary ascending.
  public func vectorize(
    title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch, unordered list: inout FeatureList
  ) {
    extractor.extract(title: title, body: body, scratch: &scratch, requesting: lineRequests)
    let requests = requests(scratch)
    // Taken out while they are written to: the counts are read through the same scratch memory.
    var cells = exchange(&scratch.cells, with: [])
    var table = exchange(&scratch.table, with: [])
    scratch.counts.withSpans { write($0, $1, in: &cells, table: &table, requesting: requests, unordered: &list) }
    scratch.coverage = features.coverage(found: list.count, of: scratch.counts.count)
    scratch.cells = cells
    scratch.table = table
  }

  /// Its terms; `nil` for those of a tokenizer of one's own, of which nobody knows what they depend on.
  public var termVectorizer: (any TermVectorizer)? {
    extractor.source.map { TextTermVectorizer(termSource: $0, vectorizer: self) }
  }

  fileprivate func countTerms(title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch) {
    extractor.extract(title: title, body: body, scratch: &scratch)
  }

  /// Turns the terms of one document into its features, in the same order.
  fileprivate func vectorize(
    _ terms: Span<UInt64>, _ counts: Span<UInt32>, scratch: inout VectorizerScratch, unordered list: inout FeatureList
  ) {
    features.fetch(terms)
    let requests = requests(scratch)
    write(terms, counts, in: &scratch.cells, table: &scratch.table, requesting: requests, unordered: &list)
    scratch.coverage = features.coverage(found: list.count, of: terms.count)
  }

  /// Writes the features of terms whose lines have been asked for.
  private func write(
    _ terms: Span<UInt64>, _ counts: Span<UInt32>, in cells: inout [UInt64], table: inout [UInt64],
    requesting requests: (RowRequests, RowRequests), unordered list: inout FeatureList
  ) {
    // What will be read of a feature is asked for as soon as it is found.
    let count = features.unorderedCells(terms, counts, in: &cells, table: &table, requesting: requests)
    let found = cells.span.extracting(..<count)
    list.replace(count: count) { indices, values in write(found, &indices, &values) }
  }

  /// What asks for that which is read of a feature: its frequency and its weights.
  private func requests(_ scratch: VectorizerScratch) -> (RowRequests, RowRequests) {
    (weighting.requests ?? .none, scratch.featureRequests ?? .none)
  }

  private func write(
    _ cells: Span<UInt64>, _ indices: inout MutableSpan<UInt32>, _ values: inout MutableSpan<Float>
  ) {
    for place in cells.indices { indices[place] = UInt32(truncatingIfNeeded: cells[place] &>> 32) }
    weighting.weigh(cells, into: &values)
  }

  /// Where the features of a document stand in its text.
  public func occurrences(title: Span<UInt8>, body: Span<UInt8>) -> [FeatureOccurrence] {
    var found: [FeatureOccurrence] = []
    func locate(_ text: Span<UInt8>, _ field: TextPlace.Field) {
      var inField: [FeatureOccurrence] = []
      extractor.locate(text, isTitle: field == .title) { fingerprint, bytes in
        guard let feature = features.feature(of: fingerprint) else { return }
        inField.append(FeatureOccurrence(feature: feature, place: TextPlace(field: field, bytes: bytes)))
      }
      inField.sort {
        ($0.place.bytes.lowerBound, $0.place.bytes.upperBound, $0.feature)
          < ($1.place.bytes.lowerBound, $1.place.bytes.upperBound, $1.feature)
      }
      found += inField
    }
    locate(title, .title)
    locate(body, .body)
    return found
  }

  /// The vocabulary and the document frequencies.
  public func payloads() -> [Payload] {
    var parts: [Payload] = []
    if case .exact(let vocabulary) = features { parts += vocabulary.payloads(growing: canGrow) }
    parts.append(Payload(name: "text.documents", [UInt64(weighting.documentCount)]))
    return parts + (weighting.documentFrequencies?.payloads() ?? [])
  }

  /// Brings a vectorizer back from the parts that ``payloads()`` gave.
  init(
    _ payloads: Payloads, parameters: TextParameters, tokenizer: any Tokenizer
  ) throws(DatelineError) {
    extractor = TermExtractor(tokenizer: tokenizer, parameters: parameters)
    if let bits = parameters.hashBits {
      features = .hashed(bits: bits)
      canGrow = parameters.keepsAllTerms
    } else {
      // Terms can have been left out since.
      canGrow = parameters.keepsAllTerms && Vocabulary.knowsFingerprints(payloads)
      features = .exact(try Vocabulary(payloads, growing: canGrow))
    }
    lineRequests = features.lineRequests
    let documents = try payloads.numbers("text.documents", as: UInt64.self, count: 1)[0]
    guard documents <= 1 << 53 else {
      throw DatelineError(.invalidData, "a vectorizer of \(documents) documents: the file is damaged")
    }
    weighting = TermWeighting(
      parameters: parameters, documentCount: Int(documents),
      documentFrequencies: parameters.usesIDF
        ? try DocumentFrequencies(payloads, featureCount: features.count) : nil)
  }
}

/// A vectorizer whose terms are those of Dateline's own tokenizer.
private struct TextTermVectorizer: TermVectorizer {
  let termSource: TermSource
  let vectorizer: TextVectorizer

  func countTerms(title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch) {
    vectorizer.countTerms(title: title, body: body, scratch: &scratch)
  }

  func vectorize(
    terms: Span<UInt64>, counts: Span<UInt32>, title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch,
    unordered features: inout FeatureList
  ) {
    vectorizer.vectorize(terms, counts, scratch: &scratch, unordered: &features)
  }
}
