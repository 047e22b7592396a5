public import DatelineCore

/// What a training read, chose and reached.
public struct TrainingSummary: Sendable {
  /// One setting of the searched parameters, and how well it did on documents that its models had not seen.
  public struct SearchStep: Sendable {
    /// The searched parameters, as `C=10`.
    public let description: String
    /// The searched parameters by name.
    public let values: [String: ParameterValue]
    /// The log loss of calibrated out-of-fold probabilities, per document; lower is better.
    public let logLoss: Double
    /// Whether this one was chosen.
    public let isChosen: Bool

    var json: JSONValue {
      .object(values.keys.sorted().map { ($0, values[$0].map { .string($0.description) } ?? .null) })
    }
  }

  /// How good the model's calibrated answers are on documents that the fold's model had not seen.
  public struct OutOfFold: Sendable {
    /// The share of documents whose labels are right: the one label, or the whole set.
    public let accuracy: Double
    /// Micro-averaged F1.
    public let microF1: Double
    /// Macro-averaged F1.
    public let macroF1: Double
    /// The number of folds; 1 for a single part that was held out.
    public let foldCount: Int
  }

  /// How much smaller the model was made to keep its file below a size, and what that cost.
  public struct Reduction: Sendable {
    /// The bytes of the full model's file.
    public let fullSize: Int
    /// The bytes of the model's file.
    public let size: Int
    /// The number of the full model's features.
    public let fullFeatureCount: Int
    /// How good the full model is on documents that the fold's model had not seen; ``TrainingSummary/outOfFold`` is the
    /// same of the smaller one. `nil` without folds.
    public let full: OutOfFold?
  }

  /// The number of documents.
  public let documentCount: Int
  /// The number of features.
  public let featureCount: Int
  /// The number of non-zero elements of all documents.
  public let elementCount: Int
  /// How many documents have each label of the domain.
  public let support: [Int]
  /// The settings that were tried.
  public let search: [SearchStep]
  /// The estimate from the folds; `nil` without folds.
  public let outOfFold: OutOfFold?
  /// How much smaller the model was made; `nil` where there was no need.
  public let reduction: Reduction?
  /// What the plugin says.
  public let report: TrainingReport
  /// What a person should know.
  public let warnings: [String]
}
