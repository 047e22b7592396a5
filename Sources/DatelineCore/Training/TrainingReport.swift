/// What a plugin says of a training: figures for the manifest, and warnings for people.
public struct TrainingReport: Sendable, Equatable {
  /// Named figures, such as `objective` or `relative_gap`, in a fixed order.
  public var figures: [(name: String, value: JSONValue)]
  /// What a person should know, such as that an iteration limit was met before convergence.
  public var warnings: [String]

  /// A report.
  public init(figures: [(name: String, value: JSONValue)] = [], warnings: [String] = []) {
    self.figures = figures
    self.warnings = warnings
  }

  /// The value of a figure.
  public subscript(name: String) -> JSONValue? { figures.first { $0.name == name }?.value }

  /// Equal figures in one order, and equal warnings.
  public static func == (left: TrainingReport, right: TrainingReport) -> Bool {
    left.warnings == right.warnings && left.figures.count == right.figures.count
      && zip(left.figures, right.figures).allSatisfy { $0.name == $1.name && $0.value == $1.value }
  }
}
