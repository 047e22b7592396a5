import DatelineCore

/// All that goes into a model.
struct Trained {
  var fit: ClassifierFit
  var classifier: any Classifier
  var report: TrainingReport
  var vectorizer: any Vectorizer
  var vectorizerParameters: Hyperparameters
  var set: TrainingSet
  /// A digest of each document's text.
  var digests: [UInt64]
  var origin: ModelOrigin
  var reduction: TrainingSummary.Reduction?
}

/// The documents that a model has learnt from, in figures.
struct ModelOrigin {
  var digest: DataDigest
  var documentCount: Int
  /// How many documents have each label of the domain.
  var support: [Int]
}
