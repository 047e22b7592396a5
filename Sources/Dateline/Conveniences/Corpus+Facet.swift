public import DatelineCore
public import DatelineData
public import DatelineEvaluation
public import DatelineParallel

extension CorpusSource {
  /// Labelled documents on disk.
  ///
  /// - Parameters:
  ///   - paths: Files and folders; `-` is standard input.
  ///   - facet: The facet whose labels are read, from the field of its name unless the options name another.
  ///   - kind: Whether a document has exactly one label, or any number.
  ///   - options: How to read; what concerns labels follows from facet and kind.
  public convenience init(
    _ paths: [String], labelledBy facet: Facet, kind: Domain.Kind = .exclusive, options: CorpusOptions = CorpusOptions()
  ) {
    var options = options
    options.reader.labelField = options.reader.labelField ?? facet.name
    options.reader.requiresLabel = kind == .exclusive
    options.reader.allowsSeveralLabels = kind == .multiLabel
    self.init(Corpus(paths, options: options))
  }
}

extension Trainer {
  /// Learns a model from labelled documents on disk.
  ///
  /// - Parameters:
  ///   - paths: Files and folders in any of the formats; `-` is standard input.
  ///   - options: How to read them; the labels are in the field that has the facet's name unless they say otherwise.
  /// - Throws: As ``train(_:)``, and for files that are missing or damaged.
  public func train(
    contentsOf paths: [String], options: CorpusOptions = CorpusOptions()
  ) throws(DatelineError) -> (model: Model, summary: TrainingSummary) {
    try train(CorpusSource(paths, labelledBy: facet, kind: kind, options: options))
  }
}

extension Model {
  /// Measures the model on labelled documents on disk.
  ///
  /// - Parameters:
  ///   - paths: Files and folders in any of the formats; `-` is standard input.
  ///   - options: How to read them; the labels are in the field that has the facet's name unless they say otherwise.
  ///   - workers: The threads.
  /// - Throws: As ``evaluate(_:workers:progress:)``, and for files that are missing or damaged.
  public func evaluate(
    contentsOf paths: [String], options: CorpusOptions = CorpusOptions(), workers: WorkerPool = WorkerPool()
  ) throws(DatelineError) -> EvaluationCounts {
    try evaluate(
      CorpusSource(paths, labelledBy: domain.facet, kind: domain.kind, options: options), workers: workers)
  }
}
