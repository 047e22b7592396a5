public import DatelineCore
public import DatelineVectors

/// The features `places`: what the places that a document names say of the countries and regions it may be about.
///
/// Every country and every region is a candidate with the same kinds of features (``FocusFeature``): a classifier can
/// learn weights for kinds that hold for all countries, also for those without a training document.
public struct PlacesExtractor: FeatureExtractor {
  /// What is found, and how it is read.
  public let finder: MentionFinder
  /// Which region a country belongs to.
  public let convention: RegionConvention
  /// The countries, then the regions.
  private let layout: CandidateFeatures
  /// The number of each country's region among the regions.
  private let regionOfCountry: [Int]

  /// Values are scaled by this, so that they weigh about as much as the words of a document beside them.
  private static let scale: Float = 0.6

  /// An extractor.
  ///
  /// - Throws: `DatelineError.Code.invalidData` for a gazetteer with a country of no region.
  public init(finder: MentionFinder, convention: RegionConvention) throws(DatelineError) {
    self.finder = finder
    self.convention = convention
    let gazetteer = finder.gazetteer
    var labels: [Label] = []
    var regionOfCountry: [Int] = []
    for country in gazetteer.countries {
      let region = country.region(by: convention)
      guard let number = gazetteer.regions.firstIndex(of: region) else {
        throw DatelineError(.invalidData, "\(country.name) belongs to no region: the gazetteer is damaged")
      }
      labels.append(try Label(region + "/" + country.name))
      regionOfCountry.append(number)
    }
    for region in gazetteer.regions { labels.append(try Label(region)) }
    self.regionOfCountry = regionOfCountry
    layout = CandidateFeatures(first: 0, labels: labels, kinds: FocusFeature.allCases.map(\.name)) {
      gazetteer.place(named: $0)
    }
  }

  /// The number of candidates times that of kinds.
  public var featureCount: Int { layout.labels.count * FocusFeature.allCases.count }

  /// The countries and regions.
  public var candidates: CandidateFeatures? { layout }

  /// Such as `Europe/Norway: in the title`.
  public func name(of feature: Int) -> String {
    let (candidate, kind) = feature.quotientAndRemainder(dividingBy: layout.kinds.count)
    return "\(layout.labels[candidate]): \(layout.kinds[kind])"
  }

  /// Finds the features of one document.
  public func extract(title: Span<UInt8>, body: Span<UInt8>, into row: inout SparseVector) {
    let findings = finder.find(title: title, body: body)
    row.replace { indices, values in if !findings.mentions.isEmpty { write(findings, &indices, &values) } }
  }

  private func write(_ findings: MentionFinder.Findings, _ indices: inout [UInt32], _ values: inout [Float]) {
    let countryCount = regionOfCountry.count
    var (countries, regions) = (FocusTally(findings), FocusTally(findings))
    for mention in findings.mentions {
      if mention.country < countryCount {
        countries.add(mention, to: mention.country)
        regions.add(mention, to: countryCount + regionOfCountry[mention.country])
      } else {
        regions.add(mention, to: mention.country)
      }
    }
    func append(_ feature: Int, _ value: Float) {
      indices.append(UInt32(feature))
      values.append(PlacesExtractor.scale * value)
    }
    func append(_ features: [Float], of candidate: Int) {
      for (kind, value) in features.enumerated() where value != 0 {
        append(candidate * layout.kinds.count + kind, value)
      }
    }
    // What words alone say of a region counts less where places of other regions are named.
    func appendLeftOut(_ candidates: Range<Int>) {
      for candidate in candidates { append(candidate * layout.kinds.count + FocusFeature.isLeftOut.rawValue, 1) }
    }
    countries.forEachCandidate { candidate, features in append(features, of: candidate) }
    var next = countryCount
    regions.forEachCandidate { candidate, features in
      appendLeftOut(next..<candidate)
      append(features, of: candidate)
      next = candidate + 1
    }
    appendLeftOut(next..<layout.labels.count)
  }

  /// One for each country that is named, or for each region where no country is.
  public func knownTermCount(_ row: SparseVector) -> Int {
    var (countries, regions) = (0, 0)
    for feature in row.indices {
      let (candidate, kind) = Int(feature).quotientAndRemainder(dividingBy: layout.kinds.count)
      guard kind == FocusFeature.isNamed.rawValue else { continue }
      if candidate < regionOfCountry.count { countries += 1 } else { regions += 1 }
    }
    return max(countries, regions)
  }

  /// Every mention stands for the feature ``FocusFeature/share`` of its country and of its region.
  public func occurrences(title: Span<UInt8>, body: Span<UInt8>) -> [FeatureOccurrence] {
    let kinds = layout.kinds.count
    return finder.mentions(title: title, body: body).flatMap { mention in
      var candidates = [mention.country]
      if mention.country < regionOfCountry.count {
        candidates.append(regionOfCountry.count + regionOfCountry[mention.country])
      }
      return candidates.map {
        FeatureOccurrence(feature: UInt32($0 * kinds + FocusFeature.share.rawValue), place: mention.place)
      }
    }
  }

  /// The gazetteer.
  public func payloads() -> [Payload] { finder.gazetteer.payloads() }
}
