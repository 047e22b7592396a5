/// Finds a format out: by the name of a file and, where that says nothing, by its first bytes.
enum FormatDetection {
  /// The format that a name stands for; a further `.gz` does not count. `nil` where the name leaves it open, as `.txt`
  /// does.
  static func format(ofName name: String) -> String? {
    var name = name.lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    let endings = [
      (".jsonl", "jsonl"), (".ndjson", "jsonl"), (".json", "jsonl"), (".csv", "csv"), (".tsv", "tsv"),
      (".sgm", "reuters-sgml"), (".sgml", "reuters-sgml"), (".html", "html"), (".htm", "html"), (".xhtml", "html"),
    ]
    return endings.first { name.hasSuffix($0.0) }?.1
  }

  /// The format that the first bytes of a file look like; plain text if nothing else.
  static func format(ofHead head: [UInt8]) -> String {
    let bytes = head.span
    let start = bytes.skippingWhitespace(in: bytes.indices)
    func begins(_ text: String) -> Bool {
      let end = start + text.utf8.count
      return end <= bytes.count && zip(start..<end, text.utf8).allSatisfy { head[$0].asciiLowercased == $1 }
    }
    guard start < bytes.count else { return "text" }
    if begins("<!doctype lewis") || begins("<reuters") { return "reuters-sgml" }
    if begins("__label__") { return "fasttext" }
    if ["<!doctype html", "<html", "<head", "<body"].contains(where: begins) { return "html" }
    // An array of objects also goes to the reader of JSON Lines, which says what to do about it.
    let opening = head[start]
    guard opening == UInt8(ascii: "{") || opening == UInt8(ascii: "[") else { return "text" }
    let next = bytes.skippingWhitespace(in: start + 1..<bytes.count)
    guard next < bytes.count else { return "text" }
    let expected: [UInt8] = opening == UInt8(ascii: "{") ? [.quote, UInt8(ascii: "}")] : [UInt8(ascii: "{")]
    return expected.contains(head[next]) ? "jsonl" : "text"
  }
}
