import DatelineVectors

/// A classifier whose scores are sums: a constant a label plus one contribution a feature.
///
/// Naive Bayes and logistic regression both end here, and so do explanations: the contributions of a document's
/// features and the constant add up to its score. Two exclusive labels may share one column of weights: the second
/// label's score is half of its sum and the first label's is its negative.
public struct LinearClassifier: AdditiveClassifier {
  /// The number of labels.
  public let labelCount: Int
  /// Features × columns: the weights of one feature lie together.
  public let weights: LinearWeights
  /// The constant of every column.
  public let bias: [Double]

  /// A classifier of the given weights.
  ///
  /// - Parameters:
  ///   - labelCount: The number of labels.
  ///   - weights: Features × columns; as many columns as there are constants.
  ///   - bias: One constant a label, or a single one for two labels that share a column.
  public init(labelCount: Int, weights: LinearWeights, bias: [Double]) {
    precondition(
      bias.count == labelCount || (bias.count == 1 && labelCount == 2), "one constant a label, or one for two labels")
    precondition(weights.columnCount == bias.count, "as many columns as constants")
    self.labelCount = labelCount
    self.weights = weights
    self.bias = bias
  }

  /// The number of features.
  public var featureCount: Int { weights.featureCount }
  /// The number of columns of weights.
  public var columnCount: Int { bias.count }

  /// Sums have no need of an order.
  public var needsOrder: Bool { false }

  /// What asks for the weights of a feature.
  public var featureRequests: RowRequests? { weights.requests }

  /// What one unit of a feature adds to the score of a label.
  public func weight(feature: Int, label: Int) -> Double {
    columnCount == labelCount
      ? weights[feature, label] : (label == 1 ? 0.5 : -0.5) * weights[feature, 0]
  }

  /// The feature's weight times its value.
  public func contribution(feature: Int, value: Float, label: Int) -> Double {
    Double(value) * weight(feature: feature, label: label)
  }

  /// The constant part of the score of a label.
  public func constant(label: Int) -> Double {
    columnCount == labelCount ? bias[label] : (label == 1 ? 0.5 : -0.5) * bias[0]
  }

  /// Adds up the weights of the document's features. O(features of the document × columns).
  public func score(indices: Span<UInt32>, values: Span<Float>, into scores: inout MutableSpan<Double>) {
    precondition(indices.count == values.count, "a value a feature")
    weights.add(indices, into: &scores) { Double(values[$0]) }
    addConstants(to: &scores)
  }

  /// The scores of a document all of whose values are 1. O(features of the document × columns).
  public func score(presentIndices indices: Span<UInt32>, into scores: inout MutableSpan<Double>) {
    weights.add(indices, into: &scores) { _ in 1 }
    addConstants(to: &scores)
  }

  private func addConstants(to scores: inout MutableSpan<Double>) {
    for column in bias.indices { scores[column] += bias[column] }
    if bias.count == 1, labelCount == 2 {
      let sum = scores[0]
      scores[0] = -0.5 * sum
      scores[1] = 0.5 * sum
    }
  }

  /// `linear.shape`, `linear.bias`, `linear.weights` and, for weights of fewer than 32 bits, `linear.scales`.
  public func payloads() -> [Payload] {
    let shape = [featureCount, labelCount, columnCount, weights.precision.rawValue].map { UInt64($0) }
    return [Payload(name: "linear.shape", shape), Payload(name: "linear.bias", bias)] + weights.payloads()
  }

  /// Brings a classifier back from the parts that ``payloads()`` gave.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` for parts that do not fit together.
  public init(_ payloads: Payloads, domain: Domain) throws(DatelineError) {
    let shape = try payloads.numbers("linear.shape", as: UInt64.self, count: 4).array()
    let columns = shape[2]
    guard shape[0] <= 1 << 32, shape[1] == UInt64(domain.count),
      columns == shape[1] || (columns == 1 && shape[1] == 2 && domain.kind == .exclusive), columns > 0,
      let precision = Int(exactly: shape[3]).flatMap(LinearWeights.Precision.init)
    else {
      throw DatelineError(
        .invalidData,
        "a linear model of \(shape[0]) features, \(shape[1]) labels and \(columns) columns of \(shape[3]) bits for a domain of \(domain.count) labels: the file is damaged"
      )
    }
    guard !Int(shape[0]).multipliedReportingOverflow(by: Int(columns)).overflow else {
      throw DatelineError(.invalidData, "a linear model beyond any size: the file is damaged")
    }
    let bias = try payloads.numbers("linear.bias", as: Double.self, count: Int(columns)).array()
    guard bias.allSatisfy(\.isFinite) else {
      throw DatelineError(.invalidData, "a constant of the model is not a number: the file is damaged")
    }
    self.init(
      labelCount: Int(shape[1]),
      weights: try LinearWeights(
        payloads, featureCount: Int(shape[0]), columnCount: Int(columns), precision: precision), bias: bias)
  }
}
