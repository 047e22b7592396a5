import DatelineCore
import DatelineParallel
import DatelineVectors
import Testing

@testable import DatelineText

private typealias Words = (title: [String], body: [String])

/// Small corpora with every combination of parameters.
@Suite struct TextVectorizerTests {
  private static let words = ["a", "b", "cat", "don't", "élan", "москва", "3.14", "京", "internationally", "নদী", "zz9"]

  private func corpus(_ generator: inout SeededGenerator) -> [Words] {
    (0..<Int.random(in: 2...25, using: &generator)).map { _ in
      func pick(_ most: Int) -> [String] {
        (0..<Int.random(in: 0...most, using: &generator)).map { _ in
          // Low numbers are more frequent.
          let place = Int.random(
            in: 0...Int.random(in: TextVectorizerTests.words.indices, using: &generator), using: &generator)
          return TextVectorizerTests.words[place]
        }
      }
      return (pick(4), pick(20))
    }
  }

  private func settings(_ generator: inout SeededGenerator) -> [String: String] {
    var settings: [String: String] = [:]
    func choose(_ name: String, _ values: String...) {
      settings[name] = values[Int.random(in: values.indices, using: &generator)]
    }
    choose("ngrams", "1", "1-2", "2", "1-3", "2-3")
    choose("char-ngrams", "none", "none", "1-3", "4")
    choose("min-df", "1", "2", "3")
    choose("max-df", "1", "0.9", "0.5")
    choose("tf", "sublinear", "count", "binary")
    choose("idf", "true", "false")
    choose("norm", "l2", "damped", "none")
    choose("single-letters", "true", "true", "false")
    choose("fields", "joined", "separate")
    choose("title-weight", "0", "1", "3")
    choose("vocabulary", "exact", "exact", "hashed")
    // Few enough for collisions.
    settings["hash-bits"] = "8"
    return settings
  }

  /// Batches of the documents, cut anywhere; empty ones too.
  private func batches(_ documents: [Words], _ generator: inout SeededGenerator) -> [DocumentBatch] {
    var batches = [DocumentBatch()]
    for document in documents {
      while Int.random(in: 0..<3, using: &generator) == 0 { batches.append(DocumentBatch()) }
      let text = Document(
        title: document.title.joined(separator: " "), body: document.body.joined(separator: " "))
      batches[batches.count - 1].append(text)
    }
    return batches
  }

  /// A vectorizer of some of the features gives what is left of the rows of the full one.
  @Test func someFeaturesGiveWhatIsLeftOfTheRows() throws {
    let seed: UInt64 = 61
    var generator = SeededGenerator(seed: seed)
    for round in 0..<40 {
      var settings = settings(&generator)
      settings["vocabulary"] = "exact"
      settings["min-df"] = "1"
      settings["max-df"] = "1"
      let batches = batches(corpus(&generator), &generator)
      let parameters = try TextParameters(Hyperparameters(TextParameters.schema, settings: settings))
      let trainer = TextVectorizerTrainer(parameters: parameters, tokenizer: tokenizer)
      guard
        let (vectorizer, rows) = try? trainer.fit(batches.map { trainer.count($0) }, workers: WorkerPool(threads: 1)),
        let full = vectorizer as? TextVectorizer
      else { continue }
      let features = (0..<full.featureCount).filter { _ in Bool.random(using: &generator) }
      let small = try full.selecting(features: features)
      let reduction = full.reduction(to: features)
      #expect(small.featureCount == features.count)
      var scratch = VectorizerScratch()
      var (row, expected) = (SparseVector(), SparseVector())
      var number = 0
      for batch in batches {
        for record in batch.records {
          small.vectorize(
            title: batch.bytes.span.extracting(record.title), body: batch.bytes.span.extracting(record.body),
            scratch: &scratch, into: &row)
          let whole = rows[row: number]
          reduction.reduce(indices: whole.indices.span, values: whole.values.span, into: &expected)
          #expect(row.indices == expected.indices, "round \(round), seed \(seed), \(settings)")
          for (value, other) in zip(row.values, expected.values) { #expect(abs(value - other) < 1e-6) }
          number += 1
        }
      }
    }
  }

  /// Also with so few terms at a time that there are several chunks.
  @Test func onDiskAsInMemory() throws {
    let seed: UInt64 = 31
    var generator = SeededGenerator(seed: seed)
    for round in 0..<150 {
      let batches = batches(corpus(&generator), &generator)
      let trainer = TextVectorizerTrainer(parameters: try parameters(settings(&generator)), tokenizer: tokenizer)
      let workers = WorkerPool(threads: 1 + round % 3)
      let expected = Result { try trainer.fit(batches.map { trainer.count($0) }, workers: workers) }
      func check(_ spooling: some SpoolingVectorizerTrainer) throws {
        var spool = try spooling.makeSpool()
        for batch in batches { try spooling.append(spooling.count(batch), to: &spool) }
        let found = Result { try spooling.fit(spool, workers: workers) }
        switch (found, expected) {
        case (.success(let found), .success(let expected)):
          #expect(found.features == expected.features, "round \(round), seed \(seed)")
          #expect(found.features.isSpooled)
          let (parts, others) = (found.vectorizer.payloads(), expected.vectorizer.payloads())
          #expect(parts.map(\.name) == others.map(\.name) && parts.map(\.bytes) == others.map(\.bytes))
        case (.failure(let found), .failure(let expected)): #expect("\(found)" == "\(expected)")
        default: Issue.record("\(found) and \(expected) in round \(round), seed \(seed)")
        }
      }
      if let exact = trainer.spooling(memoryLimit: 1 << 30) as? ExactSpoolTrainer {
        try check(exact)
        var chunked = exact
        chunked.chunkSize = 50
        try check(chunked)
      } else {
        try check(try #require(trainer.spooling(memoryLimit: 1 << 30) as? HashedSpoolTrainer))
      }
    }
  }

  @Test func vocabulariesBeyondTheLimitAreRefused() throws {
    var batch = DocumentBatch()
    batch.append(Document(body: (0..<5000).map { "w\($0)" }.joined(separator: " ")))
    let trainer = TextVectorizerTrainer(parameters: try parameters(["min-df": "1"]), tokenizer: tokenizer)
    let exact = try #require(trainer.spooling(memoryLimit: 100_000) as? ExactSpoolTrainer)
    let error = failure { () throws(DatelineError) in
      var spool = try exact.makeSpool()
      try exact.append(exact.count(batch), to: &spool)
      _ = try exact.fit(spool, workers: WorkerPool(threads: 1))
    }
    #expect(error.code == .usage && error.message.contains("vocabulary=hashed"), "\(error)")
    let hashing = TextVectorizerTrainer(
      parameters: try parameters(["vocabulary": "hashed", "hash-bits": "28"]), tokenizer: tokenizer)
    let hashed = try #require(hashing.spooling(memoryLimit: 1 << 31) as? HashedSpoolTrainer)
    let refusal = failure { () throws(DatelineError) in _ = try hashed.makeSpool() }
    #expect(refusal.code == .usage && refusal.message.contains("4.0 GiB"), "\(refusal)")
  }

  @Test func agreesWithTheDefinitions() throws {
    let seed: UInt64 = 51
    var generator = SeededGenerator(seed: seed)
    let workers = WorkerPool(threads: 2)
    var fitted = 0
    for round in 0..<150 {
      let documents = corpus(&generator)
      let settings = settings(&generator)
      let values = try parameters(settings)
      let comment: Comment = "round \(round), seed \(seed), \(settings)"
      let reference = ReferenceVectorizer(documents, values)
      let trainer = TextVectorizerTrainer(parameters: values)
      let counts = batches(documents, &generator).map(trainer.count)
      if reference.columns.isEmpty, values.hashBits == nil {
        let error = failure { () throws(DatelineError) in try trainer.fit(counts, workers: workers) }
        #expect(error.code == .invalidData, comment)
        continue
      }
      fitted += 1
      let (vectorizer, matrix) = try trainer.fit(counts, workers: workers)
      #expect(vectorizer.featureCount == values.hashBits.map { 1 << $0 } ?? reference.columns.count, comment)
      #expect(matrix.columnCount == vectorizer.featureCount && matrix.rowCount == documents.count, comment)
      for (number, document) in documents.enumerated() {
        let expected = reference.vector(of: document).sorted { $0.key < $1.key }
        let row = matrix[row: number]
        #expect(row.indices == expected.map { UInt32($0.key) }, comment)
        let isClose = zip(row.values, expected).allSatisfy { abs(Double($0) - $1.value) <= 1e-6 * $1.value }
        #expect(isClose, comment)
      }
    }
    #expect(fitted > 90)
  }

  @Test func threadsAndBatchesDoNotMatter() throws {
    let seed: UInt64 = 52
    var generator = SeededGenerator(seed: seed)
    let pools = [1, 2, 7].map { WorkerPool(threads: $0) }
    for round in 0..<40 {
      let documents = corpus(&generator)
      var settings = settings(&generator)
      settings["min-df"] = "1"
      settings["max-df"] = "1"
      settings["ngrams"] = "1-2"
      let trainer = TextVectorizerTrainer(parameters: try parameters(settings))
      var first: (features: CSRMatrix, parts: [[UInt8]])?
      for pool in pools {
        let batches = batches(documents + [([], ["a"])], &generator)
        let (vectorizer, matrix) = try trainer.fit(
          pool.map(batches.count) { trainer.count(batches[$0]) }, workers: pool)
        let parts = vectorizer.payloads().map { Array($0.name.utf8) + $0.bytes }
        if let first {
          #expect(matrix == first.features, "round \(round), seed \(seed), \(pool.threadCount) threads")
          #expect(parts == first.parts, "round \(round), seed \(seed), \(pool.threadCount) threads")
        } else {
          first = (matrix, parts)
        }
      }
    }
  }

  /// A document gives the row that it gave in training, bit for bit, also after the model went through a file.
  @Test func vectorsAreTheRowsOfTraining() throws {
    let seed: UInt64 = 53
    var generator = SeededGenerator(seed: seed)
    let workers = WorkerPool(threads: 1)
    let plugin = TextVectorizerPlugin()
    for round in 0..<60 {
      var settings = settings(&generator)
      settings["min-df"] = "1"
      settings["max-df"] = "1"
      settings["ngrams"] = "1-2"
      let values = try Hyperparameters(plugin.parameters, settings: settings)
      let batches = batches(corpus(&generator) + [([], ["a"])], &generator)
      let (vectorizer, matrix) = try fit(plugin.trainer(values), batches, workers)
      let loaded = try plugin.load(Payloads(vectorizer.payloads()), parameters: values)
      #expect(loaded.featureCount == vectorizer.featureCount)
      var scratch = VectorizerScratch()
      var row = SparseVector()
      var number = 0
      for batch in batches {
        for record in batch.records {
          for vectorizer in [vectorizer, loaded] {
            let bytes = batch.bytes.span
            vectorizer.vectorize(
              title: bytes.extracting(record.title), body: bytes.extracting(record.body), scratch: &scratch, into: &row)
            let expected = matrix[row: number]
            #expect(row.indices == expected.indices, "round \(round), seed \(seed)")
            #expect(
              row.values.map(\.bitPattern) == expected.values.map(\.bitPattern), "round \(round), seed \(seed)")
          }
          number += 1
        }
      }
    }
  }

  /// Without an order there are the same features, with the same values but for the rounding of their length.
  @Test func featuresWithoutAnOrderAreThoseOfTheRow() throws {
    let seed: UInt64 = 54
    var generator = SeededGenerator(seed: seed)
    let workers = WorkerPool(threads: 1)
    let plugin = TextVectorizerPlugin()
    var areSorted = true
    for round in 0..<60 {
      let values = try Hyperparameters(plugin.parameters, settings: settings(&generator))
      let batches = batches(corpus(&generator) + [([], ["a"])], &generator)
      guard let vectorizer = try? fit(plugin.trainer(values), batches, workers).vectorizer else { continue }
      let base: any Vectorizer = round % 10 == 0 ? OrderedVectorizer(base: vectorizer) : vectorizer
      let extended = ExtendedVectorizer(base: base, extractor: LengthExtractor())
      var scratch = VectorizerScratch()
      var row = SparseVector()
      var features = FeatureList()
      for batch in batches {
        for record in batch.records {
          let bytes = batch.bytes.span
          let (title, body) = (bytes.extracting(record.title), bytes.extracting(record.body))
          extended.vectorize(title: title, body: body, scratch: &scratch, into: &row)
          extended.vectorize(title: title, body: body, scratch: &scratch, unordered: &features)
          let found = features.withSpans { indices, values in indices.indices.map { (indices[$0], values[$0]) } }
          areSorted = areSorted && zip(found, found.dropFirst()).allSatisfy { $0.0 < $1.0 }
          let sorted = found.sorted { $0.0 < $1.0 }
          #expect(sorted.map(\.0) == row.indices, "round \(round), seed \(seed)")
          #expect(
            zip(sorted.map(\.1), row.values).allSatisfy { abs($0 - $1) <= 2e-7 * abs($1) },
            "round \(round), seed \(seed)")
          #expect(found.last?.0 == UInt32(vectorizer.featureCount), "what is extracted comes last")
          #expect((extended.termVectorizer == nil) == (round % 10 == 0))
          guard let sharing = extended.termVectorizer else { continue }
          // The same terms, counted by somebody else.
          var counted = VectorizerScratch()
          sharing.countTerms(title: title, body: body, scratch: &counted)
          counted.counts.withSpans {
            sharing.vectorize(
              terms: $0, counts: $1, title: title, body: body, scratch: &scratch, unordered: &features)
          }
          let again = features.withSpans { indices, values in indices.indices.map { (indices[$0], values[$0]) } }
          #expect(again.elementsEqual(found, by: ==), "round \(round), seed \(seed)")
        }
      }
    }
    #expect(!areSorted, "or there would be nothing to see")
  }

  @Test func sourcesOfTermsSayAllThatTermsDependOn() throws {
    func source(_ settings: [String: String]) throws -> TermSource? {
      TermExtractor(tokenizer: WordTokenizer(), parameters: try parameters(settings)).source
    }
    let plain = try source([:])
    #expect(plain != nil)
    for (name, value) in [
      ("ngrams", "1-3"), ("char-ngrams", "3-5"), ("fields", "separate"), ("title-weight", "2"),
      ("single-letters", "false"),
    ] {
      #expect(try source([name: value]) != plain, "\(name)")
    }
    for (name, value) in [
      ("min-df", "7"), ("tf", "binary"), ("idf", "false"), ("norm", "none"), ("norm", "damped"), ("hash-bits", "12"),
    ] {
      #expect(try source([name: value]) == plain, "\(name)")
    }
    // Nobody knows what another tokenizer makes of a text.
    #expect(TermExtractor(tokenizer: WordlessTokenizer(), parameters: try parameters([:])).source == nil)
  }

  @Test func unknownTermsAndEmptyDocuments() throws {
    let workers = WorkerPool(threads: 1)
    let trainer = TextVectorizerTrainer(parameters: try parameters(["min-df": "1"]))
    var batch = DocumentBatch()
    for text in ["a b", "", "…", "b c"] { batch.append(Document(body: text)) }
    let (vectorizer, matrix) = try trainer.fit([trainer.count(batch)], workers: workers)
    #expect((0..<4).map { matrix[row: $0].count } == [3, 0, 0, 3])
    var scratch = VectorizerScratch()
    var row = matrix[row: 0]
    for text in ["", "never seen", " \u{FEFF} "] {
      let bytes = Array(text.utf8)
      vectorizer.vectorize(title: bytes.span, body: bytes.span, scratch: &scratch, into: &row)
      #expect(row.count == 0)
    }
    let known = Array("x B y".utf8)
    vectorizer.vectorize(title: known.span, body: known.span, scratch: &scratch, into: &row)
    #expect(row.values == [1])
  }

  private func refusal(_ texts: [String], _ settings: [String: String]) throws -> DatelineError {
    let trainer = TextVectorizerTrainer(parameters: try parameters(settings))
    var batch = DocumentBatch()
    for text in texts { batch.append(Document(body: text)) }
    let counts = [trainer.count(batch)]
    return failure { () throws(DatelineError) in try trainer.fit(counts, workers: WorkerPool(threads: 1)) }
  }

  @Test func noTermLeft() throws {
    var error = try refusal(["a", "b", "c"], [:])
    #expect(error.code == .invalidData)
    #expect(
      error.message
        == "no term is in at least 2 (min-df) of the 3 documents: give more text, or --set min-df=1")
    // A term of two documents is in more than half of them.
    error = try refusal(["a", "a", "c"], ["max-df": "0.5"])
    #expect(
      error.message
        == "no term is in at least 2 (min-df) and at most 1 (max-df) of the 3 documents: --set max-df to a larger share"
    )
    error = try refusal(["a b", "a b", "a c d", "a e"], ["ngrams": "1", "max-df": "0.75", "min-df": "3"])
    #expect(error.message.hasSuffix("give more text, or --set min-df=1 or max-df=1"))
    error = try refusal(["", "…"], ["min-df": "1"])
    #expect(error.message.hasSuffix("of the 2 documents: they hold no words: check the text fields"))
    error = try refusal([], [:])
    #expect(error.code == .invalidData)
  }

  private func fit(
    _ trainer: some VectorizerTrainer, _ batches: [DocumentBatch], _ workers: WorkerPool
  ) throws(DatelineError) -> (vectorizer: any Vectorizer, features: CSRMatrix) {
    try trainer.fit(batches.map(trainer.count), workers: workers)
  }

  /// Parts cut short or changed at random: an error, or vectors that stay within the features.
  @Test func damagedParts() throws {
    let seed: UInt64 = 54
    var generator = SeededGenerator(seed: seed)
    let plugin = TextVectorizerPlugin()
    let text = Array("a b cat don't 3.14 internationally élan a b".utf8)
    for settings in [
      ["min-df": "1"], ["min-df": "1", "idf": "false"], ["vocabulary": "hashed", "hash-bits": "8"],
    ] {
      let values = try Hyperparameters(plugin.parameters, settings: settings)
      let batches = batches(corpus(&generator) + [([], ["a"])], &generator)
      let parts = try fit(plugin.trainer(values), batches, WorkerPool(threads: 1)).vectorizer.payloads()
      for place in parts.indices {
        let name = parts[place].name
        for bytes in [[], Array(parts[place].bytes.dropLast()), parts[place].bytes + [7]] {
          var damaged = parts
          damaged[place] = Payload(name: name, bytes: bytes)
          let error = failure { () throws(DatelineError) in try plugin.load(Payloads(damaged), parameters: values) }
          #expect(error.code == .invalidData, "\(name) with \(bytes.count) of \(parts[place].bytes.count) bytes")
        }
        for round in 0..<200 {
          var bytes = parts[place].bytes
          for _ in 0..<Int.random(in: 1...8, using: &generator) {
            bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: .min ... .max, using: &generator)
          }
          if round % 20 == 0 { bytes = bytes.map { _ in round % 40 == 0 ? 0 : 0xFF } }
          var damaged = parts
          damaged[place] = Payload(name: name, bytes: bytes)
          guard let vectorizer = try? plugin.load(Payloads(damaged), parameters: values) else { continue }
          var scratch = VectorizerScratch()
          var row = SparseVector()
          vectorizer.vectorize(title: text.span, body: text.span, scratch: &scratch, into: &row)
          #expect(
            row.indices.allSatisfy { Int($0) < vectorizer.featureCount }, "\(name), round \(round), seed \(seed)")
        }
      }
    }
  }
}

/// One feature: the length of a text and one.
private struct LengthExtractor: FeatureExtractor {
  var featureCount: Int { 1 }

  func name(of feature: Int) -> String { "length" }

  func extract(title: Span<UInt8>, body: Span<UInt8>, into row: inout SparseVector) {
    row.removeAll()
    row.append(index: 0, value: Float(body.count + 1))
  }

  func occurrences(title: Span<UInt8>, body: Span<UInt8>) -> [FeatureOccurrence] { [] }

  func payloads() -> [Payload] { [] }
}

/// A vectorizer that always sorts.
private struct OrderedVectorizer: Vectorizer {
  let base: any Vectorizer

  var featureCount: Int { base.featureCount }

  func vectorize(
    title: Span<UInt8>, body: Span<UInt8>, scratch: inout VectorizerScratch, into row: inout SparseVector
  ) {
    base.vectorize(title: title, body: body, scratch: &scratch, into: &row)
  }

  func payloads() -> [Payload] { base.payloads() }
}

/// Finds no words.
private struct WordlessTokenizer: Tokenizer {
  func tokenize(_ text: Span<UInt8>, into buffer: inout TokenBuffer) {}
}
