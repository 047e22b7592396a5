public import DatelineCore

extension Tagger {
  /// Tags the documents of a batch and appends one JSON object a line for each, as ``TaggedDocument/json`` is.
  public func writeJSON(of batch: DocumentBatch, into output: inout [UInt8]) {
    var texts = models.map { AnswerText($0) }
    let bytes = batch.bytes.span
    forEachDecision(batch) { record, place, decisions in
      let names = Line.jsonStringRoom(record.id.count) + Line.jsonStringRoom(record.source.count)
      output.append(addingCapacity: 64 + names + prepare(&texts, decisions, place)) { line in
        line.append(text: #"{"id":"#)
        line.append(jsonString: bytes.extracting(record.id))
        line.append(text: #","source":"#)
        if record.source.isEmpty {
          line.append(text: "null")
        } else {
          line.append(jsonString: bytes.extracting(record.source))
        }
        line.append(text: ",")
        writeAnswers(texts.span, decisions, place, into: &line)
        line.append(text: "}\n")
      }
    }
  }

  /// Appends the records of a batch as they were read, with the members `tags` and `withheld` at the end of each, which
  /// are those of ``writeJSON(of:into:)``.
  ///
  /// - Parameters:
  ///   - batch: Documents of JSON Lines that keep their records (`ReaderOptions.keepsRecords`).
  ///   - output: Receives one line for each.
  public func writeMergedJSON(of batch: DocumentBatch, into output: inout [UInt8]) {
    var texts = models.map { AnswerText($0) }
    forEachDecision(batch) { record, place, decisions in
      var raw = batch.bytes[record.raw]
      while let last = raw.last, last != UInt8(ascii: "}") { raw.removeLast() }
      raw = raw.dropLast()
      output += raw
      output.append(addingCapacity: 64 + prepare(&texts, decisions, place)) { line in
        // An object without members gets no comma.
        if raw.contains(UInt8(ascii: ":")) { line.append(text: ",") }
        writeAnswers(texts.span, decisions, place, into: &line)
        line.append(text: "}\n")
      }
    }
  }

  /// Puts the reasons for the answers on a document into words, and returns the most bytes that
  /// ``writeAnswers(_:_:_:into:)`` appends.
  private func prepare(_ texts: inout [AnswerText], _ decisions: Span<Decisions>, _ place: Int) -> Int {
    var room = 64
    for number in texts.indices {
      room += 16 + texts[number].facet.count
      texts[number].reason = nil
      if let reason = decisions[number].reason(for: place) {
        // The model is not copied for it.
        let text = models[number].text(reason)
        texts[number].reason = text
        room += Line.jsonStringRoom(text.utf8.count)
      }
      for choice in decisions[number].range(of: place) {
        let node = decisions[number].choice(at: choice).node
        if !texts[number].has(node) { texts[number].make(node, models[number]) }
        room += texts[number].room(node)
      }
    }
    return room
  }

  private func writeAnswers(
    _ texts: Span<AnswerText>, _ decisions: Span<Decisions>, _ place: Int, into line: inout Line
  ) {
    line.append(text: #""tags":{"#)
    var isFirst = true
    for number in texts.indices {
      if texts[number].reason != nil { continue }
      texts[number].begin(&isFirst, &line)
      line.append(text: "[")
      let choices = decisions[number].range(of: place)
      for choice in choices {
        if choice > choices.lowerBound { line.append(text: ",") }
        texts[number].write(decisions[number].choice(at: choice), into: &line)
      }
      line.append(text: "]")
    }
    line.append(text: #"},"withheld":{"#)
    isFirst = true
    for number in texts.indices {
      guard let reason = texts[number].reason else { continue }
      texts[number].begin(&isFirst, &line)
      line.append(jsonString: reason.utf8)
    }
    line.append(text: "}")
  }
}

/// What the answers of a model are made of.
private struct AnswerText {
  /// The facet's name as JSON, with a colon.
  let facet: [UInt8]
  /// Why a document gets no label; `nil` when it gets some.
  var reason: String?
  /// By node: a label's JSON before its probability, and behind it. Empty until it is made: a batch may be one document,
  /// and a model have thousands of labels.
  private var beginnings: [[UInt8]]
  private var ends: [[UInt8]]

  init(_ model: Model) {
    facet = Array("\(JSONValue.string(model.domain.facet.name).text):".utf8)
    beginnings = Array(repeating: [], count: model.tree.nodes.count)
    ends = beginnings
  }

  /// Whether the JSON of a label has been made.
  func has(_ node: Int) -> Bool { !beginnings[node].isEmpty }

  /// Makes the JSON of a label.
  mutating func make(_ node: Int, _ model: Model) {
    let code = model.code(node).map { #","code":\#(JSONValue.string($0).text)"# }
    beginnings[node] = Array(#"{"label":\#(JSONValue.string(model.tree.nodes[node].path).text),"probability":"#.utf8)
    ends[node] = Array("\(code ?? "")}".utf8)
  }

  /// The most bytes that a label takes.
  func room(_ node: Int) -> Int { 16 + beginnings[node].count + ends[node].count + Line.jsonNumberRoom }

  /// Begins the member of the facet.
  func begin(_ isFirst: inout Bool, _ line: inout Line) {
    if !isFirst { line.append(text: ",") }
    isFirst = false
    facet.withUnsafeBufferPointer { line.append(bytes: $0) }
  }

  /// Appends a label.
  func write(_ choice: Decisions.Choice, into line: inout Line) {
    beginnings[choice.node].withUnsafeBufferPointer { line.append(bytes: $0) }
    line.append(roundedToMillionths: choice.probability)
    ends[choice.node].withUnsafeBufferPointer { line.append(bytes: $0) }
  }
}

private typealias Line = OutputSpan<UInt8>
