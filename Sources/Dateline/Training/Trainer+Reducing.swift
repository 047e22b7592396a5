import DatelineCore

extension Trainer {
  /// The model, or a smaller one.
  ///
  /// - Parameters:
  ///   - trained: The full model, with what its training found out.
  ///   - maximumSize: The most bytes that its file may have.
  /// - Throws: `DatelineError.Code.usage` where no model can be that small.
  func reducing(
    _ trained: Trained, to maximumSize: Int
  ) throws(DatelineError) -> (model: Model, summary: TrainingSummary) {
    let (full, summary) = try assemble(trained)
    let fullSize = try full.fileSize()
    guard fullSize > maximumSize else { return (full, summary) }
    var reduction = try ModelReduction(
      plugin: plugin, vectorizer: trained.vectorizer, parameters: trained.fit.parameters)
    for attempt in 0..<Trainer.maximumAttempts {
      try report(0.8, "making the model smaller")
      var smaller = try learn(reduction, trained)
      var (model, _) = try assemble(smaller)
      var size = try model.fileSize()
      if size <= maximumSize {
        smaller.fit = try calibration(of: reduction, trained)
        // The calibration's own numbers are in the file, too, and may be longer than the full model's.
        model = try assemble(smaller).model
        size = try model.fileSize()
      }
      if size <= maximumSize {
        smaller.reduction = TrainingSummary.Reduction(
          fullSize: fullSize, size: size, fullFeatureCount: full.vectorizer.featureCount,
          full: trained.fit.outOfFold)
        return try assemble(smaller)
      }
      // Parts of less than a byte a feature stay as they are. A little less than what would just fit is tried, as what
      // the parts take is not quite in proportion.
      let growing = try model.payloads().filter { $0.bytes.count >= model.vectorizer.featureCount }
      let fixed = growing.reduce(size) { $0 - $1.bytes.count }
      let share = Double(maximumSize - fixed) / Double(size - fixed)
      let count = Int(Double(model.vectorizer.featureCount) * share * (attempt == 0 ? 0.995 : 0.98))
      guard count >= Trainer.minimumFeatures else {
        throw DatelineError(
          .usage,
          "no useful model fits into \(maximumSize) bytes, as without any feature it takes \(fixed): allow more"
        )
      }
      guard minimumCoverage == 0 else {
        throw DatelineError(
          .usage,
          "the model takes \(size) bytes with all its terms, more than \(maximumSize), and would no longer know most texts without some: allow more, or leave the minimum of coverage out"
        )
      }
      reduction.featureCount = count
    }
    throw DatelineError(.internal, "the model did not get smaller than \(maximumSize) bytes")
  }

  private static let maximumAttempts = 8
  private static let minimumFeatures = 16

  private func learn(_ reduction: ModelReduction, _ trained: Trained) throws(DatelineError) -> Trained {
    var smaller = trained
    let part = try reduction.part(of: trained.set, by: trained.classifier)
    (smaller.set, smaller.vectorizer) = (part.set, part.vectorizer)
    (smaller.classifier, smaller.report) = try plugin.train(
      part.set, parameters: reduction.parameters, context: context(from: 0.8, to: 0.85))
    return smaller
  }

  /// What out-of-fold scores of the smaller model decide. Every fold chooses its features by itself: choosing them with
  /// the documents that are held out would make it look better than it is.
  private func calibration(of reduction: ModelReduction, _ trained: Trained) throws(DatelineError) -> ClassifierFit {
    var fit = try ClassifierFit(
      trainer: self, set: trained.set, digests: trained.digests, parameters: reduction.parameters
    ) { set, _, context throws(DatelineError) in try reduction.train(set, context: context) }
    fit.search = trained.fit.search
    return fit
  }
}
