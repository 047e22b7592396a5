import DatelineCore
import DatelineVectors
import NaiveBayes
import Synchronization

/// Families that are like naive Bayes but for one mistake.
protocol BrokenPlugin: ClassifierPlugin {}

extension BrokenPlugin {
  static var sound: NaiveBayesPlugin { NaiveBayesPlugin() }

  var description: PluginDescription {
    var description = Self.sound.description
    description.identifier = "broken"
    description.capabilities.remove(.incremental)
    return description
  }

  func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    try Self.sound.train(set, parameters: parameters, context: context)
  }

  func load(_ payloads: Payloads, domain: Domain) throws(DatelineError) -> any Classifier {
    try Self.sound.load(payloads, domain: domain)
  }
}

/// Smooths otherwise at every training.
struct Moody: BrokenPlugin {
  private static let trainings = Mutex(0)

  func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    let number = Moody.trainings.withLock {
      $0 += 1
      return $0
    }
    let other = try parameters.setting("alpha", to: .number(0.5 + 0.001 * Double(number % 100)))
    return try Moody.sound.train(set, parameters: other, context: context)
  }
}

/// Does not write the constants of its model, and reads others.
struct Forgetful: BrokenPlugin {
  func load(_ payloads: Payloads, domain: Domain) throws(DatelineError) -> any Classifier {
    Shifted(try Forgetful.sound.load(payloads, domain: domain))
  }

  private struct Shifted: AdditiveClassifier {
    let model: any Classifier
    let additive: (any AdditiveClassifier)?

    init(_ model: any Classifier) {
      self.model = model
      additive = model as? any AdditiveClassifier
    }

    var featureCount: Int { model.featureCount }
    var labelCount: Int { model.labelCount }

    func score(indices: Span<UInt32>, values: Span<Float>, into scores: inout MutableSpan<Double>) {
      model.score(indices: indices, values: values, into: &scores)
      for label in scores.indices { scores[label] += 0.5 }
    }

    func contribution(feature: Int, value: Float, label: Int) -> Double {
      additive?.contribution(feature: feature, value: value, label: label) ?? 0
    }

    func constant(label: Int) -> Double { (additive?.constant(label: label) ?? 0) + 0.5 }
    func payloads() throws(DatelineError) -> [Payload] { try model.payloads() }
  }
}

/// Tells progress, and does not listen to the answer.
struct Deaf: BrokenPlugin {
  func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    var quiet = context
    let progress = context.progress
    quiet.progress = { fraction, words in
      _ = progress(fraction, words)
      return true
    }
    return try Deaf.sound.train(set, parameters: parameters, context: quiet)
  }
}

/// Takes 0 for values that are no numbers, without a word.
struct Gullible: BrokenPlugin {
  func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    let features = set.features
    let values = features.values.array().map { $0.isFinite ? $0 : 0 }
    let matrix = CSRMatrix(
      columnCount: features.columnCount, rowOffsets: features.rowOffsets, columnIndices: features.columnIndices,
      values: SharedBuffer(values))
    let other = try TrainingSet(
      domain: set.domain, features: matrix, targets: set.targets, weights: set.weights, candidates: set.candidates)
    return try Gullible.sound.train(other, parameters: parameters, context: context)
  }
}

/// Lets every document weigh 1.
struct Unweighted: BrokenPlugin {
  func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    let other = try TrainingSet(
      domain: set.domain, features: set.features, targets: set.targets, candidates: set.candidates)
    return try Unweighted.sound.train(other, parameters: parameters, context: context)
  }
}
