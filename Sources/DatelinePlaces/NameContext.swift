/// What stands around a name, and says whether it means a place or a person.
struct NameContext {
  let gazetteer: Gazetteer
  let tokens: [PlaceToken]
  let style: TextCase
  /// Words that begin a sentence with a name and stand elsewhere without a capital: there they are no names.
  private let words: Set<UInt64>
  /// Whether other words than short ones, which headlines of capitals have too, begin with small letters.
  private let hasSmallWords: Bool
  /// Whether not all letters are capitals.
  private let hasSmallLetters: Bool

  /// What stands around the names of a text.
  ///
  /// - Parameter names: Where names were found. O(words of the text + names).
  init(gazetteer: Gazetteer, tokens: [PlaceToken], style: TextCase, names: [Range<Int>]) {
    self.gazetteer = gazetteer
    self.tokens = tokens
    self.style = style
    hasSmallWords = tokens.contains {
      $0.length >= NameContext.longerThanArticles
        && $0.traits.isDisjoint(with: [.capitalized, .number, .startsSentence])
    }
    hasSmallLetters = tokens.contains {
      $0.length > 1 && $0.traits.isDisjoint(with: [.allCapitals, .number])
    }
    var asked: Set<UInt64> = []
    // Most words can be passed over by one bit of their fingerprint.
    var mask: UInt64 = 0
    if style == .sentence {
      for name in names where name.count == 1 {
        let token = tokens[name.lowerBound]
        // "US" is no word because "us" is one.
        guard token.traits.contains(.startsSentence), !token.traits.contains(.allCapitals) else { continue }
        asked.insert(token.folded)
        mask |= 1 << (token.folded & 63)
      }
    }
    var words: Set<UInt64> = []
    if mask != 0 {
      for token in tokens where mask & (1 << (token.folded & 63)) != 0 && !token.traits.contains(.capitalized) {
        if asked.contains(token.folded) { words.insert(token.folded) }
      }
    }
    self.words = words
  }

  /// What a name means by the words next to it.
  enum Verdict {
    /// A person, surely: a title or a given name stands before it.
    case person
    /// A person or a company, maybe: an unknown name stands next to it.
    case otherName
    /// A word like any other: the text has it without a capital.
    case word
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
    if range.count == 1, range.upperBound < tokens.count {
      let next = tokens[range.upperBound]
      // "US Williams" is the start of something else.
      let isOpen = next.traits.contains(.joined) && (style == .upper || !first.traits.contains(.allCapitals))
      if isOpen, style == .lower || next.traits.contains(.capitalized), gazetteer.familyNames.contains(chained(next)) {
        return .person
      }
    }
    if isGivenName, range.upperBound < tokens.count {
      let next = tokens[range.upperBound]
      if style == .sentence, next.traits.contains(.joined), next.traits.contains(.capitalized),
        !next.traits.contains(.allCapitals), !isPlaceName(next), !gazetteer.titles.contains(chained(next))
      {
        return .person
      }
    }
    if range.count == 1, first.traits.contains(.startsSentence), !first.traits.contains(.allCapitals),
      words.contains(first.folded)
    {
      return .word
    }
    return .open
  }

  /// The bytes of a word that is none of those which headlines of capitals have in small letters.
  private static let longerThanArticles = 5

  /// Whether the capital of a name says that it is one and not any word: within a sentence of small letters, with no other
  /// capital beside it that it could belong to (`a nice cup of tea`, `A Nice Cup of Tea`, `the Nice Guys`).
  func isNamedByCapital(_ range: Range<Int>) -> Bool {
    let first = tokens[range.lowerBound]
    guard hasSmallWords, !first.traits.contains(.startsSentence), !hasArticle(range) else { return false }
    if range.lowerBound > 0, first.traits.contains(.joined), isCapitalized(range.lowerBound - 1) { return false }
    return range.upperBound == tokens.count || !tokens[range.upperBound].traits.contains(.joined)
      || !isCapitalized(range.upperBound)
  }

  /// Whether an article stands before a name: towns have none.
  private func hasArticle(_ range: Range<Int>) -> Bool {
    range.lowerBound > 0 && tokens[range.lowerBound].traits.contains(.joined)
      && WordList.articles.contains(tokens[range.lowerBound - 1].folded)
  }

  private func isCapitalized(_ place: Int) -> Bool {
    tokens[place].traits.contains(.capitalized) && !tokens[place].traits.contains(.startsSentence)
  }

  /// Whether a name is owned from or stands before what towns have: `Nice's mayor`, `Derby-based`.
  func isTownByNext(_ range: Range<Int>) -> Bool {
    guard tokens[range.lowerBound].traits.contains(.capitalized), !hasArticle(range) else { return false }
    if tokens[range.upperBound - 1].traits.contains(.possessive) { return true }
    return range.upperBound < tokens.count && tokens[range.upperBound].traits.contains(.joined)
      && WordList.ofTowns.contains(tokens[range.upperBound].folded)
  }

  /// Whether an abbreviation is written as one: within text that has small letters.
  func isWrittenShort(_ range: Range<Int>) -> Bool {
    hasSmallLetters && tokens[range.lowerBound].traits.contains(.allCapitals)
  }

  /// How many words stand between a name and the one before it that is a part of it: none in `Athens, Georgia`, one in
  /// `Athens in Georgia`; `nil` where it is part of nothing.
  func link(to range: Range<Int>) -> Int? {
    var place = range.lowerBound
    if tokens[place].traits.contains(.afterComma) { return 0 }
    while place > 0, tokens[place].traits.contains(.joined), range.lowerBound - place <= 2 {
      place -= 1
      if WordList.within.contains(tokens[place].folded) {
        return tokens[place].traits.isDisjoint(with: [.joined, .afterComma]) ? nil : range.lowerBound - place
      }
      if !WordList.directions.contains(tokens[place].folded) { return nil }
    }
    return nil
  }

  /// Whether a list goes on behind a name: `and` or `or` follows.
  func isInList(_ range: Range<Int>) -> Bool {
    range.upperBound < tokens.count && tokens[range.upperBound].traits.contains(.joined)
      && WordList.conjunctions.contains(tokens[range.upperBound].folded)
  }

  private func chained(_ token: PlaceToken) -> UInt64 { PlaceScanner.chain(PlaceMatcher.foldedSeed, token.folded) }

  private func isPlaceName(_ token: PlaceToken) -> Bool { gazetteer.names.entry(chained(token)) != nil }
}

/// Words that mean something to names next to them, by their fingerprints.
enum WordList {
  static let prepositions = fingerprints(
    "in at near from outside around across throughout inside within leaves toward towards beyond")
  static let within = fingerprints("in")
  static let conjunctions = fingerprints("and or")
  static let articles = fingerprints("the a an")
  /// What stands behind a town's name.
  static let ofTowns = fingerprints("based mayor airport cathedral residents")
  static let directions = fingerprints(
    """
    north south east west northern southern eastern western central greater downtown inner outer old new upper lower \
    mid northeast northwest southeast southwest northeastern northwestern southeastern southwestern port mount lake \
    the of university republic state city province county district metro suburban rural occupied former
    """)

  private static func fingerprints(_ words: String) -> WordSet {
    var tokens: [PlaceToken] = []
    PlaceScanner.scan(Array(words.utf8).span, into: &tokens)
    return WordSet(tokens.map(\.folded))
  }
}
