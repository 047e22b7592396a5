public import DatelineCore

/// Several models, one a facet, applied to documents in one pass. Safe to use from several threads at once.
public struct Tagger: Sendable {
  /// The models, in the order in which their answers are given.
  public let models: [Model]
  /// Labels less probable than this are withheld, with the reason.
  public var minimumProbability: Double
  /// The most labels of a facet that a document gets; `nil` for all.
  public var maximumLabels: Int?

  /// A tagger.
  ///
  /// - Throws: `DatelineError.Code.usage` when there is no model, two are of one facet, or the probability is not in
  ///   [0, 1].
  public init(_ models: [Model], minimumProbability: Double = 0) throws(DatelineError) {
    guard !models.isEmpty else { throw DatelineError(.usage, "a tagger needs at least one model") }
    guard Set(models.map(\.domain.facet)).count == models.count else {
      throw DatelineError(.usage, "two models are of one facet: give one model a facet")
    }
    guard (0...1).contains(minimumProbability) else {
      throw DatelineError(.usage, "a minimum probability of \(minimumProbability): give a number from 0 to 1")
    }
    self.models = models
    self.minimumProbability = minimumProbability
  }

  /// Opens model files.
  public init(
    modelsAt paths: [String], registry: PluginRegistry = .standard(), minimumProbability: Double = 0
  ) throws(DatelineError) {
    var models: [Model] = []
    for path in paths { models.append(try Model(contentsOf: path, registry: registry)) }
    try self.init(models, minimumProbability: minimumProbability)
  }

  /// Tags one document.
  public func tag(_ document: Document) -> TaggedDocument {
    var batch = DocumentBatch()
    batch.append(document)
    return tag(batch)[0]
  }

  /// Tells of a model that has failed: one of a family that somebody else has built (`PluginLoader`). It withholds its
  /// labels from then on, and gives the failure as the reason; other models cannot fail.
  ///
  /// - Throws: The failure.
  public func checkForFailures() throws(DatelineError) {
    for model in models { try model.classifier.checkForFailure() }
  }

  /// The models that count the same terms, by their numbers: one counts for all. Empty where there are no two of that kind;
  /// where there are several such groups, the first one. Not kept: what a tagger holds is copied for each answer.
  private var sharers: [Int] {
    if models.count < 2 { return [] }
    let sources = models.map { $0.termVectorizer?.termSource }
    let groups = sources.map { source in sources.indices.filter { source != nil && sources[$0] == source } }
    return groups.first { $0.count > 1 } ?? []
  }

  /// How many documents a model is asked for before the next model is: what it knows of frequent words stays in the
  /// nearest cache meanwhile.
  private static let groupSize = 64

  /// Tags the documents of a batch, in order, on the calling thread.
  public func tag(_ batch: DocumentBatch) -> [TaggedDocument] {
    var documents: [TaggedDocument] = []
    documents.reserveCapacity(batch.count)
    forEachTagging(batch) { record, taggings in
      documents.append(
        TaggedDocument(
          id: batch.text(record.id), source: batch.text(record.source), title: batch.text(record.title),
          taggings: zip(models, taggings).map { ($0.domain.facet, $1) }))
    }
    return documents
  }

  /// Tags the documents of a batch, in order, on the calling thread, and makes no strings of their texts: for those who
  /// need nothing but the tags, that takes half the time.
  ///
  /// - Parameters:
  ///   - batch: The documents.
  ///   - body: Gets each document and what the models say of it, in their order.
  public func forEachTagging(_ batch: DocumentBatch, _ body: (DocumentBatch.Record, [Tagging]) -> Void) {
    forEachDecision(batch) { record, place, decisions in
      body(record, models.indices.map { models[$0].tagging(decisions[$0][place]) })
    }
  }

  /// Tags the documents of a batch, in order, on the calling thread, and makes no strings at all.
  ///
  /// - Parameter body: Gets each document and each model's decisions, those on the document being at the given place. A span,
  ///   as none of its elements is copied to be read.
  func forEachDecision(_ batch: DocumentBatch, _ body: (DocumentBatch.Record, _ place: Int, Span<Decisions>) -> Void) {
    let runs = models.map { ModelRun($0) }
    let sharers = sharers
    var decisions = models.map { _ in Decisions() }
    let bytes = batch.bytes.span
    let records = batch.records
    var first = records.startIndex
    while first < records.endIndex {
      let group = records[first..<min(first + Tagger.groupSize, records.endIndex)]
      let terms = sharers.first.map { runs[$0].terms(of: group, in: bytes) }
      for number in runs.indices {
        decisions[number].removeAll()
        runs[number].decide(
          on: group, in: bytes, terms: sharers.contains(number) ? terms : nil, minimum: minimumProbability,
          atMost: maximumLabels, into: &decisions[number])
      }
      for place in 0..<group.count { body(records[first + place], place, decisions.span) }
      first = group.endIndex
    }
    for run in runs { run.end() }
  }
}

/// A model and the memory of one thread that applies it.
///
/// A class, because a loop over an array of models copies the model for each document, and then all threads count
/// references to the same objects, which takes them longer than the documents do.
private final class ModelRun {
  private let model: Model
  private let lent: LentScratch

  init(_ model: Model) {
    self.model = model
    lent = model.scratches.take(for: model)
  }

  /// The terms of some documents, in memory that is used again for the next ones.
  func terms(of records: ArraySlice<DocumentBatch.Record>, in bytes: Span<UInt8>) -> DocumentTerms {
    // Taken out while it is written to.
    var terms = exchange(&lent.memory.scratch.terms, with: DocumentTerms())
    model.count(records, in: bytes, scratch: &lent.memory.scratch, into: &terms)
    lent.memory.scratch.terms = terms
    return terms
  }

  /// Gives the memory back.
  func end() { model.scratches.give(lent) }

  /// Decides on some documents.
  func decide(
    on records: ArraySlice<DocumentBatch.Record>, in bytes: Span<UInt8>, terms: DocumentTerms?, minimum: Double,
    atMost limit: Int?, into decisions: inout Decisions
  ) {
    model.decide(
      on: records, in: bytes, terms: terms, minimum: minimum, atMost: limit, scratch: &lent.memory.scratch,
      into: &decisions)
  }
}
