public import DatelineCore

extension Model {
  /// Tags one document. Whoever tags many, or asks for several facets, is faster with a ``Tagger`` and batches of them.
  public func tag(_ document: Document) -> Tagging {
    let lent = scratches.take(for: self)
    defer { scratches.give(lent) }
    return lent.memory.tag(document, with: self)
  }
}

extension DocumentScratch {
  fileprivate mutating func tag(_ document: Document, with model: Model) -> Tagging {
    batch.removeAll()
    batch.append(document)
    let (record, bytes) = (batch.records[0], batch.bytes)
    let finding = model.computeProbabilities(of: record, in: bytes.span, scratch: &scratch)
    decisions.removeAll()
    model.decide(finding, minimum: 0, atMost: nil, scratch: &scratch, into: &decisions)
    return model.tagging(decisions[0])
  }
}
