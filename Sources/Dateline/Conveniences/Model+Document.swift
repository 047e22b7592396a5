public import DatelineCore

extension Model {
  /// Tags one document. Whoever tags many, or asks for several facets, is faster with a ``Tagger`` and batches of them.
  public func tag(_ document: Document) -> Tagging {
    var batch = DocumentBatch()
    batch.append(document)
    var scratch = scratches.take(for: self)
    defer { scratches.give(scratch) }
    let bytes = batch.bytes.span
    let isKnown = computeProbabilities(
      title: bytes.extracting(batch.records[0].title), body: bytes.extracting(batch.records[0].body), scratch: &scratch)
    return tagging(isKnown: isKnown, minimum: 0, scratch: &scratch)
  }
}
