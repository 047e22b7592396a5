/// A country or territory of the gazetteer.
public struct Country: Sendable, Equatable {
  /// The code of ISO 3166-1, such as `UA`.
  public var code: String
  /// What it is called in labels, such as `Ukraine`.
  public var name: String
  /// The region that newsrooms count it to.
  public var newsroomRegion: String
  /// The region that the United Nations' standard M49 puts it in.
  public var standardRegion: String

  /// The region by a convention.
  public func region(by convention: RegionConvention) -> String {
    convention == .newsroom ? newsroomRegion : standardRegion
  }
}

/// Which region a country belongs to.
public enum RegionConvention: String, Sendable, CaseIterable {
  /// As newsrooms do: the Middle East is a region, Turkey and the Caucasus are Europe.
  case newsroom
  /// As M49 does: they and the Middle East are Asia, Egypt is Africa.
  case m49
}
