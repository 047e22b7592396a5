import Dateline
import Foundation
import Testing

/// The error that some work throws; records an issue when there is none.
func failure<Value>(
  sourceLocation: SourceLocation = #_sourceLocation, _ work: () throws(DatelineError) -> Value
) -> DatelineError {
  do throws(DatelineError) {
    _ = try work()
    Issue.record("no error", sourceLocation: sourceLocation)
    return DatelineError(.internal, "")
  } catch {
    return error
  }
}

/// A folder of the test's own that goes away with it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "dateline-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")) }

  var contents: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }
}

/// splitmix64 (Steele, Lea and Flood, 2014): the same documents on every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Documents made of words that tell a label, and of words that tell nothing.
enum Samples {
  static let words: [(label: String, words: [String])] = [
    ("health", ["nurse", "vaccine", "ward", "clinic", "fever", "surgeon"]),
    ("law", ["judge", "verdict", "prosecutor", "jury", "bail", "appeal"]),
    ("sport", ["goalkeeper", "coach", "league", "striker", "stadium", "penalty"]),
  ]
  static let common = ["city", "people", "week", "year", "said", "near", "new", "old", "street", "river"]

  /// Some words of a list, some common ones, in any order.
  static func text(_ telling: [String], _ random: inout SeededGenerator) -> String {
    var chosen = (0..<5).map { _ in telling.randomElement(using: &random) ?? "" }
    chosen += (0..<6).map { _ in common.randomElement(using: &random) ?? "" }
    return chosen.shuffled(using: &random).joined(separator: " ")
  }

  /// As many documents as are asked for, labels in turn.
  static func exclusive(_ count: Int, seed: UInt64 = 1) -> [(document: Document, labels: [String])] {
    var random = SeededGenerator(state: seed)
    return (0..<count).map { number in
      let (label, words) = self.words[number % self.words.count]
      return (Document(id: "d\(number)", title: "Report \(number)", body: text(words, &random)), [label])
    }
  }

  /// As many documents as are asked for, with no, one or two labels.
  static func multiLabel(_ count: Int, seed: UInt64 = 2) -> [(document: Document, labels: [String])] {
    var random = SeededGenerator(state: seed)
    return (0..<count).map { number in
      var chosen = self.words.shuffled(using: &random)
      chosen.removeLast(3 - number % 3)
      let body = chosen.map { text($0.words, &random) } + [text(common, &random)]
      return (Document(id: "m\(number)", body: body.joined(separator: " ")), chosen.map(\.label).sorted())
    }
  }

  /// Countries with words of their own, and words that all countries of a continent share.
  static func hierarchical(_ count: Int, seed: UInt64 = 3) -> [(document: Document, labels: [String])] {
    let countries = [
      ("Asia/India", ["delhi", "rupee"]), ("Asia/Japan", ["tokyo", "yen"]), ("Europe/France", ["paris", "lyon"]),
      ("Europe/Germany", ["berlin", "bremen"]), ("Europe/Italy", ["rome", "turin"]),
      ("Europe/Spain", ["madrid", "seville"]),
    ]
    let continents = ["Asia": ["monsoon", "asian"], "Europe": ["brussels", "european"]]
    var random = SeededGenerator(state: seed)
    return (0..<count).map { number in
      let (label, words) = countries[number % countries.count]
      let continent = continents[String(label.prefix { $0 != "/" })] ?? []
      // A third of the documents do not name their country.
      let body = text(number % 18 < 6 ? continent : words + continent, &random)
      return (Document(id: "h\(number)", body: body), [label])
    }
  }
}

extension LabelledDocuments {
  init(_ samples: [(document: Document, labels: [String])]) {
    self.init()
    for (document, labels) in samples { append(document, labels: labels) }
  }
}

extension Trainer {
  /// A trainer that is quick, also where the code is not optimised: single words and two folds, and no search for
  /// parameters unless it is asked for.
  static func quick(
    _ facet: String = "topic", _ plugin: String = "logistic-regression", _ kind: Domain.Kind = .exclusive,
    searches: Bool = false, threads: Int = 2
  ) throws(DatelineError) -> Trainer {
    var settings = ["ngrams": "1"]
    if !searches { settings[plugin == "naive-bayes" ? "alpha" : "C"] = plugin == "naive-bayes" ? "0.2" : "10" }
    var trainer = try Trainer(
      facet: facet, kind: kind, plugin: plugin, settings: settings, workers: WorkerPool(threads: threads))
    trainer.foldCount = 2
    return trainer
  }
}
