import DatelineCore

/// Finds the names of the gazetteer in a text: the longest at each place.
struct PlaceMatcher {
  static let foldedSeed: UInt64 = 0x5851_F42D_4C95_7F2D
  static let exactSeed: UInt64 = 0x1405_7B7E_F767_814F
  /// How many look-ups before a look-up its slots are asked for.
  private static let lookahead = 8

  let gazetteer: Gazetteer

  /// Names in one field of a document.
  struct Match {
    /// The number of the name.
    var name: Int
    /// The words of the text that it has.
    var tokens: Range<Int>
  }

  /// The names in a text, in their order; they do not overlap. O(words).
  func matches(_ tokens: [PlaceToken], _ style: TextCase) -> [Match] {
    let starts = starts(of: tokens, style)
    let requests = gazetteer.names.slotRequests
    func request(_ number: Int) {
      if number >= starts.count { return }
      let token = tokens[starts[number]]
      requests.ask(for: PlaceScanner.chain(PlaceMatcher.foldedSeed, token.folded))
      requests.ask(for: PlaceScanner.chain(PlaceMatcher.exactSeed, token.exact))
    }
    for number in 0..<PlaceMatcher.lookahead { request(number) }
    var matches: [Match] = []
    var end = 0
    for (number, start) in starts.enumerated() {
      // A look-up waits for memory, so the slots of those that follow are on their way into the cache meanwhile.
      request(number + PlaceMatcher.lookahead)
      if start < end { continue }
      if let match = longest(at: start, tokens, style) ?? split(at: start, tokens) {
        matches.append(match)
        end = match.tokens.upperBound
      }
    }
    return matches
  }

  /// The words at which a name may begin: those with a capital, or all where nothing has capitals.
  private func starts(of tokens: [PlaceToken], _ style: TextCase) -> [Int] {
    if style == .lower { return Array(tokens.indices) }
    var starts: [Int] = []
    starts.reserveCapacity(tokens.count / 4)
    for place in tokens.indices where tokens[place].traits.contains(.capitalized) { starts.append(place) }
    return starts
  }

  /// The name of which only the first word is there, since the next name has the rest: `North` in
  /// `North and South Korea`.
  private func split(at place: Int, _ tokens: [PlaceToken]) -> Match? {
    guard place + 3 < tokens.count, WordList.directions.contains(tokens[place].folded),
      WordList.conjunctions.contains(tokens[place + 1].folded), WordList.directions.contains(tokens[place + 2].folded),
      tokens[place + 1...place + 3].allSatisfy({ $0.traits.contains(.joined) })
    else { return nil }
    func name(of direction: PlaceToken) -> Int? {
      let first = PlaceScanner.chain(PlaceMatcher.foldedSeed, direction.folded)
      return gazetteer.names.entry(PlaceScanner.chain(first, tokens[place + 3].folded))?.name
    }
    guard name(of: tokens[place + 2]) != nil, let name = name(of: tokens[place]) else { return nil }
    return Match(name: name, tokens: place..<place + 1)
  }

  private func longest(at place: Int, _ tokens: [PlaceToken], _ style: TextCase) -> Match? {
    let folded = longest(at: place, tokens, seed: PlaceMatcher.foldedSeed, \.folded)
    // The name written as it is counts more than one that folds to it, but "US Virgin Islands" is longer than "US".
    if let exact = longest(at: place, tokens, seed: PlaceMatcher.exactSeed, \.exact), isAbbreviation(exact, tokens),
      exact.tokens.count >= folded?.tokens.count ?? 0
    {
      return exact
    }
    guard let match = folded else { return nil }
    if style == .lower, !isKnownWithoutCapitals(match.name) { return nil }
    return match
  }

  private func longest(
    at first: Int, _ tokens: [PlaceToken], seed: UInt64, _ fingerprint: KeyPath<PlaceToken, UInt64>
  ) -> Match? {
    var chain = seed
    var best: Match?
    var place = first
    while place < tokens.count {
      // "Washington, D.C." and "Bosnia and Herzegovina" go on; a sentence's end does not.
      if place > first, tokens[place].traits.isDisjoint(with: [.joined, .afterComma]) { break }
      chain = PlaceScanner.chain(chain, tokens[place][keyPath: fingerprint])
      guard let entry = gazetteer.names.entry(chain) else { break }
      if let name = entry.name { best = Match(name: name, tokens: first..<place + 1) }
      guard entry.isPrefix else { break }
      place += 1
    }
    return best
  }

  /// Whether an abbreviation stands where it means what it is short for: that of a state behind a comma and before a
  /// dot (`Atlanta, Ga.`), any other anywhere.
  private func isAbbreviation(_ match: Match, _ tokens: [PlaceToken]) -> Bool {
    let token = tokens[match.tokens.lowerBound]
    if match.tokens.count > 1 || token.traits.contains(.allCapitals) || token.length > 5 { return true }
    return token.traits.contains(.afterComma) && token.traits.contains(.beforeDot)
  }

  /// Whether a name is taken for one where nothing has capitals: countries, peoples and capitals are, other names are
  /// too often words.
  private func isKnownWithoutCapitals(_ name: Int) -> Bool {
    var isKnown = false
    gazetteer.names.forEachSense(of: name) { sense in
      switch sense.kind {
      case .country, .people, .capital, .region: isKnown = true
      case .seat, .place, .abbreviation, .division, .sharedSeat, .regionAbbreviation: break
      case .city: if sense.weight >= 63 { isKnown = true }
      }
    }
    return isKnown
  }
}
