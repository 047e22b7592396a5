import DatelineCore
import DatelineSentiment

extension DocumentBatch {
  /// The documents as training reads them: each a single passage, in whose title stands what its text says around the
  /// mentions of its target.
  ///
  /// A document is not cut here, as it has one label: of a model that reads sentences the documents are sentences.
  func asPassages(unit: Unit) -> DocumentBatch {
    if unit == .document { return self }
    var batch = DocumentBatch(capacity: bytes.count)
    let bytes = bytes.span
    var text = PassageText()
    for record in records {
      var copy = Record(line: record.line, file: record.file)
      copy.weight = record.weight
      let (title, body) = (bytes.extracting(record.title), bytes.extracting(record.body))
      let target = record.target.isEmpty ? nil : Target(name: bytes.extracting(record.target))
      text.cut(title: title, body: body, target: target, isWhole: true)
      copy.title = batch.append(text.windows)
      copy.body = batch.append(text.text)
      batch.append(copy, labels: nil)
    }
    return batch
  }
}
