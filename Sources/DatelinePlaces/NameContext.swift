/// What stands around a name, and says whether it means a place or a person.
struct NameContext {
  let gazetteer: Gazetteer
  let tokens: [PlaceToken]
  let style: TextCase

  /// What a name means by the words next to it.
  enum Verdict {
    /// A person, surely: a title or a given name stands before it.
    case person
    /// A person or a company, maybe: an unknown name stands next to it.
    case otherName
    /// A place: a preposition of place stands before it.
    case place
    /// Nothing is known.
    case open
  }

  /// The verdict on some words.
  ///
  /// - Parameter isGivenName: Whether the words are a given name, too.
  func verdict(_ range: Range<Int>, isGivenName: Bool) -> Verdict {
    let first = tokens[range.lowerBound]
    if range.lowerBound > 0, first.traits.contains(.joined) {
      let before = tokens[range.lowerBound - 1]
      if WordList.prepositions.contains(before.folded) { return .place }
      if before.traits.contains(.capitalized) || style == .lower {
        if gazetteer.titles.contains(chained(before)) { return .person }
        if gazetteer.givenNames.contains(chained(before)) { return .person }
      }
      let isName =
        style == .sentence && before.traits.contains(.capitalized) && !before.traits.contains(.startsSentence)
        && !before.traits.contains(.allCapitals) && !before.traits.contains(.beforeDot)
      if isName, !WordList.directions.contains(before.folded), !isPlaceName(before) { return .otherName }
    }
    if isGivenName, range.upperBound < tokens.count {
      let next = tokens[range.upperBound]
      if style == .sentence, next.traits.contains(.joined), next.traits.contains(.capitalized),
        !next.traits.contains(.allCapitals), !isPlaceName(next)
      {
        return .person
      }
    }
    return .open
  }

  private func chained(_ token: PlaceToken) -> UInt64 { PlaceScanner.chain(PlaceMatcher.foldedSeed, token.folded) }

  private func isPlaceName(_ token: PlaceToken) -> Bool { gazetteer.names.entry(chained(token)) != nil }
}

/// Words that mean something to names next to them, by their fingerprints.
enum WordList {
  static let prepositions = fingerprints(
    "in at near from outside around across throughout inside within leaves toward towards beyond")
  static let directions = fingerprints(
    """
    north south east west northern southern eastern western central greater downtown inner outer old new upper lower \
    mid northeast northwest southeast southwest northeastern northwestern southeastern southwestern port mount lake \
    the of university republic state city province county district downtown metro suburban rural occupied former
    """)

  private static func fingerprints(_ words: String) -> Set<UInt64> {
    var tokens: [PlaceToken] = []
    PlaceScanner.scan(Array(words.utf8).span, into: &tokens)
    return Set(tokens.map(\.folded))
  }
}
