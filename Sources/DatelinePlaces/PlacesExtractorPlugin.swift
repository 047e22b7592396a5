public import DatelineCore

/// The family of extractors `places`: countries and regions by the places that a text names.
public struct PlacesExtractorPlugin: FeatureExtractorPlugin {
  /// The family.
  public init() {}

  /// `places`
  public var identifier: String { "places" }

  /// What it is.
  public var summary: String { "Countries and regions by the places that a text names, from a gazetteer." }

  /// Its parameters.
  public var parameters: ParameterSchema {
    ParameterSchema([
      Parameter(
        "places-regions", .choice(RegionConvention.allCases.map(\.rawValue)), default: .choice("newsroom"),
        help: "Which region a country belongs to: as newsrooms have it, or by the United Nations' standard M49."),
      Parameter(
        "places-dateline", .flag, default: .flag(true),
        help: "Whether the place of a dateline (PARIS, May 2 -) counts; it often gives the answer away."),
    ])
  }

  /// An extractor with the gazetteer that comes with Dateline.
  public func extractor(_ parameters: Hyperparameters) throws(DatelineError) -> any FeatureExtractor {
    try extractor(parameters, Gazetteer.standard())
  }

  /// An extractor with the gazetteer that a model has learnt with.
  public func load(_ payloads: Payloads, parameters: Hyperparameters) throws(DatelineError) -> any FeatureExtractor {
    try extractor(parameters, Gazetteer(payloads))
  }

  private func extractor(
    _ parameters: Hyperparameters, _ gazetteer: Gazetteer
  ) throws(DatelineError) -> PlacesExtractor {
    guard let convention = RegionConvention(rawValue: parameters.choice("places-regions")) else {
      throw DatelineError(.internal, "the parameters of places do not follow their schema")
    }
    return try PlacesExtractor(
      finder: MentionFinder(gazetteer: gazetteer, readsDateline: parameters.flag("places-dateline")),
      convention: convention)
  }
}
