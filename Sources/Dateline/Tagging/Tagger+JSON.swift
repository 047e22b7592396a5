public import DatelineCore

extension Tagger {
  /// Tags the documents of a batch and appends one JSON object a line for each, as ``TaggedDocument/json`` is.
  public func writeJSON(of batch: DocumentBatch, into output: inout [UInt8]) {
    let facets = models.map { Array(JSONValue.string($0.domain.facet.name).text.utf8) }
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
      output.append(#","tags":"#)
      Tagger.writeMembers(facets, taggings, of: \.givenTags, into: &output) { $0.write(into: &$1) }
      output.append(#","withheld":"#)
      Tagger.writeMembers(facets, taggings, of: \.withheld, into: &output) { JSONValue.write($0.utf8, into: &$1) }
      output.append("}\n")
    }
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
