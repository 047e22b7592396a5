public import DatelineCore
public import DatelineEvaluation

/// What a model file says of its model: all of it but the numbers.
public struct Manifest: Sendable {
  /// The facet, its labels, and whether they exclude each other.
  public var domain: Domain
  /// How many training documents had each label.
  public var support: [Int]
  /// The classifier family's identifier.
  public var plugin: String
  /// The classifier family's version.
  public var pluginVersion: String
  /// The parameters of the classifier.
  public var parameters: JSONValue
  /// The vectorizer family's identifier.
  public var vectorizer: String
  /// The parameters of the vectorizer.
  public var vectorizerParameters: JSONValue
  /// What turns scores into probabilities.
  public var calibrator: Calibrator
  /// What a training document is.
  public var unit: Unit
  /// What turns mean scores of several sentences into probabilities; `nil` where ``calibrator`` does that, too.
  public var articleCalibrator: Calibrator?
  /// Exclusive labels less probable than this are withheld. Where labels do not exclude each other, a document that no
  /// label reaches its threshold for gets the most probable one from this on; 0 for never.
  public var minimumProbability: Double
  /// Whether labels are given only where the text speaks for them: where their odds are more than half as high again as for an
  /// empty text.
  public var needsEvidence: Bool
  /// Texts of whose distinct terms the model knows a smaller share than this get no label, such as those in a language that
  /// it has not learnt; 0 for none. Where the vocabulary is hashed, nobody can tell.
  public var minimumCoverage: Double
  /// Where labels exclude each other, further ones at least this probable are given besides the most probable one: what
  /// exclusive labels were learnt from may still be about several things. 1 for none.
  public var furtherProbability: Double
  /// The code of each label that has one, such as `medtop:15000000`, by its path.
  public var codes: [String: String]
  /// From which probability on a document gets each label; `nil` where labels exclude each other.
  public var thresholds: Thresholds?
  /// What was measured while training: the search for parameters, and what the optimiser reached.
  public var training: JSONValue
  /// Where the model comes from.
  public var provenance: Provenance

  /// The manifest as JSON.
  public var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("facet", .string(domain.facet.name)),
      ("kind", .string(domain.kind.rawValue)),
      ("labels", .array(domain.labels.map { .string($0.path) })),
      ("support", .array(support.map { JSONValue($0) })),
      ("plugin", ["identifier": .string(plugin), "version": .string(pluginVersion), "parameters": parameters]),
      ("vectorizer", ["identifier": .string(vectorizer), "parameters": vectorizerParameters]),
      ("calibration", calibrator.json),
      ("thresholds", thresholds?.json ?? .null),
      ("training", training),
      ("provenance", provenance.json),
    ]
    // Models that read documents as a whole have the manifest that they always had.
    if unit != .document { members.append(("unit", .string(unit.rawValue))) }
    if let articleCalibrator { members.append(("article_calibration", articleCalibrator.json)) }
    if minimumProbability > 0 { members.append(("minimum_probability", .number(minimumProbability))) }
    if needsEvidence { members.append(("needs_evidence", .bool(true))) }
    if minimumCoverage > 0 { members.append(("minimum_coverage", .number(minimumCoverage))) }
    if furtherProbability < 1 { members.append(("further_probability", .number(furtherProbability))) }
    if !codes.isEmpty {
      let sorted = codes.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      members.append(("codes", .object(sorted.map { ($0.key, .string($0.value)) })))
    }
    return .object(members)
  }

  init(
    domain: Domain, support: [Int], plugin: PluginDescription, parameters: JSONValue, vectorizer: String,
    vectorizerParameters: JSONValue, unit: Unit, minimumProbability: Double, needsEvidence: Bool,
    minimumCoverage: Double, furtherProbability: Double, codes: [String: String], calibrator: Calibrator,
    thresholds: Thresholds?, training: JSONValue, provenance: Provenance
  ) {
    self.domain = domain
    self.support = support
    self.plugin = plugin.identifier
    pluginVersion = plugin.version
    self.parameters = parameters
    self.vectorizer = vectorizer
    self.vectorizerParameters = vectorizerParameters
    self.unit = unit
    self.minimumProbability = minimumProbability
    self.needsEvidence = needsEvidence
    self.minimumCoverage = minimumCoverage
    self.furtherProbability = furtherProbability
    self.codes = codes
    self.calibrator = calibrator
    self.thresholds = thresholds
    self.training = training
    self.provenance = provenance
  }

  /// A manifest from what ``json`` gave.
  ///
  /// - Throws: `DatelineError.Code.invalidData` when something is missing or contradicts itself.
  public init(json: JSONValue) throws(DatelineError) {
    func damaged(_ what: String) -> DatelineError {
      DatelineError(.invalidData, "the manifest has no usable \(what): the file is damaged or no Dateline model")
    }
    guard let facet = try? json["facet"]?.string.map(Facet.init) else { throw damaged("facet") }
    guard let kind = json["kind"]?.string.flatMap(Domain.Kind.init) else { throw damaged("kind") }
    guard let names = json["labels"]?.elements else { throw damaged("labels") }
    var labels: [Label] = []
    for name in names {
      guard let path = name.string else { throw damaged("labels") }
      labels.append(try Label(path))
    }
    domain = try Domain(facet: facet, kind: kind, labels: labels)
    guard domain.labels == labels else { throw damaged("labels: they are not sorted, or one occurs twice") }
    support = json["support"]?.elements?.compactMap(\.integer) ?? []
    guard support.count == labels.count, support.allSatisfy({ (0...Provenance.maximumCount).contains($0) }) else {
      throw damaged("support")
    }
    guard let plugin = json["plugin"], let identifier = plugin["identifier"]?.string,
      let version = plugin["version"]?.string, let parameters = plugin["parameters"]
    else { throw damaged("plugin") }
    self.plugin = identifier
    pluginVersion = version
    self.parameters = parameters
    guard let vectorizer = json["vectorizer"]?["identifier"]?.string,
      let vectorizerParameters = json["vectorizer"]?["parameters"]
    else { throw damaged("vectorizer") }
    self.vectorizer = vectorizer
    self.vectorizerParameters = vectorizerParameters
    guard let calibration = json["calibration"], let provenance = json["provenance"] else {
      throw damaged("calibration or provenance")
    }
    calibrator = try Calibrator(json: calibration, domain: domain)
    guard let unit = Unit(rawValue: json["unit"].map { $0.string ?? "" } ?? Unit.document.rawValue) else {
      throw damaged("unit")
    }
    self.unit = unit
    minimumProbability = json["minimum_probability"].map { $0.number ?? -1 } ?? 0
    guard (0...1).contains(minimumProbability) else { throw damaged("minimum_probability") }
    needsEvidence = json["needs_evidence"] == .bool(true)
    minimumCoverage = json["minimum_coverage"].map { $0.number ?? -1 } ?? 0
    guard (0...1).contains(minimumCoverage) else { throw damaged("minimum_coverage") }
    furtherProbability = json["further_probability"].map { $0.number ?? -1 } ?? 1
    guard (0...1).contains(furtherProbability) else { throw damaged("further_probability") }
    codes = [:]
    if let table = json["codes"] {
      guard case .object(let members) = table else { throw damaged("codes") }
      for (label, code) in members {
        guard let code = code.string, (try? Label(label)).flatMap(domain.index) != nil else { throw damaged("codes") }
        codes[label] = code
      }
    }
    if let value = json["article_calibration"] { articleCalibrator = try Calibrator(json: value, domain: domain) }
    if let values = json["thresholds"], values != .null {
      thresholds = try Thresholds(json: values, domain: domain)
    } else {
      thresholds = nil
    }
    guard (thresholds == nil) == (kind == .exclusive) else { throw damaged("thresholds") }
    training = json["training"] ?? .null
    self.provenance = try Provenance(json: provenance)
  }
}
