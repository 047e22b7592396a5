import DatelineCore
import DatelineVectors

extension Gazetteer {
  /// The parts for the model file: the tables as they are used, and the countries as text.
  func payloads() -> [Payload] {
    let rows = countries.map { [$0.code, $0.name, $0.newsroomRegion, $0.standardRegion].joined(separator: "\t") }
    return names.payloads + [
      Payload(name: "places.given-names", givenNames.values),
      Payload(name: "places.family-names", familyNames.values), Payload(name: "places.titles", titles.values),
      Payload(name: "places.countries", bytes: Array(rows.joined(separator: "\n").utf8)),
    ]
  }

  /// Brings a gazetteer back from the parts that ``payloads()`` gave, without copying the tables.
  init(_ payloads: Payloads) throws(DatelineError) {
    let text = try payloads.bytes("places.countries").withSpan { String(decoding: Array(copying: $0), as: UTF8.self) }
    var countries: [Country] = []
    for row in text.split(separator: "\n") {
      let fields = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 4 else {
        throw DatelineError(.invalidData, "a gazetteer with a country of \(fields.count) fields: the file is damaged")
      }
      countries.append(
        Country(code: fields[0], name: fields[1], newsroomRegion: fields[2], standardRegion: fields[3]))
    }
    let regions = Set(countries.flatMap { [$0.newsroomRegion, $0.standardRegion] }).sorted()
    self.init(
      countries: countries, regions: regions,
      names: try NameTable(payloads, countryCount: countries.count + regions.count),
      givenNames: SortedFingerprints(try payloads.numbers("places.given-names", as: UInt64.self)),
      familyNames: SortedFingerprints(try payloads.numbers("places.family-names", as: UInt64.self)),
      titles: SortedFingerprints(try payloads.numbers("places.titles", as: UInt64.self)))
  }
}

extension Array where Element == UInt8 {
  /// A copy of a span.
  fileprivate init(copying span: Span<UInt8>) { self = span.withUnsafeBufferPointer { Array($0) } }
}
