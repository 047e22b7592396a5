import DatelineCore
import DatelineVectors

/// Learns a smaller model: with weights in fewer bits, and of fewer features.
///
/// Which features stay is decided by their influence on the full model's scores: Σ x² · Σ (w − w̄)² of a feature with
/// the values x in the documents and the weights w of the labels, which is what its absence would add to the squared
/// differences between labels, features taken to be independent. The smaller model is then learnt from what is left of
/// the documents, so that its other features make up for those that are gone as far as they can.
struct ModelReduction: Sendable {
  let plugin: any ClassifierPlugin
  let vectorizer: any Vectorizer
  /// The parameters of the full model.
  let fullParameters: Hyperparameters
  /// The parameters of the smaller one.
  private(set) var parameters: Hyperparameters
  /// How many features stay; `nil` for all.
  var featureCount: Int?

  private static let bits = "weight-bits"

  /// A reduction to the fewest bits that the family has, with all features.
  init(
    plugin: any ClassifierPlugin, vectorizer: any Vectorizer, parameters: Hyperparameters
  ) throws(DatelineError) {
    self.plugin = plugin
    self.vectorizer = vectorizer
    fullParameters = parameters
    self.parameters =
      plugin.description.parameters[ModelReduction.bits] == nil
      ? parameters : try parameters.setting(ModelReduction.bits, to: .choice("8"))
  }

  /// A smaller model's parts.
  struct Part {
    var set: TrainingSet
    var vectorizer: any Vectorizer
  }

  /// The documents, and their vectorizer, in the features that stay.
  ///
  /// - Parameters:
  ///   - set: The documents.
  ///   - classifier: The full model's classifier, learnt from them.
  func part(of set: TrainingSet, by classifier: any Classifier) throws(DatelineError) -> Part {
    guard let featureCount else { return Part(set: set, vectorizer: vectorizer) }
    let features = try features(featureCount, by: classifier, of: set)
    let vectorizer = try reducible()
    return Part(
      set: try reduced(set, by: vectorizer.reduction(to: features), count: features.count),
      vectorizer: try vectorizer.selecting(features: features))
  }

  /// Learns the full model, chooses features, and learns the smaller model from them: all of it from these documents
  /// alone, so that others can tell how good it is.
  func train(
    _ set: TrainingSet, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    guard let featureCount else { return try plugin.train(set, parameters: parameters, context: context) }
    let full = try plugin.train(set, parameters: fullParameters, context: context).model
    let features = try features(featureCount, by: full, of: set)
    let reduction = try reducible().reduction(to: features)
    let (model, report) = try plugin.train(
      try reduced(set, by: reduction, count: features.count), parameters: parameters, context: context)
    return (ReducedClassifier(model: model, reduction: reduction, featureCount: set.features.columnCount), report)
  }

  private func reducible() throws(DatelineError) -> any ReducibleVectorizer {
    guard let reducible = vectorizer as? any ReducibleVectorizer else {
      throw DatelineError(.usage, "the vectorizer cannot leave features out: allow a larger model")
    }
    return reducible
  }

  private func reduced(
    _ set: TrainingSet, by reduction: any FeatureReduction, count: Int
  ) throws(DatelineError) -> TrainingSet {
    let rows = set.features
    let features = try DatelineError.spooling { () throws(SpoolError) in
      var offsets = [0]
      offsets.reserveCapacity(set.count + 1)
      let indices = try SharedBufferBuilder<UInt32>(spooled: rows.isSpooled)
      let values = try SharedBufferBuilder<Float>(spooled: rows.isSpooled)
      var row = SparseVector()
      try rows.forEachBlock { (block: Range<Int>) throws(SpoolError) in
        for document in block {
          let range = rows.range(ofRow: document)
          rows.columnIndices.withSpan { indices in
            rows.values.withSpan { values in
              reduction.reduce(indices: indices.extracting(range), values: values.extracting(range), into: &row)
            }
          }
          try indices.append(row.indices.span)
          try values.append(row.values.span)
          offsets.append(indices.count)
        }
      }
      return CSRMatrix(
        columnCount: count, rowOffsets: offsets, columnIndices: try indices.finish(), values: try values.finish())
    }
    // Candidates are gone: their features would have other numbers now.
    return try TrainingSet(domain: set.domain, features: features, targets: set.targets, weights: set.weights)
  }

  /// The features of the largest influence, ascending.
  private func features(
    _ count: Int, by classifier: any Classifier, of set: TrainingSet
  ) throws(DatelineError) -> [Int] {
    guard let additive = classifier as? any AdditiveClassifier else {
      throw DatelineError(
        .usage, "the scores of \(plugin.description.identifier) are no sums, so no feature can be left out")
    }
    var influence = [Double](repeating: 0, count: set.features.columnCount)
    let rows = set.features
    rows.forEachBlock { block in
      for place in rows.rowOffsets[block.lowerBound]..<rows.rowOffsets[block.upperBound] {
        influence[Int(rows.columnIndices[place])] += Double(rows.values[place]) * Double(rows.values[place])
      }
    }
    for feature in influence.indices where influence[feature] > 0 {
      influence[feature] *= ModelReduction.spread(of: feature, additive, set.domain)
    }
    let order = influence.indices.sorted { (influence[$1], $0) < (influence[$0], $1) }
    return order.prefix(count).sorted()
  }

  private static func spread(of feature: Int, _ classifier: some AdditiveClassifier, _ domain: Domain) -> Double {
    var (sum, squares) = (0.0, 0.0)
    for label in 0..<domain.count {
      let weight = classifier.contribution(feature: feature, value: 1, label: label)
      sum += weight
      squares += weight * weight
    }
    return domain.kind == .exclusive ? max(0, squares - sum * sum / Double(domain.count)) : squares
  }
}

/// A classifier of few features, for documents in all of them.
private struct ReducedClassifier: Classifier {
  let model: any Classifier
  let reduction: any FeatureReduction
  let featureCount: Int

  var labelCount: Int { model.labelCount }
  var failure: DatelineError? { model.failure }

  func score(indices: Span<UInt32>, values: Span<Float>, into scores: inout MutableSpan<Double>) {
    var row = SparseVector()
    reduction.reduce(indices: indices, values: values, into: &row)
    model.score(indices: row.indices.span, values: row.values.span, into: &scores)
  }

  func payloads() throws(DatelineError) -> [Payload] {
    throw DatelineError(.internal, "a classifier for trying features out has no file")
  }
}
