public import DatelineCore
public import DatelineVectors

/// A vectorizer with the features of an extractor behind its own.
public struct ExtendedVectorizer: LocatingVectorizer {
  let base: any Vectorizer
  let extractor: any FeatureExtractor

  init(base: any Vectorizer, extractor: any FeatureExtractor) {
    self.base = base
    self.extractor = extractor
  }

  /// The number of features of both.
  public var featureCount: Int { base.featureCount + extractor.featureCount }

  /// Turns one document into a vector. Costs what both cost.
  public func vectorize(
    title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch, into row: inout SparseVector
  ) {
    base.vectorize(title: title, body: body, scratch: &scratch, into: &row)
    // Taken out while it is written to, as the memory of a thread lasts longer than a document.
    var further = exchange(&scratch.extracted, with: SparseVector())
    extractor.extract(title: title, body: body, into: &further)
    row.append(further, from: UInt32(base.featureCount))
    scratch.coverage?.known += extractor.knownTermCount(further)
    scratch.extracted = further
  }

  /// Turns one document into the features of both, those of the base in any order.
  public func vectorize(
    title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch, unordered features: inout FeatureList
  ) {
    base.vectorize(title: title, body: body, scratch: &scratch, unordered: &features)
    append(title: title, body: body, scratch: &scratch, to: &features)
  }

  /// The terms of the base, with the features of the extractor behind theirs.
  public var termVectorizer: (any TermVectorizer)? {
    base.termVectorizer.map { ExtendedTermVectorizer(base: $0, vectorizer: self) }
  }

  fileprivate func append(
    title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch, to features: inout FeatureList
  ) {
    var further = exchange(&scratch.extracted, with: SparseVector())
    extractor.extract(title: title, body: body, into: &further)
    features.append(further, from: UInt32(base.featureCount))
    scratch.coverage?.known += extractor.knownTermCount(further)
    scratch.extracted = further
  }

  /// Where the features of both stand: the title's before the body's.
  public func occurrences(title: Span<UInt8>, body: Span<UInt8>) -> [FeatureOccurrence] {
    let own = (base as? any LocatingVectorizer)?.occurrences(title: title, body: body) ?? []
    let first = UInt32(base.featureCount)
    let further = extractor.occurrences(title: title, body: body).map {
      FeatureOccurrence(feature: first + $0.feature, place: $0.place)
    }
    return (own + further).sorted { ExtendedVectorizer.order($0) < ExtendedVectorizer.order($1) }
  }

  private static func order(_ occurrence: FeatureOccurrence) -> (Int, Int, Int, UInt32) {
    let bytes = occurrence.place.bytes
    return (occurrence.place.field == .title ? 0 : 1, bytes.lowerBound, bytes.upperBound, occurrence.feature)
  }

  /// The extractor's name of a feature, or what the base calls it.
  public func name(of feature: Int) -> String? {
    feature < base.featureCount
      ? (base as? any LocatingVectorizer)?.name(of: feature) : extractor.name(of: feature - base.featureCount)
  }

  /// The candidates of the extractor, or else of the base.
  public var candidates: CandidateFeatures? {
    guard var candidates = extractor.candidates else { return base.candidates }
    candidates.first += base.featureCount
    return candidates
  }

  /// The parts of both.
  public func payloads() -> [Payload] { base.payloads() + extractor.payloads() }
}

/// An extended vectorizer whose base counts terms.
private struct ExtendedTermVectorizer: TermVectorizer {
  let base: any TermVectorizer
  let vectorizer: ExtendedVectorizer

  var termSource: TermSource { base.termSource }

  func countTerms(title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch) {
    base.countTerms(title: title, body: body, scratch: &scratch)
  }

  func vectorize(
    terms: Span<UInt64>, counts: Span<UInt32>, title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch,
    unordered features: inout FeatureList
  ) {
    base.vectorize(terms: terms, counts: counts, title: title, body: body, scratch: &scratch, unordered: &features)
    vectorizer.append(title: title, body: body, scratch: &scratch, to: &features)
  }
}
