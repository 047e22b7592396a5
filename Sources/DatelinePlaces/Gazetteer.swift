import CGazetteer
public import DatelineCore
import DatelineVectors

/// The names by which countries are recognised in a text, and the regions that they belong to. Immutable.
public struct Gazetteer: Sendable {
  /// The countries and territories, by their codes.
  public let countries: [Country]
  /// The names of all regions of both conventions, ascending.
  public let regions: [String]
  let names: NameTable
  /// Fingerprints of given names, of family names and of words before a person's name, ascending.
  let givenNames: SortedFingerprints
  let familyNames: SortedFingerprints
  let titles: SortedFingerprints

  /// The gazetteer that comes with Dateline. Takes some milliseconds to make.
  public static func standard() throws(DatelineError) -> Gazetteer {
    let bytes = UnsafeBufferPointer(start: dateline_gazetteer(), count: dateline_gazetteer_size())
    return try Gazetteer(table: String(decoding: bytes, as: UTF8.self))
  }

  /// A gazetteer of a table in the form of `Tools/build-gazetteer`: lines of fields with tabs between them.
  ///
  /// - Throws: `DatelineError.Code.invalidData` with the line that is wrong.
  public init(table: String) throws(DatelineError) {
    let rows = table.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasPrefix("#") ? [] : $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    let countries = rows.filter { $0.first == "@" && $0.count == 5 }.map { fields in
      Country(
        code: String(fields[1]), name: String(fields[2]), newsroomRegion: String(fields[3]),
        standardRegion: String(fields[4]))
    }
    let regions = Set(countries.flatMap { [$0.newsroomRegion, $0.standardRegion] }).sorted()
    var numbers: [Substring: Int] = [:]
    for (number, name) in (countries.map(\.code) + regions).enumerated() { numbers[Substring(name)] = number }
    var senses: [[UInt64]: [NameSense]] = [:]
    var (givenNames, familyNames, titles): ([UInt64], [UInt64], [UInt64]) = ([], [], [])
    var words: Set<[UInt64]> = []
    for (line, fields) in rows.enumerated() where !fields.isEmpty {
      switch (fields[0], fields.count) {
      case ("@", 5), ("", 1): break
      case ("g", 2): givenNames += Gazetteer.prefixes(fields[1], isExact: false)
      case ("f", 2): familyNames += Gazetteer.prefixes(fields[1], isExact: false)
      case ("x", 2):
        // A name without a meaning: it is found, as the longest, and says nothing.
        let prefixes = Gazetteer.prefixes(fields[1], isExact: false)
        if !prefixes.isEmpty { senses[prefixes, default: []] += [] }
      case ("w", 2):
        for isExact in [false, true] { words.insert(Gazetteer.prefixes(fields[1], isExact: isExact)) }
      case ("h", 2): titles += Gazetteer.prefixes(fields[1], isExact: false)
      default:
        guard fields.count == 4, let kind = NameKind(letter: fields[0]), let number = numbers[fields[2]],
          let weight = Int(fields[3])
        else {
          throw DatelineError(
            .invalidData, "no name in this line: expected kind, name, a country's code or a region, and a weight",
            at: .init(file: "gazetteer", line: line + 1))
        }
        let prefixes = Gazetteer.prefixes(fields[1], isExact: kind.isExact)
        if !prefixes.isEmpty {
          senses[prefixes, default: []].append(NameSense(country: number, kind: kind, weight: weight))
        }
      }
    }
    self.countries = countries
    self.regions = regions
    self.givenNames = SortedFingerprints(givenNames)
    self.familyNames = SortedFingerprints(familyNames)
    self.titles = SortedFingerprints(titles)
    // Sorted, so that nothing depends on the order of a dictionary.
    let ordered = senses.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    names = NameTable(
      ordered.map { entry in
        (prefixes: entry.key, senses: words.contains(entry.key) ? entry.value.map(\.asWord) : entry.value)
      })
  }

  init(
    countries: [Country], regions: [String], names: NameTable, givenNames: SortedFingerprints,
    familyNames: SortedFingerprints, titles: SortedFingerprints
  ) {
    self.countries = countries
    self.regions = regions
    self.names = names
    self.givenNames = givenNames
    self.familyNames = familyNames
    self.titles = titles
  }

  /// The fingerprints of a name's words from its beginning on: of the first, of the first two, and so on.
  ///
  /// - Parameter isExact: Whether capitals count.
  static func prefixes(_ name: some StringProtocol, isExact: Bool) -> [UInt64] {
    var tokens: [PlaceToken] = []
    PlaceScanner.scan(Array(name.utf8).span, into: &tokens)
    var chain = isExact ? PlaceMatcher.exactSeed : PlaceMatcher.foldedSeed
    var prefixes: [UInt64] = []
    for token in tokens {
      chain = PlaceScanner.chain(chain, isExact ? token.exact : token.folded)
      prefixes.append(chain)
    }
    return prefixes
  }
}

/// A set of fingerprints, ascending.
struct SortedFingerprints: Sendable {
  let values: SharedBuffer<UInt64>

  init(_ fingerprints: [UInt64]) { values = SharedBuffer(Set(fingerprints).sorted()) }

  init(_ values: SharedBuffer<UInt64>) { self.values = values }

  /// Whether it holds a fingerprint. O(log n).
  func contains(_ fingerprint: UInt64) -> Bool {
    values.withSpan { values in
      var (low, high) = (0, values.count)
      while low < high {
        let middle = (low + high) / 2
        if values[middle] < fingerprint { low = middle + 1 } else { high = middle }
      }
      return low < values.count && values[low] == fingerprint
    }
  }
}
