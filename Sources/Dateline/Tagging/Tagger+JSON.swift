public import DatelineCore

extension Tagger {
  /// Tags the documents of a batch and appends one JSON object a line for each, as ``TaggedDocument/json`` is.
  public func writeJSON(of batch: DocumentBatch, into output: inout [UInt8]) {
    let facets = models.map { JSONValue.string($0.domain.facet.name).text }
    let bytes = batch.bytes.span
    forEachTagging(batch) { record, taggings in
      output += #"{"id":"#.utf8
      JSONValue.write(bytes.extracting(record.id), into: &output)
      output += #","source":"#.utf8
      if record.source.isEmpty {
        output += "null".utf8
      } else {
        JSONValue.write(bytes.extracting(record.source), into: &output)
      }
      output += #","tags":"#.utf8
      Tagger.writeMembers(facets, taggings, of: \.givenTags, into: &output) { $0.write(into: &$1) }
      output += #","withheld":"#.utf8
      Tagger.writeMembers(facets, taggings, of: \.withheld, into: &output) { JSONValue.write($0.utf8, into: &$1) }
      output += "}\n".utf8
    }
  }

  /// Appends an object with a member for each facet that has a value.
  private static func writeMembers<Value>(
    _ facets: [String], _ taggings: [Tagging], of value: (Tagging) -> Value?, into output: inout [UInt8],
    _ write: (Value, inout [UInt8]) -> Void
  ) {
    output.append(UInt8(ascii: "{"))
    var isFirst = true
    for (facet, tagging) in zip(facets, taggings) {
      guard let value = value(tagging) else { continue }
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      output += facet.utf8
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
      output += number == 0 ? #"{"label":"#.utf8 : #",{"label":"#.utf8
      JSONValue.write(tag.label.path.utf8, into: &output)
      output += #","probability":"#.utf8
      JSONValue.write(tag.roundedProbability, into: &output)
      output.append(UInt8(ascii: "}"))
    }
    output.append(UInt8(ascii: "]"))
  }
}
