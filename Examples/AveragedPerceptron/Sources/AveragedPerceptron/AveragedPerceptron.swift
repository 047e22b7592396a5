public import CDatelinePlugin
public import DatelineCore
import DatelinePluginKit
import DatelineVectors

/// The averaged perceptron (Freund & Schapire 1999; averaging as in Daumé 2006, section 2.1.1): goes through the documents
/// some times, corrects the weights where they are wrong, and takes the mean of the weights over all steps.
///
/// Hardly anything is simpler, and it needs neither a learning rate nor a penalty. O(passes × elements × labels).
public struct AveragedPerceptron: ClassifierPlugin {
  /// The family.
  public init() {}

  /// Name, version, parameters and capabilities.
  public var description: PluginDescription {
    PluginDescription(
      identifier: "averaged-perceptron", version: "1.0",
      summary: "Corrects weights where they are wrong, document by document, and averages them.",
      parameters: ParameterSchema([
        Parameter(
          "passes", .integer(1...1000), default: .integer(10), help: "How often all documents are gone through."),
        Parameter(
          "margin", .number(0...1000), default: .number(0.3),
          help: "How far the right label has to be ahead; documents that fall short are learnt from as well."),
      ]),
      capabilities: [.multiLabel, .linear])
  }

  /// Learns from documents.
  public func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    try set.checkValues(for: description.identifier)
    let passes = parameters.integer("passes") ?? 1
    // The weights, the corrections, and their mean at the end.
    let bytes = 3.0 * Double(set.features.columnCount) * Double(set.domain.count) * 4
    if let limit = context.memoryLimit, bytes > Double(limit) {
      throw DatelineError(.usage, "\(Int(bytes / 1e6)) MB are needed: allow more, or take fewer features")
    }
    var perceptron = Perceptron(set, margin: parameters.number("margin") ?? 0)
    var random = SplitMix64(seed: context.seed)
    var order = Array(0..<set.count)
    for pass in 0..<passes {
      try context.report(
        Double(pass) / Double(passes), "pass \(pass + 1) of \(passes), \(perceptron.corrections) corrections")
      perceptron.corrections = 0
      random.shuffle(&order)
      for document in order { perceptron.learn(document) }
      if perceptron.corrections == 0 { break }
    }
    try context.report(0.95, "averaging")
    let report = TrainingReport(figures: [("corrections_of_last_pass", JSONValue(perceptron.corrections))])
    return (perceptron.averaged(), report)
  }

  /// Brings a model back from its parts.
  public func load(_ payloads: Payloads, domain: Domain) throws(DatelineError) -> any Classifier {
    try LinearClassifier(payloads, domain: domain)
  }
}

/// Weights while they are learnt.
private struct Perceptron {
  let set: TrainingSet
  let margin: Double
  var corrections = 0
  private let labelCount: Int
  /// Features × labels.
  private var weights: [Float]
  /// The sum of all corrections, each times the number of the step: what the mean differs by from the last weights.
  private var delayed: [Float]
  private var bias: [Double]
  private var delayedBias: [Double]
  private var scores: [Double]
  private var step = 1.0

  init(_ set: TrainingSet, margin: Double) {
    self.set = set
    self.margin = margin
    labelCount = set.domain.count
    weights = [Float](repeating: 0, count: set.features.columnCount * labelCount)
    delayed = weights
    bias = [Double](repeating: 0, count: labelCount)
    delayedBias = bias
    scores = bias
  }

  mutating func learn(_ document: Int) {
    let weight = set.weights?[document] ?? 1
    score(document)
    if set.domain.kind == .exclusive {
      let right = Int(set.targets[document].first ?? 0)
      let rival = (0..<labelCount).filter { $0 != right }.max { scores[$0] < scores[$1] }
      if let rival, scores[right] - scores[rival] <= margin {
        correct(document, right, by: weight)
        correct(document, rival, by: -weight)
        corrections += 1
      }
    } else {
      for label in 0..<labelCount {
        let sign: Double = set.targets.contains(label, document: document) ? 1 : -1
        if sign * scores[label] <= margin {
          correct(document, label, by: sign * weight)
          corrections += 1
        }
      }
    }
    step += 1
  }

  private mutating func score(_ document: Int) {
    scores = bias
    for place in set.features.range(ofRow: document) {
      let start = Int(set.features.columnIndices[place]) * labelCount
      let value = Double(set.features.values[place])
      for label in 0..<labelCount { scores[label] += value * Double(weights[start + label]) }
    }
  }

  private mutating func correct(_ document: Int, _ label: Int, by amount: Double) {
    for place in set.features.range(ofRow: document) {
      let index = Int(set.features.columnIndices[place]) * labelCount + label
      let change = amount * Double(set.features.values[place])
      weights[index] += Float(change)
      delayed[index] += Float(change * step)
    }
    bias[label] += amount
    delayedBias[label] += amount * step
  }

  /// The mean of the weights over all steps.
  func averaged() -> LinearClassifier {
    var mean = weights
    for index in mean.indices { mean[index] -= delayed[index] / Float(step) }
    return LinearClassifier(
      labelCount: labelCount, weights: LinearWeights(SharedBuffer(mean), columnCount: labelCount),
      bias: zip(bias, delayedBias).map { $0 - $1 / step })
  }
}

/// All that makes a plugin of it.
@_cdecl("dateline_plugin_v1") public func datelinePlugin() -> UnsafePointer<dateline_plugin>? {
  exported(AveragedPerceptron())
}
