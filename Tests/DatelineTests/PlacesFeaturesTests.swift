import Dateline
import DatelineVectors
import Testing

/// Features of an extractor behind the terms, from the registry of vectorizers to explanations.
@Suite struct PlacesFeaturesTests {
  private func make(
    _ identifier: String, _ bodies: [String], _ settings: [String: String] = ["ngrams": "1", "min-df": "1"]
  ) throws -> (vectorizer: any LocatingVectorizer, features: CSRMatrix) {
    let plugin = try VectorizerRegistry.standard().plugin(identifier)
    let trainer = try plugin.trainer(Hyperparameters(plugin.parameters, settings: settings))
    let (vectorizer, features) = try fit(trainer, bodies)
    return (try #require(vectorizer as? any LocatingVectorizer), features)
  }

  private func fit(
    _ trainer: some VectorizerTrainer, _ bodies: [String]
  ) throws -> (vectorizer: any Vectorizer, features: CSRMatrix) {
    // Two batches, so that rows are joined across them.
    var batches = [DocumentBatch(), DocumentBatch(), DocumentBatch()]
    for (number, body) in bodies.enumerated() { batches[number < 2 ? 0 : 2].append(Document(body: body)) }
    return try trainer.fit(batches.map { trainer.count($0) }, workers: WorkerPool(threads: 1))
  }

  static let bodies = ["rain fell in Peru", "snow fell on roads", "rain stopped in Norway and Peru"]

  private func row(_ vectorizer: any Vectorizer, title: String = "", _ body: String) -> SparseVector {
    var (scratch, row) = (VectorizerScratch(), SparseVector())
    let (title, body) = (Array(title.utf8), Array(body.utf8))
    vectorizer.vectorize(title: title.span, body: body.span, scratch: &scratch, into: &row)
    return row
  }

  @Test func featuresStandBehindTheTerms() throws {
    let (plain, plainRows) = try make("text", PlacesFeaturesTests.bodies)
    let (extended, rows) = try make("text+places", PlacesFeaturesTests.bodies)
    let candidates = try #require(extended.candidates)
    #expect(plain.candidates == nil && candidates.first == plain.featureCount)
    #expect(extended.featureCount == plain.featureCount + candidates.labels.count * candidates.kinds.count)
    #expect(rows.columnCount == extended.featureCount && rows.rowCount == 3)
    for document in 0..<3 {
      let body = PlacesFeaturesTests.bodies[document]
      let (terms, row) = (row(plain, body), row(extended, body))
      #expect(Array(row.indices.prefix(terms.count)) == terms.indices)
      #expect(Array(row.values.prefix(terms.count)) == terms.values)
      #expect(row.indices.dropFirst(terms.count).allSatisfy { Int($0) >= plain.featureCount })
      #expect((row.count > terms.count) == (document != 1), "\(body)")
      // What training counted is what a document gives.
      let range = rows.range(ofRow: document)
      #expect(range.map { rows.columnIndices[$0] } == row.indices)
      let plainRange = plainRows.range(ofRow: document)
      #expect(range.prefix(plainRange.count).map { rows.values[$0] } == plainRange.map { plainRows.values[$0] })
    }
  }

  @Test func namesAndOccurrencesOfBoth() throws {
    let (extended, _) = try make("text+places", PlacesFeaturesTests.bodies)
    let candidates = try #require(extended.candidates)
    #expect((0..<candidates.first).allSatisfy { extended.name(of: $0) == nil })
    let peru = try #require(candidates.candidate(of: Label("Latin America/Peru")))
    let feature = candidates.first + peru * candidates.kinds.count
    #expect(extended.name(of: feature) == "Latin America/Peru: share of the mentions")
    let (title, body) = ("Peru", "rain fell in Peru")
    let (titleBytes, bodyBytes) = (Array(title.utf8), Array(body.utf8))
    let found = extended.occurrences(title: titleBytes.span, body: bodyBytes.span)
    let places = found.filter { Int($0.feature) >= candidates.first }.map(\.place)
    let titlePlace = TextPlace(field: .title, bytes: 0..<4)
    let bodyPlace = TextPlace(field: .body, bytes: 13..<17)
    #expect(places == [titlePlace, titlePlace, bodyPlace, bodyPlace])
    // The title's before the body's, each in the order of the text.
    let firstOfBody = try #require(found.firstIndex { $0.place.field == .body })
    #expect(found[firstOfBody...].allSatisfy { $0.place.field == .body })
    let starts = found[firstOfBody...].map(\.place.bytes.lowerBound)
    #expect(starts == starts.sorted() && starts.count > 4)
  }

  @Test func partsOfBothComeBack() throws {
    let registry = VectorizerRegistry.standard()
    let plugin = try registry.plugin("text+places")
    #expect(plugin.identifier == "text+places" && plugin.parameters["places-regions"] != nil)
    let settings = ["ngrams": "1", "min-df": "1", "places-regions": "m49"]
    let (made, _) = try make("text+places", PlacesFeaturesTests.bodies, settings)
    let loaded = try plugin.load(
      Payloads(made.payloads()), parameters: Hyperparameters(plugin.parameters, settings: settings))
    #expect(loaded.featureCount == made.featureCount)
    #expect(loaded.candidates?.labels == made.candidates?.labels)
    for body in PlacesFeaturesTests.bodies { #expect(row(made, body) == row(loaded, body)) }
  }

  @Test func severalExtractorsAndUnknownOnes() throws {
    let registry = VectorizerRegistry.standard()
    let both = try registry.plugin("text+places+tone")
    #expect(both.identifier == "text+places+tone")
    let (vectorizer, _) = try make("text+places+tone", PlacesFeaturesTests.bodies)
    let (places, _) = try make("text+places", PlacesFeaturesTests.bodies)
    #expect(vectorizer.featureCount > places.featureCount)
    // Candidates stay where they are, though tone is behind them.
    #expect(vectorizer.candidates?.first == places.candidates?.first)
    let unknown = failure { () throws(DatelineError) in try registry.plugin("text+moon") }
    #expect(unknown.code == .incompatible, "\(unknown)")
    #expect(unknown.message.contains("\"moon\"") && unknown.message.contains("places"), "\(unknown)")
    let twice = failure { () throws(DatelineError) in try registry.plugin("text+places+places") }
    #expect(twice.code == .incompatible && twice.message.contains("twice"), "\(twice)")
    let base = failure { () throws(DatelineError) in try registry.plugin("moon+places") }
    #expect(base.message.contains("\"moon\"") && base.message.contains("text"), "\(base)")
    #expect(failure { () throws(DatelineError) in try registry.plugin("text+") }.code == .incompatible)
  }
}
