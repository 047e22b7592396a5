import DatelineCore
import Foundation
import Testing

/// An article of TrainingData.
struct Article: Sendable {
  static let keys = ["id", "date", "title", "text", "region", "topic", "sentiment"]

  let fields: [String: String]

  subscript(name: String) -> String { fields[name] ?? "" }

  /// All articles of a file.
  ///
  /// - Throws: Where a line is no JSON object of strings with exactly the keys, in their order.
  static func read(_ file: String) throws -> [Article] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../TrainingData")
    let data = try Data(contentsOf: folder.appendingPathComponent(file))
    try #require(data.last == UInt8(ascii: "\n"), "the last line ends like the others")
    return try data.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated().map {
      number, line in
      let record = try JSONValue(parsing: Array(line))
      try #require(record.members.map(\.name) == keys, "\(file):\(number + 1)")
      var fields: [String: String] = [:]
      for (name, value) in record.members {
        guard case .string(let text) = value else {
          Issue.record("\(file):\(number + 1): \"\(name)\" is no string")
          continue
        }
        fields[name] = text
      }
      return Article(fields: fields)
    }
  }

  /// The words of title and text.
  var words: [Substring] { (self["title"] + " " + self["text"]).split(whereSeparator: \.isWhitespace) }

  /// The sentences of the text, as lower-case words without punctuation.
  var sentences: [[String]] {
    self["text"].split { ".!?".contains($0) }.map { sentence in
      sentence.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
  }
}
