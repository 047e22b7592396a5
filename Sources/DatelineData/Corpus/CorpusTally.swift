internal import DatelineCore

/// Adds results up, in the order of the corpus.
struct CorpusTally {
  private(set) var summary = CorpusSummary()
  private var counts: [Int] = []
  private var identifiers: Set<UInt64> = []
  private let maximumSkipped: Int

  init(maximumSkipped: Int, ignored: [String]) {
    self.maximumSkipped = maximumSkipped
    summary.ignored = ignored
  }

  /// Adds a result and returns what the caller made of it.
  ///
  /// - Throws: What ended the corpus, or that too many records are damaged.
  mutating func add<Value>(_ result: CorpusResult<Value>) throws(DatelineError) -> Value? {
    summary.bytes += result.bytes
    summary.skipped += result.skipped.count
    summary.firstErrors += result.skipped.prefix(CorpusSummary.keptErrors - summary.firstErrors.count)
    if summary.skipped > maximumSkipped, let first = summary.firstErrors.first {
      let records = "damaged record\(maximumSkipped == 1 ? "" : "s")"
      throw DatelineError(
        .invalidData,
        "more than \(maximumSkipped) \(records), all that may be skipped: is the format the right one? The first: \(first.message)",
        at: first.location)
    }
    if let failure = result.failure { throw failure }
    for (source, count) in result.documents {
      while counts.count <= source { counts.append(0) }
      counts[source] += count
      summary.documents += count
    }
    compare(result)
    return result.value
  }

  /// The summary, with the sources that the cutter opened.
  func finished(_ cutter: CorpusCutter) -> CorpusSummary {
    var summary = summary
    summary.sources = cutter.sources
    summary.empty = cutter.empty
    for (index, count) in counts.enumerated() { summary.sources[index].documents = count }
    return summary
  }

  private mutating func compare<Value>(_ result: CorpusResult<Value>) {
    for (index, identifier) in result.identifiers.enumerated() {
      let isNew =
        identifiers.count < CorpusSummary.comparedIdentifiers
        ? identifiers.insert(identifier).inserted : !identifiers.contains(identifier)
      if isNew { continue }
      summary.duplicateIdentifiers += 1
      if summary.firstDuplicate == nil { summary.firstDuplicate = result.identifier(index) }
    }
  }
}
