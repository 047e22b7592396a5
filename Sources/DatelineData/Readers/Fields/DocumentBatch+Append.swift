internal import DatelineCore

extension DocumentBatch {
  /// Writes the identifier of a record that has none: the file's name, and the line where the format has lines.
  mutating func appendIdentifier(_ chunk: CorpusChunk, line: Int?) -> Range<Int> {
    appendText { text in
      text.append(contentsOf: chunk.name.utf8)
      if let line {
        text.append(UInt8(ascii: ":"))
        text.append(contentsOf: String(line).utf8)
      }
    }
  }

  /// Writes a label, and returns where it lies without the white space around it.
  mutating func appendLabel(_ write: (inout [UInt8]) -> Void) -> Range<Int> {
    let range = appendText(write)
    return bytes.span.trimming(range)
  }

  /// The labels of a cell that has `;` or `|` between them. Empty parts, as behind a last separator, are no labels.
  func splitLabels(_ cell: Range<Int>) -> [Range<Int>] {
    var labels: [Range<Int>] = []
    var start = cell.lowerBound
    for place in cell.lowerBound...cell.upperBound {
      let ends = place == cell.upperBound || bytes[place] == UInt8(ascii: ";") || bytes[place] == UInt8(ascii: "|")
      guard ends else { continue }
      let label = bytes.span.trimming(start..<place)
      if !label.isEmpty { labels.append(label) }
      start = place + 1
    }
    return labels
  }
}
