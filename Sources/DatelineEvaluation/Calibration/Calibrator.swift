public import DatelineCore

/// Turns the scores of a classifier into probabilities. Immutable, and born fitted.
///
/// - Labels that exclude each other: `p = softmax(a · s)` with one slope a > 0 (temperature scaling; Guo et al. 2017, "On
///   Calibration of Modern Neural Networks", section 4.2), and then a sigmoid of the highest probability's log-odds, the
///   others sharing the rest as before (``Confidence``). The label with the highest score stays the most probable one.
/// - The same with an offset for each label instead, `p = softmax(a · s + b)` (vector scaling with a shared slope; same
///   source), which may change which label is the most probable one.
/// - Other labels: `p[k] = 1 / (1 + exp(-(a[k] · s[k] + b[k])))`, a[k] > 0 (Platt 1999).
///
/// Slopes are positive, so within a label the order of documents is the order of their scores.
public struct Calibrator: Sendable, Equatable {
  /// How to calibrate.
  public enum Method: String, Sendable, CaseIterable {
    /// The method that fits the domain: temperature and confidence where labels exclude each other, else Platt's.
    case auto
    /// Vector scaling where labels exclude each other, else Platt's.
    case vectorScaling = "vector-scaling"
    /// Softmax or sigmoid of the scores as they are.
    case none
  }

  /// Whether labels exclude each other.
  public let kind: Domain.Kind
  /// What the parameters were fitted as: `none`, `temperature`, `confidence`, `vector-scaling` or `platt`; for people.
  public let name: String
  /// The slopes, finite and above 0: one for all labels where they exclude each other, else one a label.
  public let slopes: [Double]
  /// The offsets, finite, one a label.
  public let offsets: [Double]
  /// How sure the most probable label is; `nil` where that is what the scores say.
  public let confidence: Confidence?

  /// A calibrator of the given parameters.
  ///
  /// - Throws: ``DatelineCore/DatelineError/Code/invalidData`` when there are no labels, the numbers of parameters do
  ///   not fit the kind, or a parameter is out of range.
  public init(
    kind: Domain.Kind, name: String, slopes: [Double], offsets: [Double], confidence: Confidence? = nil
  ) throws(DatelineError) {
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
    if let confidence {
      guard kind == .exclusive, confidence.slope > 0, confidence.slope.isFinite, confidence.offset.isFinite else {
        throw DatelineError(
          .invalidData, "a calibration with a confidence that is out of range or does not fit its kind")
      }
    }
    self.init(unchecked: kind, name: name, slopes: slopes, offsets: offsets, confidence: confidence)
  }

  init(
    unchecked kind: Domain.Kind, name: String, slopes: [Double], offsets: [Double], confidence: Confidence? = nil
  ) {
    self.kind = kind
    self.name = name
    self.slopes = slopes
    // Adding 0 turns -0 into 0, which JSON cannot tell apart.
    self.offsets = offsets.map { $0 + 0 }
    self.confidence = confidence
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
  /// A table without documents (or whose weights are all 0) gives ``none(kind:labelCount:)``. O(documents × labels) times
  /// about ten steps, for vector scaling O(documents × labels²), which above ``vectorScalingLimit`` labels leaves the
  /// offsets out; the result does not depend on anything but the table.
  public init(fitting table: ScoreTable, method: Method = .auto) {
    guard method != .none, table.totalWeight > 0 else {
      self = .none(kind: table.kind, labelCount: table.labelCount)
      return
    }
    switch (table.kind, method) {
    case (.multiLabel, _):
      let (slopes, offsets) = fitPlattScaling(table)
      self.init(unchecked: .multiLabel, name: "platt", slopes: slopes, offsets: offsets)
    case (.exclusive, .vectorScaling):
      let withOffsets = table.labelCount <= Calibrator.vectorScalingLimit
      let (slope, offsets) = fitVectorScaling(table, withOffsets: withOffsets)
      self.init(
        unchecked: .exclusive, name: withOffsets ? "vector-scaling" : "temperature", slopes: [slope], offsets: offsets)
    case (.exclusive, _):
      let (slope, offsets) = fitVectorScaling(table, withOffsets: false)
      let temperature = Calibrator(unchecked: .exclusive, name: "temperature", slopes: [slope], offsets: offsets)
      let confidence = Confidence(fitting: table, temperature)
      self.init(
        unchecked: .exclusive, name: confidence == nil ? "temperature" : "confidence", slopes: [slope],
        offsets: offsets, confidence: confidence)
    }
  }

  /// A calibrator with the slope of another one, and offsets that are fitted to scores of other documents than those
  /// that one was fitted to. Only labels that exclude each other can have one. Cost as for vector scaling.
  public init(offsetting calibrator: Calibrator, to table: ScoreTable) {
    precondition(table.kind == .exclusive && calibrator.kind == .exclusive, "labels that exclude each other")
    self.init(
      unchecked: .exclusive, name: "offsets", slopes: calibrator.slopes,
      offsets: fitOffsets(table, slope: calibrator.slopes[0]))
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
      confidence?.apply(to: &scores)
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
