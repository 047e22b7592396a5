import DatelineCore

/// Finds the countries that a document names, and decides what ambiguous names mean.
///
/// Cost: one pass over the text, and a look-up for each word with a capital.
public struct MentionFinder: Sendable {
  /// The names.
  public let gazetteer: Gazetteer

  /// A finder.
  public init(gazetteer: Gazetteer) { self.gazetteer = gazetteer }

  /// The mentions in a document, the title's before the body's, each in the order of the text.
  public func mentions(title: Span<UInt8>, body: Span<UInt8>) -> [Mention] {
    find(title: title, body: body).mentions
  }

  /// The mentions, and how long the fields are.
  struct Findings {
    var mentions: [Mention] = []
    /// How many words the body has.
    var bodyLength = 0
    /// How many words of the body are in its first paragraph, at most 60.
    var leadLength = 0
  }

  func find(title: Span<UInt8>, body: Span<UInt8>) -> Findings {
    var findings = Findings()
    var candidates: [Candidate] = []
    let dateline = DatelineRule.range(body)
    for field in TextPlace.Field.allCases {
      var tokens: [PlaceToken] = []
      PlaceScanner.scan(field == .title ? title : body, into: &tokens)
      let style = TextCase(tokens)
      let matches = PlaceMatcher(gazetteer: gazetteer).matches(tokens, style)
      let context = NameContext(gazetteer: gazetteer, tokens: tokens, style: style, names: matches.map(\.tokens))
      for match in matches {
        let (first, last) = (tokens[match.tokens.lowerBound], tokens[match.tokens.upperBound - 1])
        let bytes = Int(first.start)..<Int(last.end)
        let isGivenName =
          match.tokens.count == 1
          && gazetteer.givenNames.contains(PlaceScanner.chain(PlaceMatcher.foldedSeed, first.folded))
        candidates.append(
          Candidate(
            name: match.name, field: field, bytes: bytes, tokens: match.tokens,
            link: context.link(to: match.tokens), isInList: context.isInList(match.tokens),
            verdict: context.verdict(match.tokens, isGivenName: isGivenName), isGivenName: isGivenName,
            isSingle: match.tokens.count == 1,
            isCaseEvidence: style == .sentence && !first.traits.contains(.startsSentence),
            isMoreThanWord: isMoreThanWord(match.tokens, bytes, field == .title ? title : body, context),
            isTownByNext: context.isTownByNext(match.tokens),
            isWrittenShort: context.isWrittenShort(match.tokens),
            isDateline: field == .body && (dateline.map { bytes.lowerBound < $0.upperBound } ?? false)
          ))
      }
      if field == .body {
        findings.bodyLength = tokens.count
        let lead = tokens.dropFirst().firstIndex { $0.traits.contains(.startsParagraph) } ?? tokens.count
        findings.leadLength = min(60, lead)
      }
    }
    findings.mentions = SenseResolver(gazetteer: gazetteer).resolve(candidates)
    return findings
  }

  /// Whether an accent or a capital says that a name is no English word.
  private func isMoreThanWord(
    _ words: Range<Int>, _ bytes: Range<Int>, _ text: Span<UInt8>, _ context: NameContext
  ) -> Bool {
    let hasCapitalsOnly = context.tokens[words.lowerBound].traits.contains(.allCapitals)
    return bytes.contains { text[$0] >= 0x80 } || !hasCapitalsOnly && context.isNamedByCapital(words)
  }
}

/// A name in a document, before it is decided what it means.
struct Candidate {
  var name: Int
  var field: TextPlace.Field
  var bytes: Range<Int>
  /// Its words, by their place in the field.
  var tokens: Range<Int>
  /// How many words stand between it and a name before it that is a part of it; `nil` where it is part of nothing.
  var link: Int?
  /// Whether `and` or `or` stands behind it.
  var isInList: Bool
  /// What the words around it say.
  var verdict: NameContext.Verdict
  /// Whether persons have it as a given name, too.
  var isGivenName: Bool
  /// Whether it is one word.
  var isSingle: Bool
  /// Whether its capital says that it is a name.
  var isCaseEvidence: Bool
  /// Whether its letters say that it is no English word that looks like it.
  var isMoreThanWord: Bool
  /// Whether what stands behind it says that it is a town.
  var isTownByNext: Bool
  /// Whether it has capitals only, unlike the text.
  var isWrittenShort: Bool
  /// Whether it stands in the dateline.
  var isDateline: Bool
}
