import DatelineCore
import Glibc

/// Adds up the mentions of each candidate of a document.
struct FocusTally {
  /// The mentions of one candidate.
  private struct Tally {
    var candidate: Int
    var strength: Float = 0
    var unambiguousStrength: Float = 0
    var titleStrength: Float = 0
    var leadStrength: Float = 0
    var mentions = 0
    var details = 0
    var names: [Int] = []
    var firstPosition: Float = 1
    var isInDateline = false
  }

  private var tallies: [Tally] = []
  private let findings: MentionFinder.Findings

  /// An empty tally.
  init(_ findings: MentionFinder.Findings) { self.findings = findings }

  /// Adds a mention to a candidate. Candidates are few, so a search through them is fastest.
  mutating func add(_ mention: Mention, to candidate: Int) {
    let position: Float =
      mention.place.field == .title ? 0 : Float(mention.position) / Float(max(1, findings.bodyLength))
    let place = tallies.firstIndex { $0.candidate == candidate } ?? tallies.count
    if place == tallies.count {
      tallies.append(Tally(candidate: candidate))
      tallies[place].firstPosition = position
    }
    tallies[place].strength += mention.strength
    tallies[place].mentions += 1
    if mention.isUnambiguous { tallies[place].unambiguousStrength += mention.strength }
    if mention.strength < 1 { tallies[place].details += 1 }
    if mention.isDateline { tallies[place].isInDateline = true }
    if mention.place.field == .title {
      tallies[place].titleStrength += mention.strength
    } else if mention.position < findings.leadLength {
      tallies[place].leadStrength += mention.strength
    }
    if !tallies[place].names.contains(mention.name) { tallies[place].names.append(mention.name) }
  }

  /// Hands over the candidates with their features, in the order of their numbers.
  func forEachCandidate(_ body: (_ candidate: Int, _ features: [Float]) -> Void) {
    let all = tallies.reduce(into: (strength: Float(0), title: Float(0), lead: Float(0))) {
      $0.strength += $1.strength
      $0.title += $1.titleStrength
      $0.lead += $1.leadStrength
    }
    let most = tallies.reduce(Float(0)) { max($0, $1.strength) }
    let mostInTitle = tallies.reduce(Float(0)) { max($0, $1.titleStrength) }
    let first = tallies.first?.candidate
    for tally in tallies.sorted(by: { $0.candidate < $1.candidate }) {
      var features = [Float](repeating: 0, count: FocusFeature.allCases.count)
      func set(_ feature: FocusFeature, _ value: Float) { features[feature.rawValue] = value }
      func set(_ feature: FocusFeature, _ value: Bool) { features[feature.rawValue] = value ? 1 : 0 }
      set(.share, tally.strength / all.strength)
      set(.unambiguousShare, tally.unambiguousStrength / all.strength)
      set(.inTitle, tally.titleStrength > 0)
      set(.titleShare, all.title > 0 ? tally.titleStrength / all.title : 0)
      set(.titleTop, tally.titleStrength > 0 && tally.titleStrength == mostInTitle)
      set(.inLead, tally.leadStrength > 0)
      set(.leadShare, all.lead > 0 ? tally.leadStrength / all.lead : 0)
      set(.inDateline, tally.isInDateline)
      set(.earliness, 1 - tally.firstPosition)
      set(.isFirst, tally.candidate == first)
      set(.mentions, Float(log(1 + Double(tally.mentions))) / 4)
      set(.forms, Float(log(1 + Double(tally.names.count))) / 2)
      set(.isTop, tally.strength == most)
      set(.isUnambiguous, tally.unambiguousStrength > 0)
      set(.detail, Float(tally.details) / Float(tally.mentions))
      set(.isOnly, tallies.count == 1)
      set(.candidates, 1 / Float(tallies.count))
      set(.isNamed, true)
      body(tally.candidate, features)
    }
  }
}
