/// What the mentions of a document say of one candidate: how much the story is about it, and not only names it.
enum FocusFeature: Int, CaseIterable {
  /// Its share of the strength of all mentions.
  case share
  /// The same of its unambiguous names alone.
  case unambiguousShare
  /// Whether the title names it.
  case inTitle
  /// Its share of the title's mentions.
  case titleShare
  /// Whether the title names it at least as often as any other.
  case titleTop
  /// Whether the lead names it.
  case inLead
  /// Its share of the lead's mentions.
  case leadShare
  /// Whether the dateline does.
  case inDateline
  /// How early it is named first: 1 at the beginning, 0 at the end.
  case earliness
  /// Whether it is named before all others.
  case isFirst
  /// ln(1 + mentions) / 4.
  case mentions
  /// ln(1 + different names) / 2.
  case forms
  /// Whether no other candidate has more mentions.
  case isTop
  /// Whether it is named by a name that can hardly mean anything else.
  case isUnambiguous
  /// The share of its mentions that are cities, divisions and institutions.
  case detail
  /// Whether it is the only one.
  case isOnly
  /// One over the number of candidates.
  case candidates
  /// 1.
  case isNamed
  /// Whether others are named, and it is not: all that is said of a candidate that is not named, and of regions alone, as
  /// there are few of them.
  case isLeftOut

  /// The name in explanations.
  var name: String {
    switch self {
    case .share: "share of the mentions"
    case .unambiguousShare: "share by unambiguous names"
    case .inTitle: "in the title"
    case .titleShare: "share of the title's mentions"
    case .titleTop: "most named in the title"
    case .inLead: "in the lead"
    case .leadShare: "share of the lead's mentions"
    case .inDateline: "in the dateline"
    case .earliness: "how early it is named"
    case .isFirst: "named first"
    case .mentions: "number of mentions"
    case .forms: "number of names"
    case .isTop: "most named"
    case .isUnambiguous: "an unambiguous name"
    case .detail: "share of cities and institutions"
    case .isOnly: "the only one"
    case .candidates: "few others"
    case .isNamed: "named"
    case .isLeftOut: "not named beside others"
    }
  }
}
