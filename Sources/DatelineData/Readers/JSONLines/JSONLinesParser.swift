internal import DatelineCore

/// Parses the lines of one JSON Lines file.
struct JSONLinesParser: RecordParser {
  private let builder: RecordBuilder
  private let names: FieldNames

  init(_ builder: RecordBuilder) {
    self.builder = builder
    names = FieldNames(builder.plan.names)
  }

  func endOfLastRecord(in bytes: [UInt8], atEnd: Bool) -> Int { Lines.endOfLast(in: bytes, atEnd: atEnd) }

  func parse(_ chunk: CorpusChunk, into batch: inout DocumentBatch) throws(DatelineError) {
    let file = batch.add(file: chunk.file)
    let absent = [FieldValue](repeating: .absent, count: builder.plan.names.count)
    var values = absent
    var layout = MemberLayout()
    var lines = Lines(firstLine: chunk.firstLine)
    let bytes = chunk.bytes.span
    let start = batch.append(piece: chunk.bytes)
    while let line = lines.next(bytes) {
      for field in values.indices { values[field] = .absent }
      do throws(RecordFault) {
        guard try scan(bytes, line, &layout, &values) else { continue }
        var record = DocumentBatch.Record(line: lines.number, file: file)
        if builder.options.keepsRecords {
          record.raw = start + line.lowerBound..<start + line.upperBound
          record.rawFormat = .json
        }
        try builder.append(values, of: bytes, at: start, chunk: chunk, record: record, to: &batch)
      } catch {
        let fault = error.lacksText ? explained(error, bytes, line) : error
        try batch.reject(fault.error(file: chunk.file, line: lines.number), builder.options)
      }
    }
  }

  /// Finds the values of one line; `false` when it is blank.
  private func scan(
    _ bytes: Span<UInt8>, _ line: Range<Int>, _ layout: inout MemberLayout, _ values: inout [FieldValue]
  ) throws(RecordFault) -> Bool {
    var scanner = JSONScanner(position: line.lowerBound, end: line.upperBound)
    scanner.skipWhitespace(bytes)
    if scanner.position == line.upperBound { return false }
    guard scanner.take(UInt8(ascii: "{"), bytes) else { throw RecordFault("expected \"{\" at the start of the line") }
    scanner.skipWhitespace(bytes)
    if !scanner.take(UInt8(ascii: "}"), bytes) {
      var member = 0
      repeat {
        let field: Int
        if let expected = layout.take(member, &scanner, bytes) {
          field = expected
        } else {
          let start = scanner.position
          let name = try scanner.memberName(bytes)
          field = self.field(named: name, bytes) ?? -1
          layout.learn(member, bytes.extracting(start..<scanner.position), field: field)
        }
        let value = try scanner.value(bytes, depth: 1)
        if field >= 0, values[field].form == .absent { values[field] = value }
        member += 1
        scanner.skipWhitespace(bytes)
      } while scanner.take(UInt8(ascii: ","), bytes)
      guard scanner.take(UInt8(ascii: "}"), bytes) else {
        throw RecordFault(
          scanner.position == line.upperBound
            ? "the object does not end on its line: JSON Lines has one object a line" : "expected \",\" or \"}\"")
      }
    }
    scanner.skipWhitespace(bytes)
    guard scanner.position == line.upperBound else { throw RecordFault("more text behind the object") }
    return true
  }

  /// Which field of the plan a name is.
  @inline(__always)
  private func field(named name: FieldValue, _ bytes: Span<UInt8>) -> Int? {
    if name.form == .jsonEscaped {
      var text: [UInt8] = []
      name.write(bytes, into: &text)
      return builder.plan.names.firstIndex(of: text)
    }
    return names.field(named: name.range, of: bytes)
  }

  /// A fault of the whole record, with the names of the fields that it does have.
  private func explained(_ fault: RecordFault, _ bytes: Span<UInt8>, _ line: Range<Int>) -> RecordFault {
    var scanner = JSONScanner(position: line.lowerBound, end: line.upperBound)
    scanner.skipWhitespace(bytes)
    guard scanner.take(UInt8(ascii: "{"), bytes) else { return fault }
    var names: [String] = []
    while names.count < 20, let name = try? scanner.memberName(bytes), (try? scanner.value(bytes, depth: 1)) != nil {
      var text: [UInt8] = []
      name.write(bytes, into: &text)
      names.append("\"\(String(decoding: text.prefix(100), as: UTF8.self))\"")
      scanner.skipWhitespace(bytes)
      guard scanner.take(UInt8(ascii: ","), bytes) else { break }
    }
    let found = names.isEmpty ? "it is empty" : "it has \(names.joined(separator: ", "))"
    return RecordFault("\(fault.message); \(found): name the right ones with --text-fields")
  }
}
