import DatelineCore
import DatelineOptimization
import DatelineVectors
import Glibc

extension LogisticRegressionTrainer {
  /// Learns labels that exclude each other together: multinomial, or binary with one column for two labels.
  func trainExclusive(_ set: TrainingSet) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    let labels = set.targets.indices
    let columns = set.domain.count == 2 ? 1 : set.domain.count
    let data = SweepData(set.features)
    let positives = columns == 1 ? labels.map { UInt8($0) } : indicator(labels, columnCount: columns)
    let link: Link =
      columns == 1 ? .sigmoid(columnCount: 1, positives: positives) : .softmax(columnCount: columns, labels: labels)
    let classWeights = classWeights(set)
    let strengths = labels.indices.map {
      parameters.strength * (set.weights?[$0] ?? 1) * classWeights[Int(labels[$0])]
    }
    var objective = LogisticObjective(
      data: data, link: link, strengths: strengths,
      scale: scales(
        data, positives: positives, weights: set.weights, columnCount: columns, normalizing: true,
        workers: context.workers),
      workers: context.workers)
    let start = startingPoint(objective)
    let (result, cancelled) = solve(&objective, from: start) { context.progress($0, "solving") }
    if cancelled { throw DatelineError(.cancelled, "the training was stopped") }
    var gradient = start
    let value = objective.evaluate(result.point, gradient: &gradient)
    let dual = objective.dualValue(point: result.point, gradient: gradient)
    let model = LinearClassifier(
      featureCount: set.features.columnCount, labelCount: set.domain.count,
      weights: SharedBuffer(objective.weights(at: result.point)),
      bias: constants(result.point[objective.weightCount..<objective.weightCount + columns], link))
    let figures = report(
      objective: value, dual: dual,
      steps: [
        ("newton_steps", JSONValue(result.iterations)), ("hessian_products", JSONValue(result.hessianProducts)),
      ],
      unfinished: result.converged ? nil : "\(result.iterations) Newton steps",
      limited: result.iterations >= parameters.maximumIterations)
    return (model, figures)
  }

  /// Documents × columns: 1 where the document has the column's label.
  private func indicator(_ labels: [Int32], columnCount: Int) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: labels.count * columnCount)
    for (document, label) in labels.enumerated() { result[document * columnCount + Int(label)] = 1 }
    return result
  }

  /// How much documents of each label count, with mean 1 over all documents.
  private func classWeights(_ set: TrainingSet) -> [Double] {
    var support = [Double](repeating: 0, count: set.domain.count)
    for (document, label) in set.targets.indices.enumerated() { support[Int(label)] += set.weights?[document] ?? 1 }
    let exponent = parameters.classWeight == .none ? 0 : parameters.classWeight == .sqrt ? 0.5 : 1
    let raw = support.map { $0 > 0 ? pow($0, -exponent) : 0 }
    let total = zip(raw, support).reduce(0) { $0 + $1.0 * $1.1 }
    return total > 0 ? raw.map { $0 * support.reduce(0, +) / total } : raw
  }

  /// The weights of the model to start from, in the objective's variables; without one, zeros and the constants that
  /// suit the labels' shares.
  private func startingPoint(_ objective: LogisticObjective) -> [Double] {
    var point = objective.prior()
    let columns = objective.link.columnCount
    guard let model = context.warmStart as? LinearClassifier, model.featureCount == objective.data.featureCount,
      model.columnCount == columns
    else { return point }
    model.weights.withSpan { weights in
      for (number, feature) in objective.data.features.enumerated() {
        for column in 0..<columns {
          let place = number * objective.stride + column
          let weight = Double(weights[feature * columns + column])
          point[place] = objective.scale.map { weight / Double($0[place]) } ?? weight
        }
      }
    }
    for column in 0..<columns { point[objective.weightCount + column] = model.bias[column] }
    return point
  }

  /// Softmax leaves its constants free up to a common number, and where that ends depends on the start. With mean zero
  /// they are unique, as the weights are.
  private func constants(_ found: ArraySlice<Double>, _ link: Link) -> [Double] {
    guard case .softmax = link else { return Array(found) }
    let mean = found.reduce(0, +) / Double(found.count)
    return found.map { $0 - mean }
  }
}
