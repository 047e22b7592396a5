import DatelineCore
import Testing

/// Small documents whose labels words tell.
enum Samples {
  static let words: [String: [String]] = [
    "sport": ["match", "goal", "team", "coach", "league", "striker"],
    "politics": ["minister", "vote", "parliament", "treaty", "senate", "ballot"],
    "science": ["telescope", "enzyme", "fossil", "orbit", "protein", "quantum"],
  ]

  struct Article {
    var id: String
    var title: String
    var text: String
    var label: String
  }

  /// Articles with their labels in turn; others for another start.
  static func articles(_ count: Int, from start: Int = 0) -> [Article] {
    let labels = words.keys.sorted()
    return (start..<start + count).map { number in
      let label = labels[number % labels.count]
      let own = words[label] ?? []
      func word(_ place: Int) -> String { own[(number / 3 + place * (1 + number % 5)) % own.count] }
      return Article(
        id: "d\(number)", title: "The \(word(0)) and the \(word(1))",
        text: "A \(word(2)) was seen with a \(word(3)) on day \(number % 7), said \(word(4)).", label: label)
    }
  }

  /// As JSON Lines, with the label in the field `topic`.
  static func jsonLines(_ articles: [Article], label: (Article) -> JSONValue = { .string($0.label) }) -> String {
    articles.map { article in
      let json: JSONValue = [
        "id": .string(article.id), "title": .string(article.title), "text": .string(article.text),
        "topic": label(article),
      ]
      return json.text + "\n"
    }
    .joined()
  }
}

/// A folder with `train.jsonl`, `test.jsonl` and a model trained on the first, `topic.dateline`.
struct Workshop {
  let folder: TemporaryFolder
  var model: String { folder.file("topic.dateline") }
  var train: String { folder.file("train.jsonl") }
  var test: String { folder.file("test.jsonl") }

  init(model: Bool = true) throws {
    folder = try TemporaryFolder()
    try folder.write("train.jsonl", Samples.jsonLines(Samples.articles(60)))
    try folder.write("test.jsonl", Samples.jsonLines(Samples.articles(30, from: 100)))
    if model { try folder.write("topic.dateline", Workshop.trained.get()) }
  }

  /// The model, trained once for all tests.
  private static let trained = Result {
    let shop = try Workshop(model: false)
    try expectSuccess(shop.training() + Workshop.quick)
    return try shop.folder.bytes("topic.dateline")
  }

  /// `train` with what it needs.
  func training(_ data: String? = nil, output: String? = nil) -> [String] {
    ["train", "--data", data ?? train, "--facet", "topic", "--output", output ?? self.model]
  }

  /// A family that trains at once.
  static let quick = ["--plugin", "naive-bayes", "--set", "alpha=0.5"]
}
