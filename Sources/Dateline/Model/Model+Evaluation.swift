public import DatelineCore
public import DatelineEvaluation
public import DatelineParallel

extension Model {
  /// Measures the model on labelled documents.
  ///
  /// - Parameters:
  ///   - source: The documents.
  ///   - workers: The threads.
  ///   - progress: Told the number of documents so far.
  /// - Throws: `DatelineError.Code.invalidData` when there are no documents, or one has not the labels it should.
  public func evaluate(
    _ source: some DocumentSource, workers: WorkerPool, progress: (Int) -> Void = { _ in }
  ) throws(DatelineError) -> EvaluationCounts {
    var total = EvaluationCounts(domain)
    try source.mapBatches(
      workers: workers,
      transform: { batch throws(DatelineError) in try counts(of: batch) },
      consume: { (part: EvaluationCounts) throws(DatelineError) in
        total.merge(part)
        progress(total.documents)
      })
    guard total.documents > 0 else {
      throw DatelineError(.invalidData, "no labelled documents to measure on: is it the right file, field or split?")
    }
    return total
  }

  private func counts(of batch: DocumentBatch) throws(DatelineError) -> EvaluationCounts {
    var counts = EvaluationCounts(domain)
    var scratch = ModelScratch(self)
    let bytes = batch.bytes.span
    for record in batch.records {
      _ = computeProbabilities(of: record, in: bytes, scratch: &scratch)
      do {
        var gold: [Label] = []
        for label in batch.labels(of: record) ?? [] { gold.append(try Label(label)) }
        if domain.kind == .multiLabel { gold += gold.flatMap(\.ancestors) }
        let probabilities = scratch.probabilities
        // Of labels that exclude each other the most probable one is measured, also where it would be withheld.
        let decided = decide(probabilities)
        let predicted = domain.kind == .multiLabel ? spokenFor(decided, aggregated(probabilities)) : decided
        try counts.add(gold: gold, predicted: predicted, probabilities: probabilities.span)
      } catch {
        throw DatelineError(error.code, error.message, at: error.location ?? batch.location(of: record))
      }
    }
    try classifier.checkForFailure()
    return counts
  }
}
