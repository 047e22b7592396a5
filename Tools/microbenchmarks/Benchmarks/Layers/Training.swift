import Benchmark
import DatelineCore
import DatelineParallel
import DatelineText
import DatelineVectors
import LogisticRegression
import NaiveBayes

/// Training on the rows of 5,000 documents, on one thread.
func addTraining() {
  for labels in [2, 9] {
    // The solvers are internal. A pass is the whole training divided by the passes that it reports, so what comes before
    // the first one, mostly a copy of the matrix, is part of it.
    Benchmark(
      "train: logistic regression, \(labels) labels, 5,000 documents, C=10",
      configuration: .long(and: .microsecondsPerPass, .megaelementsPerSecond)
    ) { (benchmark: Benchmark, set: TrainingSet) throws in
      let plugin = LogisticRegressionPlugin()
      let parameters = try Hyperparameters(plugin.description.parameters, settings: ["C": "10"])
      let context = TrainingContext(workers: WorkerPool(threads: 1))
      benchmark.startMeasurement()
      let start = ContinuousClock.now
      let report = try plugin.train(set, parameters: parameters, context: context).report
      let elapsed = (ContinuousClock.now - start) / .seconds(1)
      benchmark.stopMeasurement()
      let passes = report["passes"]?.number ?? 0
      benchmark.measurement(.microsecondsPerPass, Int(1e6 * elapsed / passes))
      benchmark.measurement(.megaelementsPerSecond, Int(passes * Double(set.features.storedCount) / 1e6 / elapsed))
    } setup: {
      try trainingSet(labels: labels)
    }

    Benchmark(
      "train: naive Bayes, \(labels) labels, 5,000 documents", configuration: .long(and: .megaelementsPerSecond)
    ) { (benchmark: Benchmark, set: TrainingSet) throws in
      let plugin = NaiveBayesPlugin()
      let parameters = try Hyperparameters(plugin.description.parameters, settings: ["alpha": "0.5"])
      let context = TrainingContext(workers: WorkerPool(threads: 1))
      try benchmark.measure(Double(set.features.storedCount) / 1e6, as: .megaelementsPerSecond) {
        blackHole(try plugin.train(set, parameters: parameters, context: context).model.featureCount)
      }
    } setup: {
      try trainingSet(labels: labels)
    }
  }
}

private func trainingSet(labels: Int) throws -> TrainingSet {
  var generator = GeneratedText()
  let batches = (0..<20).map { _ in DocumentBatch(bodies: (0..<250).map { generator.text(topic: $0 % labels) }) }
  let trainer = TextVectorizerTrainer(parameters: try .standard())
  let fitted = try trainer.fit(batches.map(trainer.count), workers: WorkerPool(threads: 1))
  let domain = try Domain(
    facet: try Facet("topic"), kind: .exclusive, labels: try (0..<labels).map { try Label("topic \($0)") })
  return try TrainingSet(
    domain: domain, features: fitted.features, targets: Targets(exclusive: (0..<5000).map { $0 % 250 % labels }))
}
