public import DatelineCore
import DatelineEvaluation
public import DatelineParallel

extension Model {
  /// The model with probabilities for texts of many sentences that are fitted to labelled articles.
  ///
  /// The mean score of many sentences is drawn to what most sentences of news are like: of clearly pleasant articles it is
  /// hardly above that of others. So articles get an offset for each label. The slope stays that of sentences, as
  /// articles whose tone is clear enough to be labelled would have the model too sure of the others.
  ///
  /// - Parameters:
  ///   - source: Articles with one label each that the model has not learnt from.
  ///   - workers: The threads.
  /// - Throws: `DatelineError.Code.usage` for a model that reads documents as a whole or has labels that do not exclude
  ///   each other, `DatelineError.Code.invalidData` for articles that have other labels, or for none.
  public func calibrated(
    onArticles source: some DocumentSource, workers: WorkerPool
  ) throws(DatelineError) -> Model {
    guard manifest.unit == .sentence, domain.kind == .exclusive else {
      throw DatelineError(
        .usage, "only a model of sentences whose labels exclude each other can be calibrated on articles")
    }
    var (scores, targets): ([Double], Targets) = ([], Targets())
    try source.mapBatches(
      workers: workers,
      transform: { batch throws(DatelineError) in try articleScores(of: batch) },
      consume: { (part: (scores: [Double], labels: [Int])) throws(DatelineError) in
        scores += part.scores
        for label in part.labels { targets.append([label]) }
      })
    guard targets.count > 0 else {
      throw DatelineError(.invalidData, "no labelled articles to calibrate on: is it the right file or field?")
    }
    let table = try ScoreTable(kind: domain.kind, labelCount: domain.count, scores: scores, targets: targets)
    var manifest = manifest
    manifest.articleCalibrator = Calibrator(offsetting: manifest.calibrator, to: table)
    return try Model(manifest: manifest, vectorizer: vectorizer, classifier: classifier)
  }

  private func articleScores(of batch: DocumentBatch) throws(DatelineError) -> (scores: [Double], labels: [Int]) {
    var (scores, labels): ([Double], [Int]) = ([], [])
    var scratch = ModelScratch(self)
    for record in batch.records {
      let names = batch.labels(of: record) ?? []
      guard names.count == 1, let label = domain.index(of: try Label(names[0])) else {
        throw DatelineError(
          .invalidData, "an article with \(names.joined(separator: ", ")) for a label: the model has others",
          at: batch.location(of: record))
      }
      _ = computeScores(of: record, in: batch.bytes.span, scratch: &scratch)
      scores += scratch.probabilities
      labels.append(label)
    }
    try classifier.checkForFailure()
    return (scores, labels)
  }
}
