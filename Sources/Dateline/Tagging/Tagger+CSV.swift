public import DatelineCore

extension Tagger {
  /// The names of the columns that answers take in a table: of each facet the labels, their probabilities, and the reason
  /// where there are none.
  public var csvColumns: [String] {
    models.map(\.domain.facet.name).flatMap { [$0, $0 + "_probability", $0 + "_withheld"] }
  }

  /// Tags the documents of a batch and appends one row of CSV (RFC 4180) for each.
  ///
  /// - Parameters:
  ///   - batch: The documents.
  ///   - merges: Whether rows begin with the record that the document was read from
  ///     (`ReaderOptions.keepsRecords`), instead of its identifier, source and title.
  ///   - output: Receives the rows. Several labels of a facet have `;` between them, and so have their probabilities.
  public func writeCSV(of batch: DocumentBatch, merges: Bool, into output: inout [UInt8]) {
    let bytes = batch.bytes.span
    forEachTagging(batch) { record, taggings in
      if merges {
        output += batch.bytes[record.raw]
      } else {
        for (number, range) in [record.id, record.source, record.title].enumerated() {
          if number > 0 { output.append(UInt8(ascii: ",")) }
          Tagger.writeCell(bytes.extracting(range), into: &output)
        }
      }
      for tagging in taggings {
        let tags = tagging.withheld == nil ? tagging.tags : []
        let cells = [
          tags.map(\.label.path).joined(separator: ";"),
          tags.map { JSONValue.number($0.roundedProbability).text }.joined(separator: ";"), tagging.withheld ?? "",
        ]
        for cell in cells {
          output.append(UInt8(ascii: ","))
          Tagger.writeCell(Array(cell.utf8).span, into: &output)
        }
      }
      output.append(UInt8(ascii: "\n"))
    }
  }

  /// Appends a cell, in quotation marks where it needs them.
  private static func writeCell(_ text: Span<UInt8>, into output: inout [UInt8]) {
    let quote = UInt8(ascii: "\"")
    var needsQuotes = false
    for place in text.indices {
      switch text[place] {
      case quote, UInt8(ascii: ","), UInt8(ascii: "\n"), UInt8(ascii: "\r"): needsQuotes = true
      default: break
      }
    }
    if needsQuotes { output.append(quote) }
    for place in text.indices {
      if text[place] == quote { output.append(quote) }
      output.append(text[place])
    }
    if needsQuotes { output.append(quote) }
  }
}
