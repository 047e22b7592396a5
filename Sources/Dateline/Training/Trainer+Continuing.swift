public import DatelineCore
import DatelineVectors

extension Trainer {
  /// Learns further documents into a model: its facet, settings and kind of labels stay.
  ///
  /// Counts and weights are those of learning all documents at once, to the last bit as long as what is counted are
  /// whole numbers. The calibration is fitted to the further documents alone, as the earlier ones are no longer there;
  /// without calibration the whole file is the same.
  ///
  /// - Throws: `DatelineError.Code.usage` when the model's family cannot learn on, or the model left rare terms out.
  public func continueTraining(
    _ model: Model, with source: some DocumentSource
  ) throws(DatelineError) -> (model: Model, summary: TrainingSummary) {
    let manifest = model.manifest
    guard manifest.domain.facet == facet else {
      throw DatelineError(
        .usage, "the model is of the facet \"\(manifest.domain.facet)\", not \"\(facet)\": learn on with the same facet"
      )
    }
    guard plugin.description.identifier == manifest.plugin, let incremental = plugin as? any IncrementalClassifierPlugin
    else {
      throw DatelineError(
        .usage,
        "a model of \(manifest.plugin) cannot learn on with \(plugin.description.identifier): train with --plugin naive-bayes to learn on later"
      )
    }
    guard vectorizer.identifier == manifest.vectorizer else {
      throw DatelineError(
        .usage,
        "the model's vectorizer is \"\(manifest.vectorizer)\", not \"\(vectorizer.identifier)\": learn on with the same"
      )
    }
    let parameters = try Hyperparameters(vectorizer.parameters, json: manifest.vectorizerParameters)
    guard let trainer = try vectorizer.trainer(parameters) as? any ExtendingVectorizerTrainer else {
      throw DatelineError(.usage, "the vectorizer \"\(manifest.vectorizer)\" cannot take up new terms: train anew")
    }
    var continuing = self
    continuing.kind = manifest.domain.kind
    continuing.unit = manifest.unit
    continuing.minimumProbability = manifest.minimumProbability
    continuing.needsEvidence = manifest.needsEvidence
    continuing.minimumCoverage = manifest.minimumCoverage
    continuing.furtherProbability = manifest.furtherProbability
    continuing.codes = manifest.codes
    return try continuing.extend(model, source, incremental, trainer, parameters)
  }

  private func extend<Counts>(
    _ model: Model, _ source: some DocumentSource, _ incremental: any IncrementalClassifierPlugin,
    _ vectorizerTrainer: some ExtendingVectorizerTrainer<Counts>, _ vectorizerParameters: Hyperparameters
  ) throws(DatelineError) -> (model: Model, summary: TrainingSummary) {
    let manifest = model.manifest
    var counts: [Counts] = []
    var corpus = try read(source, count: vectorizerTrainer.count) { counts.append($0) }
    let domain = try Domain(
      facet: facet, kind: kind, labels: Set(corpus.labels).union(manifest.domain.labels))
    let targets = corpus.takeTargets(in: domain)
    let labelMap = manifest.domain.labels.compactMap { domain.index(of: $0) }
    let extended = try vectorizerTrainer.fit(counts, extending: model.vectorizer, workers: workers)
    let set = try TrainingSet(
      domain: domain, features: extended.features, targets: targets,
      weights: corpus.weights.isEmpty ? nil : corpus.weights)
    let parameters = try Hyperparameters(plugin.description.parameters, json: manifest.parameters)
    let train: ClassifierTraining = { set, parameters, context throws(DatelineError) in
      try incremental.update(
        model.classifier, with: set, featureMap: extended.featureMap, labelMap: labelMap, parameters: parameters,
        context: context)
    }
    let fit = try ClassifierFit(
      trainer: self, set: set, digests: corpus.textDigests, parameters: parameters, train: train)
    let (classifier, figures) = try train(set, fit.parameters, context(from: 0.8, to: 1))
    var support = targets.support(labelCount: domain.count)
    for (old, new) in labelMap.enumerated() { support[new] += manifest.support[old] }
    guard var digest = DataDigest(manifest.provenance.dataDigest) else {
      throw DatelineError(.invalidData, "the model's data digest is none: the file is damaged")
    }
    digest.add(corpus.digest)
    let origin = ModelOrigin(
      digest: digest, documentCount: manifest.provenance.documentCount + corpus.count, support: support)
    return try assemble(
      Trained(
        fit: fit, classifier: classifier, report: figures, vectorizer: extended.vectorizer,
        vectorizerParameters: vectorizerParameters, set: set, digests: corpus.textDigests, origin: origin))
  }
}
