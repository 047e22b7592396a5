import DatelineCore
import DatelineParallel
import DatelineVectors
import Foundation
import Testing

@testable import DatelineText

/// Values that scikit-learn computes for the same sentences; Tools/reference/tfidf.py wrote them.
@Suite struct ScikitLearnTests {
  private func termFingerprint(_ term: String) -> UInt64 {
    let words = term.split(separator: " ").map { fingerprint(String($0)) }
    return words.dropFirst().reduce(words[0], Fingerprint.pair)
  }

  @Test func tfidfVectorizer() throws {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let file = try Data(contentsOf: URL(filePath: "/\(folder)/Resources/tfidf.json"))
    let json = try JSONValue(parsing: Array(file))
    let sentences = try #require(json["sentences"]?.elements).compactMap(\.string)
    let cases = try #require(json["cases"]?.elements)
    #expect(cases.count >= 5)
    var batch = DocumentBatch()
    for sentence in sentences { batch.append(Document(body: sentence)) }
    for expected in cases {
      let settings = Dictionary(
        uniqueKeysWithValues: try #require(expected["settings"]).members.map { ($0.name, $0.value.string ?? "") })
      let trainer = TextVectorizerTrainer(parameters: try parameters(settings))
      let (vectorizer, matrix) = try trainer.fit([trainer.count(batch)], workers: WorkerPool(threads: 1))
      #expect(vectorizer.featureCount == expected["features"]?.integer, "\(settings)")
      let rows = try #require(expected["rows"]?.elements)
      #expect(rows.count == sentences.count && matrix.rowCount == rows.count)
      // Every kept term occurs in some row; features are numbered by their fingerprints.
      let terms = Set(rows.flatMap(\.members).map(\.name)).map(termFingerprint).sorted()
      #expect(terms.count == vectorizer.featureCount)
      for (number, row) in rows.enumerated() {
        let cells = try row.members
          .map { (try #require(terms.firstIndex(of: termFingerprint($0.name))), try #require($0.value.number)) }
          .sorted { $0.0 < $1.0 }
        #expect(matrix[row: number].indices == cells.map { UInt32($0.0) }, "\(settings), sentence \(number)")
        for (value, cell) in zip(matrix[row: number].values, cells) {
          #expect(abs(Double(value) - cell.1) <= 1e-6 * max(1, cell.1), "\(settings), sentence \(number)")
        }
      }
    }
  }
}
