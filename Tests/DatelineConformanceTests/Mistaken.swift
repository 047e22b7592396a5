import DatelineCore
import DatelineParallel
import DatelineVectors
import NaiveBayes
import Synchronization

/// What a family can do wrong.
enum Mistake: Sendable {
  case undefinedScores, namesTwice, threads, memory, silence, halfway, shared, maps, blindLoading, chance, order
}

/// Naive Bayes with one mistake.
struct Mistaken: IncrementalClassifierPlugin {
  let mistake: Mistake
  private static let sound = NaiveBayesPlugin()
  private static let running = Mutex(0)

  init(_ mistake: Mistake) { self.mistake = mistake }

  var description: PluginDescription {
    var description = Mistaken.sound.description
    description.identifier = "mistaken"
    return description
  }

  func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    var (parameters, context) = (parameters, context)
    let progress = context.progress
    switch mistake {
    case .threads where context.workers.threadCount > 2: parameters = try parameters.setting("alpha", to: .number(0.7))
    case .silence: context.progress = { _, _ in true }
    case .halfway: context.progress = { progress($0 / 4, $1) }
    case .shared:
      // Others that run now have left their mark.
      let others = Mistaken.running.withLock {
        $0 += 1
        return $0 - 1
      }
      defer { Mistaken.running.withLock { $0 -= 1 } }
      // Long enough for another to begin, if one is to.
      let until = ContinuousClock.now + .seconds(1)
      while Mistaken.running.withLock({ $0 }) < 2, ContinuousClock.now < until {}
      if others > 0 { parameters = try parameters.setting("alpha", to: .number(0.7)) }
    default: break
    }
    var (model, report) = try Mistaken.sound.train(set, parameters: parameters, context: context)
    if mistake == .namesTwice { report.figures += report.figures }
    if [.undefinedScores, .memory, .chance, .order].contains(mistake) { model = MistakenModel(mistake, model) }
    return (model, report)
  }

  func load(_ payloads: Payloads, domain: Domain) throws(DatelineError) -> any Classifier {
    do {
      return try Mistaken.sound.load(payloads, domain: domain)
    } catch {
      guard mistake == .blindLoading else { throw error }
      return MistakenModel(mistake, Nothing(featureCount: 60, labelCount: domain.count))
    }
  }

  func update(
    _ model: any Classifier, with set: TrainingSet, featureMap: [Int], labelMap: [Int], parameters: Hyperparameters,
    context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    let isIgnorant = mistake == .maps
    return try Mistaken.sound.update(
      model, with: set, featureMap: isIgnorant ? Array(featureMap.indices) : featureMap,
      labelMap: isIgnorant ? Array(labelMap.indices) : labelMap, parameters: parameters, context: context)
  }
}

/// A model that gives others' scores wrongly.
private final class MistakenModel: Classifier {
  let mistake: Mistake
  let model: any Classifier
  private let scored = Mutex(0)

  init(_ mistake: Mistake, _ model: any Classifier) {
    self.mistake = mistake
    self.model = model
  }

  var featureCount: Int { model.featureCount }
  var labelCount: Int { model.labelCount }
  // Whoever makes the mistake says so and looks at the first feature all the same.
  var needsOrder: Bool { mistake != .order }

  func score(indices: Span<UInt32>, values: Span<Float>, into scores: inout MutableSpan<Double>) {
    model.score(indices: indices, values: values, into: &scores)
    switch mistake {
    case .undefinedScores: scores[0] = .nan
    case .memory:
      // Each document is a little more of the first label than the one before.
      scores[0] +=
        0.001
        * Double(
          scored.withLock { number in
            number += 1
            return number
          })
    // Sure that no document has the first label.
    case .chance: scores[0] -= 1e6
    case .order where indices.count > 0: scores[0] += 0.001 * Double(indices[0])
    default: break
    }
  }

  func payloads() throws(DatelineError) -> [Payload] { try model.payloads() }
}

/// A model that knows nothing.
private struct Nothing: Classifier {
  let featureCount: Int
  let labelCount: Int

  func score(indices: Span<UInt32>, values: Span<Float>, into scores: inout MutableSpan<Double>) {}
  func payloads() throws(DatelineError) -> [Payload] { [] }
}
