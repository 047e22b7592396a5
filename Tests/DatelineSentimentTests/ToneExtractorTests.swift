import DatelineCore
import DatelineVectors
import Testing

@testable import DatelineSentiment

@Suite struct ToneExtractorTests {
  private let extractor = ToneExtractor(reader: ToneReader(lexicon: .standard))

  private func row(title: String = "", _ body: String) -> SparseVector {
    var row = SparseVector(indices: [3], values: [1])
    let (title, body) = (Array(title.utf8), Array(body.utf8))
    extractor.extract(title: title.span, body: body.span, into: &row)
    return row
  }

  private func value(_ feature: ToneFeature, _ body: String) -> Float {
    let row = row(body)
    let index = UInt32(ToneFeature.allCases.count + feature.rawValue)
    return row.indices.firstIndex(of: index).map { row.values[$0] } ?? 0
  }

  @Test func textThatSaysNothingHasNoFeatures() {
    #expect(row("").count == 0)
    #expect(row(title: "The table", "Chairs stand beside it.").count == 0)
  }

  @Test func featuresAreFiniteAndAtMostAboutOne() {
    let long = String(
      repeating: "A wonderful, very happy, not terrible and hateful day! But why \"kill\" it? ", count: 500)
    for text in ["good", "not bad but awful", long, "!?\"", "very very very good"] {
      let row = row(title: text, text)
      #expect(row.values.allSatisfy { $0 > 0 && $0 <= 1.6 })
      #expect(row.indices.allSatisfy { Int($0) < extractor.featureCount })
    }
  }

  @Test func titleAndBodyHaveFeaturesOfTheirOwn() {
    let half = UInt32(ToneFeature.allCases.count)
    #expect(row(title: "A wonderful day", "").indices.allSatisfy { $0 < half })
    #expect(row("A wonderful day").indices.allSatisfy { $0 >= half })
  }

  @Test func whatIsBehindAButCountsMore() {
    #expect(value(.isNegative, "It was nice, but it was awful") == 1)
    #expect(value(.isPositive, "It was bad, but it was lovely") == 1)
    // In its sentence only.
    #expect(
      value(.positiveSum, "Nice. But it was a table. Nice.") == value(.positiveSum, "Nice. It was a table. Nice."))
  }

  @Test func namesDiffer() {
    let names = Set((0..<extractor.featureCount).map { extractor.name(of: $0) })
    #expect(names.count == extractor.featureCount)
  }

  @Test func occurrencesStandWhereTheWordsDo() {
    let body = "The harbour was not safe, though cheerful."
    let (titleBytes, bodyBytes) = (Array("Joy".utf8), Array(body.utf8))
    let found = extractor.occurrences(title: titleBytes.span, body: bodyBytes.span)
    let words = found.map { place in
      let text = place.place.field == .title ? "Joy" : body
      return String(decoding: Array(text.utf8)[place.place.bytes], as: UTF8.self)
    }
    #expect(Set(words) == ["Joy", "safe", "cheerful"])
    #expect(found.allSatisfy { extractor.name(of: Int($0.feature)).hasPrefix("tone") })
  }

  @Test func extractorsComeBackFromTheirParts() throws {
    let plugin = ToneExtractorPlugin()
    let parameters = try Hyperparameters(plugin.parameters, settings: [:])
    let made = try plugin.extractor(parameters)
    let loaded = try plugin.load(Payloads(made.payloads()), parameters: parameters)
    var (first, second) = (SparseVector(), SparseVector())
    let text = Array("A bad, bad idea that was hardly wonderful".utf8)
    made.extract(title: text.span, body: text.span, into: &first)
    loaded.extract(title: text.span, body: text.span, into: &second)
    #expect(first == second && first.count > 10)
  }
}
