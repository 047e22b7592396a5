public import DatelineArtifacts
public import DatelineCore
import DatelineEvaluation

/// A trained model of one facet: it turns a document into probabilities and tags. Immutable.
public struct Model: Sendable {
  /// What the model file says of it.
  public let manifest: Manifest
  let vectorizer: any Vectorizer
  let classifier: any Classifier
  /// Whether the vectorizer has to sort features for this classifier.
  let needsOrder: Bool
  /// What makes features of terms that were counted before, be it by another model; `nil` where a model reads sentences, as
  /// these are texts of their own, or needs features in order.
  let termVectorizer: (any TermVectorizer)?
  let tree: LabelTree
  /// The code of each label; empty where no label has one.
  let codes: [String?]
  /// The probability of each label for an empty text; empty where the model does not need evidence.
  let priors: [Double]
  let scratches = ScratchPool()

  init(manifest: Manifest, vectorizer: any Vectorizer, classifier: any Classifier) throws(DatelineError) {
    guard classifier.labelCount == manifest.domain.count, classifier.featureCount == vectorizer.featureCount else {
      throw DatelineError(
        .invalidData,
        "a classifier of \(classifier.featureCount) features and \(classifier.labelCount) labels for \(vectorizer.featureCount) features and \(manifest.domain.count) labels: the file is damaged"
      )
    }
    self.manifest = manifest
    self.vectorizer = vectorizer
    self.classifier = classifier
    needsOrder = classifier.needsOrder
    termVectorizer = manifest.unit == .document && !needsOrder ? vectorizer.termVectorizer : nil
    tree = LabelTree(manifest.domain)
    priors = manifest.needsEvidence ? Model.priors(classifier, manifest.calibrator) : []
    try classifier.checkForFailure()
    codes = manifest.codes.isEmpty ? [] : manifest.domain.labels.map { manifest.codes[$0.path] }
  }

  private static func priors(_ classifier: any Classifier, _ calibrator: Calibrator) -> [Double] {
    var priors = classifier.scores(indices: [], values: [])
    var span = priors.mutableSpan
    calibrator.calibrate(&span)
    return priors
  }

  /// The facet, its labels, and whether they exclude each other.
  public var domain: Domain { manifest.domain }

  /// Opens a model file. What it holds is mapped, not read; every part is checked before its first use.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - registry: The classifier families that the model may be of.
  ///   - vectorizers: The vectorizer families that the model may use.
  /// - Throws: `DatelineError` when the file is missing, damaged, of a newer version, or needs an unknown plugin.
  public init(
    contentsOf path: String, registry: PluginRegistry = .standard(), vectorizers: VectorizerRegistry = .standard()
  ) throws(DatelineError) {
    do {
      try self.init(try ArtifactFile.open(path), registry: registry, vectorizers: vectorizers)
    } catch {
      throw DatelineError(error.code, error.message, at: error.location ?? .init(file: path), cause: error.cause)
    }
  }

  /// Brings a model back from an artifact.
  public init(
    _ artifact: ArtifactFile, registry: PluginRegistry = .standard(), vectorizers: VectorizerRegistry = .standard()
  ) throws(DatelineError) {
    let manifest = try Manifest(json: artifact.manifest)
    let plugin: any ClassifierPlugin
    do {
      plugin = try registry.plugin(manifest.plugin)
    } catch {
      throw DatelineError(
        .incompatible,
        "the model needs a plugin that is not there: \(error.message); one that somebody else has built is loaded with --load-plugin PATH, or by naming PATH in DATELINE_PLUGINS"
      )
    }
    let vectorizerPlugin = try vectorizers.plugin(manifest.vectorizer)
    let payloads = Payloads(artifact)
    let parameters = try Hyperparameters(vectorizerPlugin.parameters, json: manifest.vectorizerParameters)
    try self.init(
      manifest: manifest, vectorizer: try vectorizerPlugin.load(payloads, parameters: parameters),
      classifier: try plugin.load(payloads, domain: manifest.domain))
  }

  /// The bytes that the model's file has. Costs as much as writing it.
  public func fileSize() throws(DatelineError) -> Int {
    try ArtifactWriter.data(manifest: manifest.json, payloads: try payloads()).count
  }

  /// All parts of the model file but the manifest.
  func payloads() throws(DatelineError) -> [Payload] { vectorizer.payloads() + (try classifier.payloads()) }

  /// Writes the model file: completely or not at all, in place of one that is there.
  public func write(to path: String) throws(DatelineError) {
    try ArtifactWriter.write(manifest: manifest.json, payloads: try payloads(), to: path)
  }
}
