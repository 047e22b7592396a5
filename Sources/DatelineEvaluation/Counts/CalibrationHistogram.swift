/// How often what was said with a confidence came true, by fifteen bins of equal width.
///
/// Bin m of M holds confidences in ((m − 1) / M, m / M]; 0 is in the first.
public struct CalibrationHistogram: Sendable, Equatable {
  /// The number of bins.
  public static let binCount = 15

  /// One bin.
  public struct Bin: Sendable, Equatable {
    /// How many predictions fell into it.
    public internal(set) var count = 0
    /// How many of them came true.
    public internal(set) var hits = 0
    var confidences = FixedPointSum()

    /// The mean confidence; NaN for an empty bin.
    public var confidence: Double { confidences.value / Double(count) }
    /// The fraction that came true; NaN for an empty bin.
    public var accuracy: Double { Double(hits) / Double(count) }
  }

  /// The bins, the lowest confidence first.
  public private(set) var bins = [Bin](repeating: Bin(), count: binCount)

  /// An empty histogram.
  public init() {}

  /// Counts one prediction.
  ///
  /// - Parameters:
  ///   - confidence: Its probability; kept within [0, 1], and NaN counts as 0.
  ///   - hit: Whether it came true.
  public mutating func add(confidence: Double, hit: Bool) {
    let confidence = confidence > 0 ? min(confidence, 1) : 0
    let bin = max(Int((confidence * Double(Self.binCount)).rounded(.up)) - 1, 0)
    bins[bin].count += 1
    bins[bin].hits += hit ? 1 : 0
    bins[bin].confidences.add(confidence)
  }

  /// Counts the predictions of another histogram as well.
  public mutating func merge(_ other: CalibrationHistogram) {
    for index in bins.indices {
      bins[index].count += other.bins[index].count
      bins[index].hits += other.bins[index].hits
      bins[index].confidences.add(other.bins[index].confidences)
    }
  }

  /// The expected calibration error: the mean over predictions of |fraction that came true − mean confidence| of their
  /// bin (Naeini, Cooper & Hauskrecht 2015; Guo et al. 2017, equation 3). NaN without predictions.
  public var expectedCalibrationError: Double {
    var sum = 0.0
    var count = 0
    for bin in bins where bin.count > 0 {
      sum += (Double(bin.hits) - bin.confidences.value).magnitude
      count += bin.count
    }
    return sum / Double(count)
  }
}
