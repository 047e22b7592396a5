import DatelineCore
import DatelineVectors
import Testing

@testable import DatelinePlaces

@Suite struct PlacesExtractorTests {
  private func small(_ convention: RegionConvention = .newsroom) throws -> PlacesExtractor {
    try PlacesExtractor(finder: MentionFinder(gazetteer: Gazetteer(table: smallTable)), convention: convention)
  }

  private func row(_ extractor: any FeatureExtractor, title: String = "", _ body: String) -> SparseVector {
    var row = SparseVector(indices: [7], values: [1])
    let (title, body) = (Array(title.utf8), Array(body.utf8))
    extractor.extract(title: title.span, body: body.span, into: &row)
    return row
  }

  @Test func featuresAreCandidatesTimesKinds() throws {
    let extractor = try small()
    let candidates = try #require(extractor.candidates)
    #expect(
      candidates.labels.map(\.path) == ["Northia/Aland", "Southia/Beland", "Southia/Celand", "Northia", "Southia"])
    #expect(candidates.first == 0 && candidates.kinds.count == 19 && extractor.featureCount == 5 * 19)
    #expect(extractor.name(of: 0) == "Northia/Aland: share of the mentions")
    #expect(extractor.name(of: 2 * 19 + 7) == "Southia/Celand: in the dateline")
    #expect(extractor.name(of: 4 * 19 + 17) == "Southia: named")
    #expect(Set((0..<extractor.featureCount).map { extractor.name(of: $0) }).count == extractor.featureCount)
    #expect(candidates.candidate(of: try Label("Northia/Aland")) == 0)
    #expect(candidates.candidate(of: try Label("somewhere/BB")) == 1)
    #expect(candidates.candidate(of: try Label("aland")) == 0)
    #expect(candidates.candidate(of: try Label("ax")) == 0)
    #expect(candidates.candidate(of: try Label("Southia")) == 4)
    #expect(candidates.candidate(of: try Label("Elsewhere")) == nil)
  }

  @Test func countriesCountToTheirRegions() throws {
    let row = row(try small(), "They like Beland and Celand")
    let share = Dictionary(uniqueKeysWithValues: zip(row.indices, row.values)).filter { $0.key % 19 == 0 }
    #expect(share == [19: 0.3, 38: 0.3, 76: 0.6])
    #expect(row.indices == row.indices.sorted() && row.values.allSatisfy { $0 != 0 && $0.isFinite })
    // By the other convention Beland is in the north.
    let other = self.row(try small(.m49), "They like Beland and Celand")
    let otherShare = Dictionary(uniqueKeysWithValues: zip(other.indices, other.values)).filter { $0.key % 19 == 0 }
    #expect(otherShare == [19: 0.3, 38: 0.3, 57: 0.3, 76: 0.3])
    // A region's own name is the region's alone.
    let region = self.row(try small(), "They like Northia")
    #expect(region.indices.dropLast().allSatisfy { $0 / 19 == 3 })
    // That the other is left out is all that is said of it.
    #expect(region.indices.last == 4 * 19 + 18 && region.values.last == 0.6)
    #expect(row.indices.filter { $0 / 19 == 3 } == [3 * 19 + 18])
    #expect(self.row(try small(), "They like nothing").count == 0)
  }

  @Test func namesThatAreKnown() throws {
    let extractor = try small()
    func count(_ body: String) -> Int { extractor.knownTermCount(row(extractor, body)) }
    #expect(count("They like Beland and Celand, Beland most of all") == 2)
    #expect(count("They like Northia") == 1 && count("They like Northia and Aland") == 1)
    #expect(count("They like nothing") == 0)
  }

  @Test func conventionsOfTheStandardGazetteer() throws {
    let countries = try Gazetteer.standard().countries
    func regions(_ code: String) -> [String] {
      countries.filter { $0.code == code }.flatMap { [$0.region(by: .newsroom), $0.region(by: .m49)] }
    }
    #expect(regions("EG") == ["Middle East", "Africa"])
    #expect(regions("TR") == ["Europe", "Asia"])
    #expect(regions("GE") == ["Europe", "Asia"])
    #expect(regions("IQ") == ["Middle East", "Asia"])
    #expect(regions("MX") == ["Latin America", "Latin America"])
    #expect(regions("US") == ["Northern America", "Northern America"])
    #expect(countries.map(\.code) == countries.map(\.code).sorted() && countries.count > 230)
  }

  @Test func occurrencesAreTheMentions() throws {
    let (title, text) = ([UInt8](), Array("Arber likes Beland".utf8))
    let found = try small().occurrences(title: title.span, body: text.span)
    #expect(found.map(\.feature) == [0, 57, 19, 76])
    #expect(found.map { $0.place.bytes } == [0..<5, 0..<5, 12..<18, 12..<18])
  }

  @Test func extractorsComeBackFromTheirParts() throws {
    let plugin = PlacesExtractorPlugin()
    for convention in ["newsroom", "m49"] {
      let parameters = try Hyperparameters(plugin.parameters, settings: ["places-regions": convention])
      let made = try plugin.extractor(parameters)
      let loaded = try plugin.load(Payloads(made.payloads()), parameters: parameters)
      #expect(made.candidates?.labels == loaded.candidates?.labels)
      for text in [
        "Paris Hilton met Mr Jordan in Tokyo", "Chad Smith in Athens, Georgia", "Guinea pigs and Guinea", "EU and UK",
      ] {
        let first = row(made, title: text, text)
        #expect(first == row(loaded, title: text, text) && first.count > 5, "\(text)")
      }
      #expect(made.payloads().map(\.bytes) == loaded.payloads().map(\.bytes))
    }
  }

  @Test func unknownConventionsAreRefused() throws {
    #expect(throws: DatelineError.self) {
      try Hyperparameters(PlacesExtractorPlugin().parameters, settings: ["places-regions": "moon"])
    }
  }

  /// Whatever a part holds, loading throws or gives an extractor that can be used.
  @Test(arguments: [UInt64(1), 2, 3]) func damagedPartsNeverCrash(seed: UInt64) throws {
    let plugin = PlacesExtractorPlugin()
    let parameters = try Hyperparameters(plugin.parameters, settings: [:])
    let parts = try small().payloads()
    var random = SplitMix64(seed: seed)
    var refused = 0
    for round in 0..<300 {
      let place = Int(random.next() % UInt64(parts.count))
      var changed = parts
      changed[place] = Payload(name: parts[place].name, bytes: damaged(parts[place].bytes, &random))
      do throws(DatelineError) {
        let loaded = try plugin.load(Payloads(changed), parameters: parameters)
        let row = row(loaded, title: "Aland, Beland and Twin", "ARBER - Dr Twin, Bosko in Eastmark, Great Celand, AX.")
        let isSound = row.values.allSatisfy { $0.isFinite } && row.indices.allSatisfy { Int($0) < loaded.featureCount }
        #expect(isSound, "seed \(seed), round \(round)")
      } catch {
        refused += 1
        #expect(error.code == .invalidData, "seed \(seed), round \(round): \(error)")
      }
    }
    #expect(refused > 30 && refused < 300)
  }

  @Test(arguments: ["slots", "bounds", "senses", "given-names", "family-names", "titles", "countries"])
  func missingAndTruncatedPartsAreRefused(name: String) throws {
    let plugin = PlacesExtractorPlugin()
    let parameters = try Hyperparameters(plugin.parameters, settings: [:])
    let parts = try small().payloads()
    #expect(parts.contains { $0.name == "places." + name })
    func load(_ change: ([UInt8]) -> [UInt8]?) throws {
      let changed = parts.compactMap { part in
        part.name == "places." + name ? change(part.bytes).map { Payload(name: part.name, bytes: $0) } : part
      }
      _ = try plugin.load(Payloads(changed), parameters: parameters)
    }
    #expect(throws: DatelineError.self) { try load { _ in nil } }
    #expect(throws: DatelineError.self) { try load { $0.dropLast(name == "countries" ? 10 : 3) } }
  }
}
