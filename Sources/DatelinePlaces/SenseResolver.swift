import DatelineCore
import Glibc

/// Decides which country each name of a document means, or that it means none.
///
/// Names with one meaning, and countries that follow a city behind a comma, come first; they support the others. Of
/// several meanings the one is taken whose prior weight, times what the rest of the document says for its country, is
/// largest.
struct SenseResolver {
  let gazetteer: Gazetteer

  /// A meaning and how much speaks for it.
  private struct Choice {
    var sense: NameSense
    var score: Double
  }

  func resolve(_ candidates: [Candidate]) -> [Mention] {
    let persons = names(of: candidates)
    var support = Support()
    for candidate in candidates where candidate.verdict != .person && candidate.verdict != .word {
      if let sense = gazetteer.names.onlySense(of: candidate.name) {
        if isUnlikely(sense, candidate) { continue }
        let isSure = sense.kind.isUnambiguous || sense.kind == .capital
        // A town that there is once says a little for its country, and that before names with several meanings.
        if isSure || candidate.verdict != .otherName { support.add(sense.country, isSure ? 1 : 0.5) }
      }
    }
    var mentions: [Mention] = []
    for (number, candidate) in candidates.enumerated() {
      if candidate.verdict == .person || candidate.verdict == .word { continue }
      let paired = pairedSense(number, candidates) ?? townSense(number, candidates)
      let isPlace = candidate.verdict == .place || candidate.isDateline || paired != nil
      guard let sense = paired ?? best(candidate, support) else { continue }
      if persons.contains(candidate.name), !isPlace, sense.kind != .people, sense.kind != .abbreviation { continue }
      if !isPlace, isDoubtful(sense, candidate, support) { continue }
      support.add(sense.country)
      mentions.append(
        Mention(
          country: sense.country, place: TextPlace(field: candidate.field, bytes: candidate.bytes),
          strength: sense.kind.strength, isUnambiguous: sense.kind.isUnambiguous, isDateline: candidate.isDateline,
          name: candidate.name, position: candidate.tokens.lowerBound))
    }
    return mentions
  }

  /// The names that are a person's somewhere in the document: they are that everywhere, unless they stand where only a
  /// place can.
  private func names(of candidates: [Candidate]) -> Set<Int> {
    Set(candidates.filter { $0.verdict == .person && $0.isSingle }.map(\.name))
  }

  private func senses(of candidate: Candidate) -> [NameSense] {
    var senses: [NameSense] = []
    gazetteer.names.forEachSense(of: candidate.name) { senses.append($0) }
    return senses
  }

  /// Whether a name is a part of the next one: `Athens, Georgia`, `Perth in Scotland`.
  private func isPart(_ first: Candidate, of second: Candidate) -> Bool {
    guard let link = second.link, first.field == second.field else { return false }
    return first.tokens.upperBound + link == second.tokens.lowerBound
  }

  /// The meaning of `Moscow` in `Moscow, Idaho`: a town that is too small for the gazetteer, in a well-known division
  /// that is nothing else. A list, as in `Tokyo, Hawaii and Guam`, says nothing like it.
  private func townSense(_ number: Int, _ candidates: [Candidate]) -> NameSense? {
    guard number + 1 < candidates.count, isPart(candidates[number], of: candidates[number + 1]) else { return nil }
    let (town, division) = (candidates[number], candidates[number + 1])
    if division.isInList || (number > 0 && town.link == 0 && isPart(candidates[number - 1], of: town)) { return nil }
    // A town of the same name is nothing beside the division.
    let wider = senses(of: division).filter { $0.kind != .city }
    guard wider.count == 1, isKnownDivision(wider[0]), senses(of: town).allSatisfy({ $0.kind.isTown }) else {
      return nil
    }
    return NameSense(country: wider[0].country, kind: .city, weight: 45)
  }

  private func isKnownDivision(_ sense: NameSense) -> Bool {
    sense.kind == .abbreviation || (sense.kind == .division && sense.weight >= SenseResolver.knownDivision)
  }

  /// The meaning of `Paris` in `Paris, Texas`, and of `Texas` there: the one that both share.
  private func pairedSense(_ number: Int, _ candidates: [Candidate]) -> NameSense? {
    for other in [number + 1, number - 1] where candidates.indices.contains(other) {
      let (first, second) = (candidates[min(number, other)], candidates[max(number, other)])
      // "Up, up and away" is no place in itself.
      guard isPart(first, of: second), first.name != second.name else { continue }
      // "Troops of Georgia in Georgia": a comma joins more than `in` does.
      if second.link != 0, !senses(of: first).contains(where: { $0.kind.isTown }) { continue }
      var wider: [NameSense] = []
      gazetteer.names.forEachSense(of: second.name) { sense in
        if sense.kind != .city && sense.kind != .people { wider.append(sense) }
      }
      var shared: NameSense?
      gazetteer.names.forEachSense(of: candidates[number].name) { sense in
        if other < number ? wider.contains(sense) : wider.contains(where: { $0.country == sense.country }) {
          var isShared = other > number
          if !isShared {
            gazetteer.names.forEachSense(of: first.name) { if $0.country == sense.country { isShared = true } }
          }
          if isShared, shared == nil { shared = sense }
        }
      }
      if let shared { return shared }
    }
    return nil
  }

  private func best(_ candidate: Candidate, _ support: Support) -> NameSense? {
    var best: Choice?
    gazetteer.names.forEachSense(of: candidate.name) { sense in
      let score = SenseResolver.prior(sense) * (1 + 4 * support[sense.country])
      if best.map({ score > $0.score }) ?? true { best = Choice(sense: sense, score: score) }
    }
    return best?.sense
  }

  /// The weight of divisions that newspapers name without their country.
  private static let knownDivision = 70

  /// How likely a meaning is, without a text.
  private static func prior(_ sense: NameSense) -> Double {
    switch sense.kind {
    case .country, .abbreviation, .region, .regionAbbreviation: 100
    case .people: 80
    case .seat: 60
    case .sharedSeat: Double(sense.weight) / 4
    case .capital: 50
    case .place: 30
    case .division: sense.weight >= knownDivision ? 45 : 10
    // The square root of the number of people, 10 for a million.
    case .city: 10 * pow(10, Double(sense.weight - 60) / 20)
    }
  }

  /// Whether a name is an English word or a given name, and nothing around it says that it is more here.
  private func isUnlikely(_ sense: NameSense, _ candidate: Candidate) -> Bool {
    if candidate.verdict == .place || candidate.isDateline { return false }
    if sense.kind.isExact { return sense.isWord && !candidate.isWrittenShort }
    if candidate.isTownByNext { return false }
    let isPerson =
      candidate.isGivenName && sense.kind == .city && sense.weight < SenseResolver.largerThanItsNamesakes
    return isPerson || (sense.isWord && !candidate.isMoreThanWord)
  }

  /// The weight of a city of 600,000 people: whoever writes Austin, and no more, may mean Texas; Mary is no town.
  private static let largerThanItsNamesakes = 58

  /// Whether a name is a city's that is too small to be meant without any sign of it.
  private func isDoubtful(_ sense: NameSense, _ candidate: Candidate, _ support: Support) -> Bool {
    if isUnlikely(sense, candidate), support[sense.country] == 0 { return true }
    switch sense.kind {
    case .capital: return candidate.verdict == .otherName
    case .country, .people, .seat, .abbreviation, .place, .sharedSeat, .region, .regionAbbreviation: return false
    case .division: return candidate.verdict == .otherName && support[sense.country] == 0
    case .city:
      if support[sense.country] > 0 { return candidate.verdict == .otherName && sense.weight < 60 }
      return candidate.verdict == .otherName || sense.weight < 55 || (!candidate.isCaseEvidence && sense.weight < 58)
    }
  }
}

/// How much a document speaks for each country, by the names that are decided.
private struct Support {
  private var countries: [(country: Int, count: Double)] = []

  mutating func add(_ country: Int, _ count: Double = 1) {
    if let place = countries.firstIndex(where: { $0.country == country }) {
      countries[place].count += count
    } else {
      countries.append((country, count))
    }
  }

  /// 0 for a country that is not named; it grows to 1 with more names.
  subscript(country: Int) -> Double {
    guard let found = countries.first(where: { $0.country == country }) else { return 0 }
    return found.count / (found.count + 1)
  }
}
