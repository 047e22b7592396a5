public import DatelineCore

extension Model {
  /// Tags one document. Whoever tags many, or asks for several facets, is faster with a ``Tagger`` and batches of them.
  public func tag(_ document: Document) -> Tagging {
    var batch = DocumentBatch()
    batch.append(document)
    var scratch = scratches.take(for: self)
    defer { scratches.give(scratch) }
    let finding = computeProbabilities(of: batch.records[0], in: batch.bytes.span, scratch: &scratch)
    return tagging(decision(finding, scratch: &scratch))
  }
}
