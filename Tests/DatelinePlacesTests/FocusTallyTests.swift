import DatelineCore
import DatelineVectors
import Glibc
import Testing

@testable import DatelinePlaces

/// Numbers that were computed by hand.
@Suite struct FocusTallyTests {
  /// The features of the candidates of a document, by code or region.
  private func features(title: String, body: String) throws -> [String: [FocusFeature: Float]] {
    let gazetteer = try Gazetteer(table: smallTable)
    let finder = MentionFinder(gazetteer: gazetteer)
    let findings = finder.findings(title: title, body: body)
    var tally = FocusTally(findings)
    for mention in findings.mentions { tally.add(mention, to: mention.country) }
    var found: [String: [FocusFeature: Float]] = [:]
    tally.forEachCandidate { candidate, values in
      let name = candidate < 3 ? gazetteer.countries[candidate].code : gazetteer.regions[candidate - 3]
      found[name] = Dictionary(uniqueKeysWithValues: zip(FocusFeature.allCases, values))
    }
    return found
  }

  @Test func twoCountries() throws {
    // The title: Aland 1. The lead, of nine words: Arber 0.8 at the place 4, Beland 1 at 6. Behind it, Alander 1 at 9.
    let found = try features(
      title: "Storm hits Aland", body: "The storm came to Arber before Beland was hit.\nThen Alander farmers left it.")
    #expect(found.keys.sorted() == ["AA", "BB"])
    let (aland, beland) = (try #require(found["AA"]), try #require(found["BB"]))
    func expect(_ feature: FocusFeature, _ first: Float, _ second: Float, at: SourceLocation = #_sourceLocation) throws
    {
      let (a, b) = (try #require(aland[feature]), try #require(beland[feature]))
      #expect((a - first).magnitude < 1e-6, "\(feature): \(a), not \(first)", sourceLocation: at)
      #expect((b - second).magnitude < 1e-6, "\(feature): \(b), not \(second)", sourceLocation: at)
    }
    try expect(.share, 2.8 / 3.8, 1 / 3.8)
    try expect(.unambiguousShare, 2 / 3.8, 1 / 3.8)
    try expect(.inTitle, 1, 0)
    try expect(.titleShare, 1, 0)
    try expect(.titleTop, 1, 0)
    try expect(.inLead, 1, 1)
    try expect(.leadShare, 0.8 / 1.8, 1 / 1.8)
    try expect(.inDateline, 0, 0)
    // 14 words in the body; what the title names is named at its beginning.
    try expect(.earliness, 1, 1 - 6 / 14)
    try expect(.isFirst, 1, 0)
    try expect(.mentions, Float(log(4.0)) / 4, Float(log(2.0)) / 4)
    try expect(.forms, Float(log(4.0)) / 2, Float(log(2.0)) / 2)
    try expect(.isTop, 1, 0)
    try expect(.isUnambiguous, 1, 1)
    try expect(.detail, 1 / 3, 0)
    try expect(.isOnly, 0, 0)
    try expect(.candidates, 0.5, 0.5)
    try expect(.isNamed, 1, 1)
  }

  @Test func oneCountryInTheDateline() throws {
    let found = try features(title: "", body: "ARBER, May 3 - Rain fell.")
    let only = try #require(found["AA"])
    #expect(found.count == 1)
    #expect(only[.share] == 1 && only[.unambiguousShare] == 0 && only[.isUnambiguous] == 0)
    #expect(only[.inDateline] == 1 && only[.isOnly] == 1 && only[.candidates] == 1 && only[.detail] == 1)
    #expect(only[.inTitle] == 0 && only[.titleShare] == 0 && only[.titleTop] == 0)
    #expect(only[.earliness] == 1 && only[.leadShare] == 1)
  }

  @Test func tiesGoToAll() throws {
    let found = try features(title: "Aland, Beland", body: "")
    #expect(found["AA"]?[.titleTop] == 1 && found["BB"]?[.titleTop] == 1)
    #expect(found["AA"]?[.isTop] == 1 && found["BB"]?[.isTop] == 1)
    #expect(found["AA"]?[.isFirst] == 1 && found["BB"]?[.isFirst] == 0)
    #expect(found["BB"]?[.titleShare] == 0.5 && found["BB"]?[.earliness] == 1)
  }
}
