public import DatelineCore
public import DatelineParallel
public import DatelineVectors

extension TextVectorizerTrainer: ExtendingVectorizerTrainer {
  /// The vectorizer that follows from the earlier and the further documents together, and the further ones as vectors.
  public func fit(
    _ counts: [Counts], extending vectorizer: any Vectorizer, workers: WorkerPool
  ) throws(DatelineError) -> (vectorizer: any Vectorizer, features: CSRMatrix, featureMap: [Int]) {
    guard let earlier = vectorizer as? TextVectorizer else {
      throw DatelineError(.usage, "only a text vectorizer can be extended by a text vectorizer")
    }
    guard parameters.keepsAllTerms else {
      throw DatelineError(
        .usage,
        "the model left out terms of fewer than \(parameters.minimumDocuments) or more than \((parameters.maximumShare * 100).fixed(0)) % of the documents, so it cannot learn on: train it with --set min-df=1 --set max-df=1"
      )
    }
    guard earlier.canGrow else {
      throw DatelineError(
        .usage, "the model left out terms to keep its file small, so it cannot learn on: train without --max-model-size"
      )
    }
    let known = earlier.weighting.documentFrequencies?.array() ?? []
    let documents = earlier.weighting.documentCount + counts.reduce(0) { $0 + $1.documentCount }
    func extended(_ index: FeatureIndex, _ weighting: TermWeighting) -> TextVectorizer {
      TextVectorizer(extractor: extractor, features: index, weighting: weighting, canGrow: true)
    }
    switch earlier.features {
    case .hashed(let bits):
      let frequencies = known.isEmpty ? [] : zip(known, hashedFrequencies(counts, bits: bits)).map { $0 &+ $1 }
      let weighting = weighting(documents, frequencies)
      let matrix = TextVectorizerTrainer.matrix(counts.map(\.terms), earlier.features, weighting, workers: workers)
      return (extended(earlier.features, weighting), matrix, Array(0..<earlier.features.count))
    case .exact(let vocabulary):
      let terms = VocabularyCounts(counts.map(\.parts), atLeast: 1, atMost: Int.max, workers: workers)
      let union = Union(vocabulary.fingerprints?.array() ?? [], known, terms.fingerprints, terms.documentFrequencies)
      let weighting = weighting(documents, union.frequencies)
      let matrix = terms.matrix(
        features: union.secondMap, columnCount: union.fingerprints.count, weighting, workers: workers)
      return (extended(.exact(try Vocabulary(union.fingerprints)), weighting), matrix, union.firstMap)
    }
  }
}

/// Two ascending lists of fingerprints as one, with the sums of their frequencies.
private struct Union {
  var fingerprints: [UInt64] = []
  var frequencies: [UInt32] = []
  /// For each fingerprint of the first list its place in the union.
  var firstMap: [Int] = []
  /// The same for the second list.
  var secondMap: [Int] = []

  init(_ first: [UInt64], _ firstFrequencies: [UInt32], _ second: [UInt64], _ secondFrequencies: [UInt32]) {
    fingerprints.reserveCapacity(first.count + second.count)
    var left = 0
    var right = 0
    while left < first.count || right < second.count {
      let takesLeft = right == second.count || (left < first.count && first[left] <= second[right])
      let takesRight = left == first.count || (right < second.count && second[right] <= first[left])
      var frequency: UInt32 = 0
      if takesLeft { frequency &+= firstFrequencies.isEmpty ? 0 : firstFrequencies[left] }
      if takesRight { frequency &+= secondFrequencies[right] }
      if takesLeft { firstMap.append(fingerprints.count) }
      if takesRight { secondMap.append(fingerprints.count) }
      fingerprints.append(takesLeft ? first[left] : second[right])
      frequencies.append(frequency)
      left += takesLeft ? 1 : 0
      right += takesRight ? 1 : 0
    }
  }
}
