extension Gazetteer {
  /// The country or region that a label means: by its code, its name in any spelling, or its abbreviation.
  ///
  /// - Parameter name: Such as `UA`, `Ivory Coast`, `west-germany` or `usa`.
  /// - Returns: The number of the country, or behind all countries that of the region.
  func place(named name: String) -> Int? {
    if let region = regions.firstIndex(of: name) { return countries.count + region }
    if let country = countries.firstIndex(where: { $0.code == name }) { return country }
    return place(Gazetteer.prefixes(name, isExact: false).last) { $0 == .country || $0 == .place || $0 == .region }
      ?? place(Gazetteer.prefixes(name.uppercased(), isExact: true).last) { $0.isExact }
  }

  /// The first meaning of a name that is of some kinds.
  private func place(_ fingerprint: UInt64?, where isWanted: (NameKind) -> Bool) -> Int? {
    guard let fingerprint, let number = names.entry(fingerprint)?.name else { return nil }
    var found: NameSense?
    names.forEachSense(of: number) { sense in if found == nil, isWanted(sense.kind) { found = sense } }
    return found?.country
  }
}
