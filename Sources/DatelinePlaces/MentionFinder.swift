import DatelineCore

/// Finds the countries that a document names, and decides what ambiguous names mean.
///
/// Cost: one pass over the text, and a look-up for each word with a capital.
public struct MentionFinder: Sendable {
  /// The names.
  public let gazetteer: Gazetteer
  /// Whether the place of a dateline counts.
  public var readsDateline: Bool

  /// A finder.
  public init(gazetteer: Gazetteer, readsDateline: Bool = true) {
    self.gazetteer = gazetteer
    self.readsDateline = readsDateline
  }

  /// The mentions in a document, the title's before the body's, each in the order of the text.
  public func mentions(title: Span<UInt8>, body: Span<UInt8>) -> [Mention] {
    find(title: title, body: body).mentions
  }

  /// The mentions, and how long the fields are.
  struct Findings {
    var mentions: [Mention] = []
    /// How many words the title and the body have.
    var titleLength = 0
    var bodyLength = 0
    /// How many words of the body are in its first paragraph, at most 60.
    var leadLength = 0
  }

  func find(title: Span<UInt8>, body: Span<UInt8>) -> Findings {
    var findings = Findings()
    var candidates: [Candidate] = []
    let dateline = DatelineRule.range(body)
    let start = readsDateline ? 0 : (dateline?.upperBound ?? 0)
    for field in TextPlace.Field.allCases {
      var tokens: [PlaceToken] = []
      let text = field == .title ? title : body.extracting(start..<body.count)
      PlaceScanner.scan(text, into: &tokens)
      let offset = field == .title ? 0 : start
      let context = NameContext(gazetteer: gazetteer, tokens: tokens, style: TextCase(tokens))
      let matcher = PlaceMatcher(gazetteer: gazetteer)
      for match in matcher.matches(tokens, context.style) {
        let (first, last) = (tokens[match.tokens.lowerBound], tokens[match.tokens.upperBound - 1])
        let bytes = Int(first.start) + offset..<Int(last.end) + offset
        let isGivenName =
          match.tokens.count == 1
          && gazetteer.givenNames.contains(PlaceScanner.chain(PlaceMatcher.foldedSeed, first.folded))
        candidates.append(
          Candidate(
            name: match.name, field: field, bytes: bytes, tokens: match.tokens,
            followsComma: first.traits.contains(.afterComma),
            verdict: context.verdict(match.tokens, isGivenName: isGivenName), isSingle: match.tokens.count == 1,
            isCaseEvidence: context.style == .sentence && !first.traits.contains(.startsSentence),
            isDateline: field == .body && readsDateline && (dateline.map { bytes.lowerBound < $0.upperBound } ?? false)
          ))
      }
      if field == .title {
        findings.titleLength = tokens.count
      } else {
        findings.bodyLength = tokens.count
        let lead = tokens.dropFirst().firstIndex { $0.traits.contains(.startsParagraph) } ?? tokens.count
        findings.leadLength = min(60, lead)
      }
    }
    findings.mentions = SenseResolver(gazetteer: gazetteer).resolve(candidates)
    return findings
  }
}

/// A name in a document, before it is decided what it means.
struct Candidate {
  var name: Int
  var field: TextPlace.Field
  var bytes: Range<Int>
  /// Its words, by their place in the field.
  var tokens: Range<Int>
  /// Whether a comma, and nothing else, stands before it.
  var followsComma: Bool
  /// What the words around it say.
  var verdict: NameContext.Verdict
  /// Whether it is one word.
  var isSingle: Bool
  /// Whether its capital says that it is a name.
  var isCaseEvidence: Bool
  /// Whether it stands in the dateline.
  var isDateline: Bool
}
