/// A classifier family: what trains and loads models of one kind.
public protocol ClassifierPlugin: Sendable {
  /// Name, version, parameters and capabilities.
  var description: PluginDescription { get }
  /// Learns from documents.
  ///
  /// The result depends on the arguments alone: not on the number of threads, not on the clock, not on hash order.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` for a set that this family cannot learn from.
  func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport)
  /// Brings a model back from the parts that `Classifier.payloads()` gave.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` for parts that do not fit together, however hostile.
  func load(_ payloads: Payloads, domain: Domain) throws(DatelineError) -> any Classifier
}

/// What a plugin says of itself.
public struct PluginDescription: Sendable {
  /// What a family can do.
  public struct Capabilities: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt32

    /// Capabilities of the given bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Learns facets whose labels do not exclude each other.
    public static let multiLabel = Capabilities(rawValue: 1 << 0)
    /// Needs values that are 0 or more.
    public static let nonNegativeOnly = Capabilities(rawValue: 1 << 1)
    /// Can learn further documents into an existing model (``IncrementalClassifierPlugin``).
    public static let incremental = Capabilities(rawValue: 1 << 2)
    /// Scores are sums of one contribution a feature, plus a constant.
    public static let linear = Capabilities(rawValue: 1 << 3)
    /// The softmax of the scores of exclusive labels, and the logistic function of others', are probabilities also before
    /// they are calibrated.
    public static let probabilistic = Capabilities(rawValue: 1 << 4)

    /// The names of the capabilities, in a fixed order.
    public var names: [String] {
      let all: [(Capabilities, String)] = [
        (.multiLabel, "multi-label"), (.nonNegativeOnly, "non-negative-only"), (.incremental, "incremental"),
        (.linear, "linear"), (.probabilistic, "probabilistic"),
      ]
      return all.filter { contains($0.0) }.map(\.1)
    }
  }

  /// The name on the command line and in model files, such as `naive-bayes`.
  public var identifier: String
  /// The version of the family; a model remembers it.
  public var version: String
  /// One sentence for people.
  public var summary: String
  /// The parameters.
  public var parameters: ParameterSchema
  /// The values to try on held-out folds for parameters that are `auto`, in rising order. Of a single parameter the
  /// search begins with the middle one and goes on as long as it gets better; of several, all combinations are tried.
  public var searchGrid: [String: [ParameterValue]]
  /// The values of the vectorizer's parameters with which this family does best; users can override them.
  public var vectorizerDefaults: [String: ParameterValue]
  /// What the family can do.
  public var capabilities: Capabilities

  /// A description.
  public init(
    identifier: String, version: String, summary: String, parameters: ParameterSchema,
    searchGrid: [String: [ParameterValue]] = [:], vectorizerDefaults: [String: ParameterValue] = [:],
    capabilities: Capabilities
  ) {
    self.identifier = identifier
    self.version = version
    self.summary = summary
    self.parameters = parameters
    self.searchGrid = searchGrid
    self.vectorizerDefaults = vectorizerDefaults
    self.capabilities = capabilities
  }
}

/// A classifier family that can learn further documents into an existing model.
public protocol IncrementalClassifierPlugin: ClassifierPlugin {
  /// Learns further documents. The result is that of learning the earlier and the further documents together.
  ///
  /// - Parameters:
  ///   - model: A model of this family.
  ///   - set: The further documents, in features and labels that include the model's.
  ///   - featureMap: For each feature of the model its number among the set's, ascending.
  ///   - labelMap: For each label of the model its number among the set's, ascending.
  ///   - parameters: Those of the earlier training.
  ///   - context: Threads, seed and progress.
  func update(
    _ model: any Classifier, with set: TrainingSet, featureMap: [Int], labelMap: [Int], parameters: Hyperparameters,
    context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport)
}
