import DatelineCore
import DatelineEvaluation
import DatelineVectors

/// Memory for one thread that applies a model to many documents.
struct ModelScratch {
  var vectorizer: VectorizerScratch
  var row = SparseVector()
  var probabilities: [Double] = []
  var nodes: [Double] = []
  var text = PassageText()
  /// How many passages the score is the mean of.
  var passageCount = 1

  init(_ model: Model) { vectorizer = VectorizerScratch(featureRequests: model.classifier.featureRequests) }
}

extension Model {
  /// Fills `scratch.probabilities` with one probability a label.
  ///
  /// - Returns: Whether the document holds any term that the model knows.
  func computeProbabilities(title: Span<UInt8>, body: Span<UInt8>, scratch: inout ModelScratch) -> Bool {
    let isKnown = computeScores(title: title, body: body, scratch: &scratch)
    var scores = scratch.probabilities.mutableSpan
    manifest.calibrator.calibrate(&scores)
    return isKnown
  }

  /// Fills `scratch.probabilities` with one score a label.
  ///
  /// - Returns: Whether the document holds any term that the model knows.
  func computeScores(title: Span<UInt8>, body: Span<UInt8>, scratch: inout ModelScratch) -> Bool {
    vectorizer.vectorize(title: title, body: body, scratch: &scratch.vectorizer, into: &scratch.row)
    if scratch.probabilities.count != domain.count {
      scratch.probabilities = [Double](repeating: 0, count: domain.count)
    }
    let row = scratch.row
    var scores = scratch.probabilities.mutableSpan
    classifier.score(indices: row.indices.span, values: row.values.span, into: &scores)
    return row.count > 0
  }

  /// The numbers of the labels that follow from the labels' own probabilities: the most probable one where labels
  /// exclude each other, else all that reach their threshold, and the labels above them. Ties go to the first label.
  func decide(_ probabilities: [Double]) -> [Int] {
    guard let thresholds = manifest.thresholds else { return [mostProbable(probabilities)] }
    let chosen = thresholds.apply(probabilities)
    guard domain.isHierarchical else { return chosen }
    return Set(chosen + chosen.flatMap { domain.labels[$0].ancestors.compactMap(domain.index) }).sorted()
  }

  /// The number of the highest probability; the first of equal ones.
  func mostProbable(_ probabilities: [Double]) -> Int {
    var best = 0
    for label in probabilities.indices where probabilities[label] > probabilities[best] { best = label }
    return best
  }
}
