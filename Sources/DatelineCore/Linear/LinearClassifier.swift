public import DatelineVectors

/// A classifier whose scores are sums: a constant a label plus one contribution a feature.
///
/// Naive Bayes and logistic regression both end here, and so do explanations: the contributions of a document's
/// features and the constant add up to its score. Two exclusive labels may share one column of weights: the second
/// label's score is half of its sum and the first label's is its negative.
public struct LinearClassifier: AdditiveClassifier {
  /// The number of features.
  public let featureCount: Int
  /// The number of labels.
  public let labelCount: Int
  /// Features × columns, row after row: the weights of one feature lie together.
  public let weights: SharedBuffer<Float>
  /// The constant of every column.
  public let bias: [Double]

  /// A classifier of the given weights.
  ///
  /// - Parameters:
  ///   - featureCount: The number of features.
  ///   - labelCount: The number of labels.
  ///   - weights: Features × columns; as many columns as there are constants.
  ///   - bias: One constant a label, or a single one for two labels that share a column.
  public init(featureCount: Int, labelCount: Int, weights: SharedBuffer<Float>, bias: [Double]) {
    precondition(
      bias.count == labelCount || (bias.count == 1 && labelCount == 2), "one constant a label, or one for two labels")
    precondition(weights.count == featureCount * bias.count, "features × columns weights")
    self.featureCount = featureCount
    self.labelCount = labelCount
    self.weights = weights
    self.bias = bias
  }

  /// The number of columns of weights.
  public var columnCount: Int { bias.count }

  /// What one unit of a feature adds to the score of a label.
  public func weight(feature: Int, label: Int) -> Double {
    columnCount == labelCount
      ? Double(weights[feature * columnCount + label]) : (label == 1 ? 0.5 : -0.5) * Double(weights[feature])
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
    add(indices, into: &scores) { Double(values[$0]) }
  }

  /// The scores of a document all of whose values are 1. O(features of the document × columns).
  public func score(presentIndices indices: Span<UInt32>, into scores: inout MutableSpan<Double>) {
    add(indices, into: &scores) { _ in 1 }
  }

  @inline(__always)
  private func add(_ indices: Span<UInt32>, into scores: inout MutableSpan<Double>, _ value: (Int) -> Double) {
    let columns = columnCount
    weights.withSpan { weights in
      if columns == 1 {
        var sum = bias[0]
        for position in indices.indices {
          sum += value(position) * Double(weights[Int(indices[position])])
        }
        if labelCount == 2 {
          scores[0] = -0.5 * sum
          scores[1] = 0.5 * sum
        } else {
          scores[0] = sum
        }
        return
      }
      for column in 0..<columns { scores[column] = bias[column] }
      // Eight columns at a time stay in registers. Each column's sum is in the order of the features, as without.
      weights.withUnsafeBytes { weights in
        var first = 0
        while first + 8 <= columns {
          var sums = SIMD8<Double>.zero
          for column in 0..<8 { sums[column] = bias[first + column] }
          for position in indices.indices {
            let place = (Int(indices[position]) * columns + first) * MemoryLayout<Float>.stride
            let row = weights.loadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
            sums += SIMD8<Double>(row) * value(position)
          }
          for column in 0..<8 { scores[first + column] = sums[column] }
          first += 8
        }
        guard first < columns else { return }
        for position in indices.indices {
          let value = value(position)
          let start = Int(indices[position]) * columns
          for column in first..<columns {
            let place = (start + column) * MemoryLayout<Float>.stride
            scores[column] += value * Double(weights.loadUnaligned(fromByteOffset: place, as: Float.self))
          }
        }
      }
    }
  }

  /// `linear.shape`, `linear.bias` and `linear.weights`.
  public func payloads() -> [Payload] {
    [
      Payload(name: "linear.shape", [UInt64(featureCount), UInt64(labelCount), UInt64(columnCount)]),
      Payload(name: "linear.bias", bias),
      Payload(name: "linear.weights", weights),
    ]
  }

  /// Brings a classifier back from the parts that ``payloads()`` gave.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` for parts that do not fit together.
  public init(_ payloads: Payloads, domain: Domain) throws(DatelineError) {
    let shape = try payloads.numbers("linear.shape", as: UInt64.self, count: 3).array()
    let columns = shape[2]
    guard shape[0] <= 1 << 32, shape[1] == UInt64(domain.count),
      columns == shape[1] || (columns == 1 && shape[1] == 2 && domain.kind == .exclusive), columns > 0
    else {
      throw DatelineError(
        .invalidData,
        "a linear model of \(shape[0]) features, \(shape[1]) labels and \(columns) columns for a domain of \(domain.count) labels: the file is damaged"
      )
    }
    let (cells, overflow) = Int(shape[0]).multipliedReportingOverflow(by: Int(columns))
    guard !overflow else { throw DatelineError(.invalidData, "a linear model beyond any size: the file is damaged") }
    let bias = try payloads.numbers("linear.bias", as: Double.self, count: Int(columns)).array()
    guard bias.allSatisfy(\.isFinite) else {
      throw DatelineError(.invalidData, "a constant of the model is not a number: the file is damaged")
    }
    self.init(
      featureCount: Int(shape[0]), labelCount: Int(shape[1]),
      weights: try payloads.numbers("linear.weights", as: Float.self, count: cells), bias: bias)
  }
}
