public import DatelineCore

/// From which probability on a document gets a label, for each label of a domain whose labels do not exclude each
/// other.
public struct Thresholds: Sendable, Equatable {
  /// One a label, 0 or more; over 1 for a label that is never given.
  public let values: [Double]

  /// Given thresholds.
  ///
  /// - Throws: ``DatelineCore/DatelineError/Code/invalidData`` when there are none, or one is negative or no number.
  public init(_ values: [Double]) throws(DatelineError) {
    guard !values.isEmpty, values.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw DatelineError(.invalidData, "thresholds that are missing, negative or no numbers: expected 0 or more")
    }
    self.init(unchecked: values)
  }

  init(unchecked values: [Double]) { self.values = values }

  /// One threshold for all labels.
  ///
  /// - Parameters:
  ///   - value: From 0 to 1; one half gives what is more probable than not.
  ///   - labelCount: The number of labels, at least 1.
  public static func common(_ value: Double = 0.5, labelCount: Int) -> Thresholds {
    precondition(value >= 0 && value <= 1 && labelCount > 0, "a threshold from 0 to 1 for at least one label")
    return Thresholds(unchecked: [Double](repeating: value, count: labelCount))
  }

  /// The number of labels.
  public var labelCount: Int { values.count }

  /// Finds the labels that a document gets. O(labels).
  ///
  /// - Parameters:
  ///   - probabilities: One a label.
  ///   - labels: Receives the numbers of the labels at or above their thresholds, ascending. What it held is replaced.
  public func apply(_ probabilities: Span<Double>, into labels: inout [Int]) {
    precondition(probabilities.count == values.count, "one probability a label")
    labels.removeAll(keepingCapacity: true)
    for label in 0..<values.count where probabilities[label] >= values[label] { labels.append(label) }
  }

  /// The labels that a document gets. Allocates; see ``apply(_:into:)``.
  public func apply(_ probabilities: [Double]) -> [Int] {
    var labels: [Int] = []
    apply(probabilities.span, into: &labels)
    return labels
  }

  /// The thresholds as JSON; numbers bring the same doubles back.
  public var json: JSONValue { .array(values.map { .number($0) }) }

  /// Thresholds from what ``json`` gave.
  ///
  /// - Throws: ``DatelineCore/DatelineError/Code/invalidData`` when they are out of range or not as many as the labels
  ///   of the domain.
  public init(json: JSONValue, domain: Domain) throws(DatelineError) {
    guard let values = numbers(json), values.count == domain.count else {
      throw DatelineError(
        .invalidData, "the model's thresholds are not \(domain.count) numbers, one a label: the file is damaged")
    }
    try self.init(values)
  }
}
