import DatelineCore
import Testing

@Suite struct ExplainTests {
  @Test func membersOfJSON() throws {
    let shop = try Workshop()
    let article = try shop.folder.write(
      "one.jsonl", #"{"id":"a","title":"Größe: striker","text":"The\nstriker won"}"# + "\n")
    let documents = try expectSuccess(["explain", "--model", shop.model, "--format", "json", article]).jsonLines()
    let document = try #require(documents.first)
    #expect(document.members.map(\.name) == ["id", "source", "facet", "withheld", "explanations"])
    let explanation = try #require(document["explanations"]?.elements?.first)
    #expect(explanation.members.map(\.name) == ["label", "probability", "score", "constant", "terms"])
    let terms = try #require(explanation["terms"]?.elements)
    var sum = try #require(explanation["constant"]?.number)
    for term in terms { sum += try #require(term["contribution"]?.number) }
    let score = try #require(explanation["score"]?.number)
    #expect((sum - score).magnitude < 1e-9)
    // Places are counted in characters.
    let fields = ["title": Array("Größe: striker".unicodeScalars), "body": Array("The\nstriker won".unicodeScalars)]
    for term in terms {
      for place in try #require(term["places"]?.elements) {
        let name = try #require(place["field"]?.string)
        let field = try #require(fields[name])
        let start = try #require(place["start"]?.integer)
        let end = try #require(place["end"]?.integer)
        let words = String(String.UnicodeScalarView(field[start..<end])).lowercased()
        #expect(term["words"]?.elements?.contains { $0.string == words.replacing("\n", with: " ") } == true)
      }
    }
  }

  @Test func forPeople() throws {
    let shop = try Workshop()
    let run = try expectSuccess(["explain", "--model", shop.model, "--top", "2", shop.test])
    let lines = run.output.split(separator: "\n")
    #expect(lines.count(where: { $0.contains("  score ") }) == 30)
    #expect(!run.output.contains("\u{1B}"), "no colours where nobody sees them")
    #expect(lines.contains { $0.contains("more term") })
  }

  @Test func mistakes() throws {
    let shop = try Workshop()
    try expectError(64, ["explain", "--model", shop.model, "--label", "nowhere", shop.test], "no label \"nowhere\"")
    try expectError(64, ["explain", shop.test], "--model")
    try expectError(64, ["explain", "--model", shop.model, "--top", "-1", shop.test], "--top")
    try expectError(66, ["explain", "--model", shop.model, "/none"], "/none")
  }
}
