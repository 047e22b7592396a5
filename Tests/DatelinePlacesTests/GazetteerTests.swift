import DatelineCore
import Testing

@testable import DatelinePlaces

@Suite struct GazetteerTests {
  @Test func namesOfLabels() throws {
    let gazetteer = try Gazetteer.standard()
    func code(_ name: String) -> String? {
      gazetteer.place(named: name).map {
        $0 < gazetteer.countries.count
          ? gazetteer.countries[$0].code : gazetteer.regions[$0 - gazetteer.countries.count]
      }
    }
    #expect(code("UA") == "UA" && code("Ukraine") == "UA" && code("ukraine") == "UA")
    #expect(code("Ivory Coast") == "CI" && code("Côte d'Ivoire") == "CI")
    #expect(code("west-germany") == "DE" && code("usa") == "US" && code("uk") == "GB" && code("uae") == "AE")
    #expect(code("Georgia") == "GE" && code("Middle East") == "Middle East" && code("europe") == "Europe")
    #expect(code("sport") == nil && code("") == nil)
  }

  @Test func everyCountryIsFoundByItsName() throws {
    let finder = try MentionFinder.standard.get()
    var missed: [String] = []
    for country in finder.gazetteer.countries {
      let found = finder.mentions(title: "", body: "A ship left \(country.name) at dawn").map { finder.name($0) }
      if found != [country.code] { missed.append("\(country.name): \(found)") }
    }
    #expect(missed.isEmpty, "\(missed.joined(separator: "; "))")
  }

  @Test(arguments: [
    "n\tAland\tZZ\t0", "n\tAland\tAA", "k\tAland\tAA\t0", "n\tAland\tAA\tmany", "@\tAA\tAland", "g", "Aland",
  ])
  func wrongLinesAreNamed(line: String) throws {
    do {
      _ = try Gazetteer(table: "@\tAA\tAland\tNorthia\tNorthia\n" + line + "\n")
      Issue.record("no error")
    } catch {
      #expect(error.code == .invalidData && error.location?.line == 2, "\(error)")
    }
  }

  @Test func theOrderOfTheTableDoesNotMatter() throws {
    let rows = smallTable.split(separator: "\n")
    let reversed = rows.reversed().joined(separator: "\n")
    // Countries are numbered in the order of the table, so only the names are turned.
    let turned =
      rows.filter { $0.hasPrefix("@") }.joined(separator: "\n") + "\n"
      + reversed.split(separator: "\n").filter { !$0.hasPrefix("@") }.joined(separator: "\n")
    let (first, second) = (try Gazetteer(table: smallTable).payloads(), try Gazetteer(table: turned).payloads())
    for (one, other) in zip(first, second) where !["places.senses"].contains(one.name) {
      #expect(one.bytes == other.bytes, "\(one.name)")
    }
  }
}
