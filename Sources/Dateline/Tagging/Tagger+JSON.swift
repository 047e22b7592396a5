public import DatelineCore

extension Tagger {
  /// Tags the documents of a batch and appends one JSON object a line for each, as ``TaggedDocument/json`` is.
  public func writeJSON(of batch: DocumentBatch, into output: inout [UInt8]) {
    let facets = facetNames
    let bytes = batch.bytes.span
    forEachTagging(batch) { record, taggings in
      output.append(#"{"id":"#)
      JSONValue.write(bytes.extracting(record.id), into: &output)
      output.append(#","source":"#)
      if record.source.isEmpty {
        output.append("null")
      } else {
        JSONValue.write(bytes.extracting(record.source), into: &output)
      }
      output.append(UInt8(ascii: ","))
      Tagger.writeAnswers(facets, taggings, into: &output)
      output.append("}\n")
    }
  }

  /// Appends the records of a batch as they were read, with the members `tags` and `withheld` at the end of each, which
  /// are those of ``writeJSON(of:into:)``.
  ///
  /// - Parameters:
  ///   - batch: Documents of JSON Lines that keep their records (`ReaderOptions.keepsRecords`).
  ///   - output: Receives one line for each.
  public func writeMergedJSON(of batch: DocumentBatch, into output: inout [UInt8]) {
    let facets = facetNames
    forEachTagging(batch) { record, taggings in
      var raw = batch.bytes[record.raw]
      while let last = raw.last, last != UInt8(ascii: "}") { raw.removeLast() }
      raw = raw.dropLast()
      output += raw
      // An object without members gets no comma.
      if raw.contains(UInt8(ascii: ":")) { output.append(UInt8(ascii: ",")) }
      Tagger.writeAnswers(facets, taggings, into: &output)
      output.append("}\n")
    }
  }

  /// The names of the facets as JSON.
  private var facetNames: [[UInt8]] { models.map { Array(JSONValue.string($0.domain.facet.name).text.utf8) } }

  private static func writeAnswers(_ facets: [[UInt8]], _ taggings: [Tagging], into output: inout [UInt8]) {
    output.append(#""tags":"#)
    writeMembers(facets, taggings, of: \.givenTags, into: &output) { $0.write(into: &$1) }
    output.append(#","withheld":"#)
    writeMembers(facets, taggings, of: \.withheld, into: &output) { JSONValue.write($0.utf8, into: &$1) }
  }

  /// Appends an object with a member for each facet that has a value.
  private static func writeMembers<Value>(
    _ facets: [[UInt8]], _ taggings: [Tagging], of value: (Tagging) -> Value?, into output: inout [UInt8],
    _ write: (Value, inout [UInt8]) -> Void
  ) {
    output.append(UInt8(ascii: "{"))
    var isFirst = true
    for (facet, tagging) in zip(facets, taggings) {
      guard let value = value(tagging) else { continue }
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      output += facet
      output.append(UInt8(ascii: ":"))
      write(value, &output)
    }
    output.append(UInt8(ascii: "}"))
  }
}

extension Tagging {
  /// The tags, unless they are withheld.
  fileprivate var givenTags: [Tag]? { withheld == nil ? tags : nil }
}

extension [Tag] {
  fileprivate func write(into output: inout [UInt8]) {
    output.append(UInt8(ascii: "["))
    for (number, tag) in enumerated() {
      output.append(number == 0 ? #"{"label":"# : #",{"label":"#)
      JSONValue.write(tag.label.path.utf8, into: &output)
      output.append(#","probability":"#)
      JSONValue.write(roundedToMillionths: tag.probability, into: &output)
      if let code = tag.code {
        output.append(#","code":"#)
        JSONValue.write(code.utf8, into: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
    output.append(UInt8(ascii: "]"))
  }
}

extension [UInt8] {
  /// Appends text that stands in the program, without making a string of it.
  fileprivate mutating func append(_ text: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
