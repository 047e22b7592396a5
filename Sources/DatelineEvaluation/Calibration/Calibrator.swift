public import DatelineCore

/// Turns the scores of a classifier into probabilities. Immutable, and born fitted.
///
/// - Labels that exclude each other: `p = softmax(a · s + b)` with one slope a > 0 and an offset for each label
///   (vector scaling with a shared slope; Guo et al. 2017, "On Calibration of Modern Neural Networks", section 4.2).
/// - Other labels: `p[k] = 1 / (1 + exp(-(a[k] · s[k] + b[k])))`, a[k] > 0 (Platt 1999).
///
/// Slopes are positive, so within a label the order of documents is the order of their scores.
public struct Calibrator: Sendable, Equatable {
  /// How to calibrate.
  public enum Method: String, Sendable, CaseIterable {
    /// The method that fits the domain: ``vectorScaling``, ``temperature`` or ``platt``.
    case auto
    /// Softmax or sigmoid of the scores as they are.
    case none
  }

  /// Whether labels exclude each other.
  public let kind: Domain.Kind
  /// What the parameters were fitted as: `none`, `temperature`, `vector-scaling` or `platt`; for people.
  public let name: String
  /// The slopes, finite and above 0: one for all labels where they exclude each other, else one a label.
  public let slopes: [Double]
  /// The offsets, finite, one a label.
  public let offsets: [Double]

  /// A calibrator of the given parameters.
  ///
  /// - Throws: ``DatelineCore/DatelineError/Code/invalidData`` when there are no labels, the numbers of parameters do
  ///   not fit the kind, or a parameter is out of range.
  public init(kind: Domain.Kind, name: String, slopes: [Double], offsets: [Double]) throws(DatelineError) {
    let expected = kind == .exclusive ? 1 : offsets.count
    guard !offsets.isEmpty, slopes.count == expected else {
      throw DatelineError(
        .invalidData,
        "a calibration of \(slopes.count) slopes and \(offsets.count) offsets: expected \(expected) slopes and an offset for each label"
      )
    }
    guard slopes.allSatisfy({ $0 > 0 && $0.isFinite }), offsets.allSatisfy(\.isFinite) else {
      throw DatelineError(
        .invalidData, "a calibration with a slope that is not above 0, or a parameter that is no number")
    }
    self.init(unchecked: kind, name: name, slopes: slopes, offsets: offsets)
  }

  init(unchecked kind: Domain.Kind, name: String, slopes: [Double], offsets: [Double]) {
    self.kind = kind
    self.name = name
    self.slopes = slopes
    // Adding 0 turns -0 into 0, which JSON cannot tell apart.
    self.offsets = offsets.map { $0 + 0 }
  }

  /// The calibrator that leaves scores as they are: softmax where labels exclude each other, else sigmoid.
  ///
  /// - Parameters:
  ///   - kind: Whether labels exclude each other.
  ///   - labelCount: The number of labels, at least 1.
  public static func none(kind: Domain.Kind, labelCount: Int) -> Calibrator {
    precondition(labelCount > 0, "a domain has at least one label")
    return Calibrator(
      unchecked: kind, name: "none", slopes: [Double](repeating: 1, count: kind == .exclusive ? 1 : labelCount),
      offsets: [Double](repeating: 0, count: labelCount))
  }

  /// Fits a calibrator to scores of documents that the model had not learnt from.
  ///
  /// Up to ``vectorScalingLimit`` exclusive labels get offsets, more get the slope alone (temperature scaling); other
  /// labels get Platt's sigmoid each. A table without documents, or whose weights are all 0, gives
  /// ``none(kind:labelCount:)``. About ten passes over the scores; each costs O(documents × labels²) at most for vector
  /// scaling, else O(documents × labels). 100,000 documents × 20 labels take about half a second, 10,000 × 120 one.
  public init(fitting table: ScoreTable, method: Method = .auto) {
    guard method == .auto, table.totalWeight > 0 else {
      self = .none(kind: table.kind, labelCount: table.labelCount)
      return
    }
    switch table.kind {
    case .exclusive:
      let withOffsets = table.labelCount <= Calibrator.vectorScalingLimit
      let (slope, offsets) = fitVectorScaling(table, withOffsets: withOffsets)
      self.init(
        unchecked: .exclusive, name: withOffsets ? "vector-scaling" : "temperature", slopes: [slope], offsets: offsets)
    case .multiLabel:
      let (slopes, offsets) = fitPlattScaling(table)
      self.init(unchecked: .multiLabel, name: "platt", slopes: slopes, offsets: offsets)
    }
  }

  /// The number of exclusive labels from which on only the slope is fitted.
  public static let vectorScalingLimit = 200

  /// The number of labels.
  public var labelCount: Int { offsets.count }

  /// Replaces one document's scores by probabilities, in place.
  ///
  /// Any scores are taken: infinities count as very large, NaN as very low. Probabilities are in [0, 1]; they add up
  /// to 1 (to 1e-12) where labels exclude each other. O(labels), without allocation.
  ///
  /// - Parameter scores: ``labelCount`` scores.
  public func calibrate(_ scores: inout MutableSpan<Double>) {
    precondition(scores.count == offsets.count, "one score a label")
    switch kind {
    case .exclusive:
      let slope = slopes[0]
      for label in 0..<scores.count { scores[label] = bounded(slope * bounded(scores[label]) + offsets[label]) }
      softmax(&scores)
    case .multiLabel:
      for label in 0..<scores.count { scores[label] = sigmoid(slopes[label] * bounded(scores[label]) + offsets[label]) }
    }
  }

  /// The probabilities of one document. Allocates; loops use ``calibrate(_:)`` on a buffer instead.
  public func probabilities(_ scores: [Double]) -> [Double] {
    var result = scores
    var span = result.mutableSpan
    calibrate(&span)
    return result
  }
}
