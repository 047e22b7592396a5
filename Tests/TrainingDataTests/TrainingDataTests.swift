import DatelineCore
import Foundation
import Testing

@Suite("The articles that ship keep what their description promises")
struct TrainingDataTests {
  static let regions = [
    "Africa", "Asia", "Europe", "Latin America", "Middle East", "Northern America", "Oceania",
  ]
  /// The top level of the IPTC Media Topics, in British spelling.
  static let topics = [
    "arts, culture, entertainment and media", "conflict, war and peace", "crime, law and justice",
    "disaster, accident and emergency incident", "economy, business and finance", "education", "environment", "health",
    "human interest", "labour", "lifestyle and leisure", "politics and government", "religion",
    "science and technology", "society", "sport", "weather",
  ]
  static let sentiments = ["negative", "neutral", "positive"]

  let training: [Article]
  let heldOut: [Article]
  var all: [Article] { training + heldOut }

  init() throws {
    training = try Article.read("news.train.jsonl")
    heldOut = try Article.read("news.heldout.jsonl")
  }

  @Test func thereAreEnough() {
    #expect(training.count >= 320)
    #expect(heldOut.count >= 80)
  }

  @Test func lengths() {
    for article in all { #expect((80...200).contains(article.words.count), "\(article["id"])") }
  }

  @Test func identifiersAndTitlesAreUnique() {
    for field in ["id", "title", "text"] { #expect(Set(all.map { $0[field] }).count == all.count, "\(field)") }
    #expect(all.allSatisfy { !$0["id"].isEmpty && !$0["title"].isEmpty })
  }

  @Test func datesExist() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for article in all {
      let parts = article["date"].split(separator: "-", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { Int($0) }
      try #require(parts.map(\.count) == [4, 2, 2] && numbers.count == 3, "\(article["id"])")
      let components = DateComponents(year: numbers[0], month: numbers[1], day: numbers[2])
      let date = try #require(calendar.date(from: components), "\(article["id"])")
      #expect(calendar.dateComponents([.year, .month, .day], from: date) == components, "\(article["id"])")
    }
  }

  @Test func regionsAreARegionAndACountry() throws {
    for article in all {
      let label = try Label(article["region"])
      #expect(label.depth == 2 && Self.regions.contains(label.parent?.path ?? ""), "\(article["id"]): \(label)")
    }
    #expect(Set(all.map { $0["region"] }).count >= 40)
    // A country has one place only.
    let countries = Dictionary(grouping: Set(all.map { $0["region"] })) { $0.split(separator: "/").last }
    #expect(countries.values.allSatisfy { $0.count == 1 })
  }

  @Test func topicsAreMediaTopics() {
    for article in all { #expect(Self.topics.contains(article["topic"]), "\(article["id"])") }
    #expect(Set(training.map { $0["topic"] }).count >= 12)
  }

  @Test func sentimentsAreBalanced() {
    for article in all { #expect(Self.sentiments.contains(article["sentiment"]), "\(article["id"])") }
    for part in [training, heldOut] {
      for sentiment in Self.sentiments {
        #expect(part.count { $0["sentiment"] == sentiment } * 5 >= part.count, "\(sentiment)")
      }
    }
  }

  @Test(arguments: ["region", "topic", "sentiment"])
  func everyHeldOutLabelCanBeLearnt(facet: String) {
    #expect(Set(heldOut.map { $0[facet] }).subtracting(training.map { $0[facet] }) == [])
  }

  @Test func noTwoArticlesShareASentence() {
    var owners: [[String]: String] = [:]
    for article in all {
      for sentence in article.sentences where sentence.count >= 8 {
        if let other = owners.updateValue(article["id"], forKey: sentence), other != article["id"] {
          Issue.record("\(other) and \(article["id"]) share \"\(sentence.joined(separator: " "))\"")
        }
      }
    }
    #expect(owners.count > 1000)
  }
}
