internal import DatelineCore

/// The readers that a corpus may need, by their identifiers.
struct FormatCatalogue: Sendable {
  private let readers: [any CorpusReader]

  /// The built-in readers and further ones.
  ///
  /// - Throws: ``DatelineError/Code/usage`` when two have one identifier.
  init(extra: [any CorpusReader]) throws(DatelineError) {
    readers =
      [JSONLinesReader(), DelimitedReader.csv, DelimitedReader.tsv, FastTextReader(), ReutersReader(), TextReader()]
      + extra
    var names = ["auto", "folder"]
    for reader in readers {
      guard !names.contains(reader.identifier) else {
        throw DatelineError(.usage, "two readers are called \"\(reader.identifier)\": give one of them another name")
      }
      names.append(reader.identifier)
    }
  }

  /// Whether there is a reader of a format.
  func knows(_ format: String) -> Bool { format == "folder" || readers.contains { $0.identifier == format } }

  /// Whether the reader of a format decodes bytes itself.
  func readsRawBytes(_ format: String) -> Bool {
    readers.first { $0.identifier == format }?.readsRawBytes ?? false
  }

  /// Refuses a name that no reader has.
  func check(_ format: String) throws(DatelineError) {
    guard format == "auto" || knows(format) else {
      let known = (["auto"] + CorpusOptions.formats + readers.dropFirst(6).map(\.identifier)).joined(separator: ", ")
      throw DatelineError(.usage, "no format is called \"\(format)\"; there are \(known)")
    }
  }

  /// The parser of a file.
  func parser(
    of file: CorpusFile, format: String, head: [UInt8], options: ReaderOptions
  ) throws(DatelineError) -> any RecordParser {
    if format == "folder" {
      try options.refuseSplit(format: "a folder per label", file: file.folder ?? file.file)
      try options.refuseFields(format: "a folder per label", file: file.folder ?? file.file)
      return WholeFileParser(label: options.labelField == nil ? nil : file.label, options: options)
    }
    guard let reader = readers.first(where: { $0.identifier == format }) else {
      throw DatelineError(
        .usage, "no reader for the format \"\(format)\" here: name another with --input-format",
        at: .init(file: file.file))
    }
    return try reader.open(file: file.file, head: head, options: options)
  }
}
