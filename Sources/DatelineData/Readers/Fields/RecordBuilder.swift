internal import DatelineCore

/// Turns the values of one record's fields into a document of a batch: the part that JSON Lines, CSV and TSV share.
///
/// The piece of the file is in the batch as it stands, so text that is written plainly is not copied once more.
struct RecordBuilder: Sendable {
  let plan: FieldPlan
  let options: ReaderOptions
  /// Whether a value may hold several labels with `;` or `|` between them, as tables write it.
  let splitsLabels: Bool

  /// Appends a document.
  ///
  /// - Parameters:
  ///   - values: One a field of the plan.
  ///   - bytes: The piece of the file that the values point into.
  ///   - start: Where the piece begins in the batch.
  ///   - chunk: The piece, for names.
  ///   - record: Line and file are set already.
  func append(
    _ values: [FieldValue], of bytes: Span<UInt8>, at start: Int, chunk: CorpusChunk, record: DocumentBatch.Record,
    to batch: inout DocumentBatch
  ) throws(RecordFault) {
    var record = record
    let title = plan.titles.first { !values[$0].isAbsent }
    let body = plan.bodies.first { !values[$0].isAbsent }
    if title == nil, body == nil { throw RecordFault.lacksText(plan.textNames) }
    for field in plan.texts where !values[field].isAbsent && !values[field].isString {
      let counts = plan.joinsBodies || field == title || field == body
      if counts { throw RecordFault("\(values[field].form.name) where text is expected", field: plan.name(field)) }
    }
    if let field = plan.weight { record.weight = try weight(values[field], of: bytes, field: plan.name(field)) }
    let labels = try labels(values, of: bytes, at: start, in: &batch)
    record.id = try identifier(values[plan.id], of: bytes, at: start, chunk: chunk, line: record.line, in: &batch)
    if let title { record.title = place(values[title], of: bytes, at: start, in: &batch) }
    if plan.joinsBodies {
      record.body = batch.appendText { text in
        var isFirst = true
        for field in plan.bodies where !values[field].isAbsent {
          if !isFirst { text.append(.newline) }
          isFirst = false
          values[field].write(bytes, into: &text)
        }
      }
    } else if let body {
      record.body = place(values[body], of: bytes, at: start, in: &batch)
    }
    if let field = plan.target, !values[field].isAbsent {
      guard values[field].isString else {
        throw RecordFault("\(values[field].form.name) where a name is expected", field: plan.name(field))
      }
      record.target = place(values[field], of: bytes, at: start, in: &batch)
    }
    // Dates and publishers are extras: a record in which they are nested objects is not damaged.
    if values[plan.date].isScalar { record.date = place(values[plan.date], of: bytes, at: start, in: &batch) }
    if let source = plan.sources.first(where: { values[$0].isScalar }) {
      record.source = place(values[source], of: bytes, at: start, in: &batch)
    }
    batch.append(record, labels: labels)
  }

  /// Where the text of a value lies in the batch: in the piece, or behind it where it is written with escapes.
  @inline(__always)
  private func place(
    _ value: FieldValue, of bytes: Span<UInt8>, at start: Int, in batch: inout DocumentBatch
  ) -> Range<Int> {
    if value.isEscaped { return batch.appendText { value.write(bytes, into: &$0) } }
    return start + value.range.lowerBound..<start + value.range.upperBound
  }

  /// The same without the white space around it.
  private func labelPlace(
    _ value: FieldValue, of bytes: Span<UInt8>, at start: Int, in batch: inout DocumentBatch
  ) -> Range<Int> {
    let range = place(value, of: bytes, at: start, in: &batch)
    return batch.bytes.span.trimming(range)
  }

  private func identifier(
    _ value: FieldValue, of bytes: Span<UInt8>, at start: Int, chunk: CorpusChunk, line: Int,
    in batch: inout DocumentBatch
  ) throws(RecordFault) -> Range<Int> {
    if value.isString && !value.range.isEmpty || value.form == .number {
      return place(value, of: bytes, at: start, in: &batch)
    }
    guard value.isAbsent || value.isString else {
      throw RecordFault("\(value.form.name) where a string or a number is expected", field: "id")
    }
    return batch.appendIdentifier(chunk, line: line)
  }

  private func weight(_ value: FieldValue, of bytes: Span<UInt8>, field: String) throws(RecordFault) -> Double {
    var text: [UInt8] = []
    if value.isString || value.form == .number { value.write(bytes, into: &text) }
    guard let weight = Double(String(decoding: text, as: UTF8.self)), weight.isFinite, weight >= 0 else {
      let found = text.isEmpty ? value.form.name : "\"\(String(decoding: text.prefix(100), as: UTF8.self))\""
      throw RecordFault("\(found) where a weight is expected: a finite number, 0 or more", field: field)
    }
    return weight
  }

  private func labels(
    _ values: [FieldValue], of bytes: Span<UInt8>, at start: Int, in batch: inout DocumentBatch
  ) throws(RecordFault) -> [Range<Int>]? {
    guard let field = plan.label else { return nil }
    let name = plan.name(field)
    let value = values[field]
    var labels: [Range<Int>] = []
    var saysNone = false
    switch value.form {
    case .absent, .null: break
    case .object: throw RecordFault("an object where a label is expected: a string or an array of strings", field: name)
    case .array:
      var elements = JSONScanner(position: value.range.lowerBound, end: value.range.upperBound)
      while let element = try elements.nextElement(bytes) {
        guard element.isScalar else {
          throw RecordFault("\(element.form.name) in an array of labels: expected strings", field: name)
        }
        let label = labelPlace(element, of: bytes, at: start, in: &batch)
        guard !label.isEmpty else { throw RecordFault("an empty label in an array of labels", field: name) }
        labels.append(label)
      }
      saysNone = labels.isEmpty
    default:
      let cell = labelPlace(value, of: bytes, at: start, in: &batch)
      if splitsLabels, options.allowsSeveralLabels {
        labels = batch.splitLabels(cell)
        saysNone = labels.isEmpty
      } else if !cell.isEmpty {
        labels = [cell]
      }
    }
    try LabelRules.check(count: labels.count, options: options, field: name)
    for label in labels { try LabelRules.check(batch.bytes.span.extracting(label), field: name) }
    if labels.isEmpty, !(saysNone && options.allowsSeveralLabels) {
      if options.requiresLabel { throw LabelRules.missing(value.isScalar ? "empty" : value.form.name, field: name) }
      return nil
    }
    return labels
  }
}
