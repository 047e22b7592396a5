internal import DatelineCore

/// Cuts one file into pieces that end where records end.
struct FileCutter {
  /// How much of a file readers see before they begin.
  static let headSize = 65536

  /// The identifier of the format; empty for an empty file.
  let format: String
  private let input: InputStream
  private let file: CorpusFile
  private let parser: (any RecordParser)?
  /// Whether the parser decodes bytes itself.
  private let isRaw: Bool
  private let options: CorpusOptions
  /// What has been read and not been given away: the beginning of the next record.
  private var rest: ArraySlice<UInt8> = []
  private var line = 1
  private var isFirst = true
  private var isAtEnd = false
  /// How many bytes to read next; no more than there are in a small file.
  private var pieceSize: Int

  /// Opens a file and finds its format out.
  init(_ file: CorpusFile, catalogue: FormatCatalogue, options: CorpusOptions) throws(DatelineError) {
    self.file = file
    self.options = options
    input = try InputStream(file: file.file, path: file.path)
    var head = try input.peek(Self.headSize)
    pieceSize = max(1, head.count < Self.headSize ? min(options.pieceSize, head.count + 1) : options.pieceSize)
    if head.isEmpty {
      format = ""
      parser = nil
      isRaw = false
      isAtEnd = true
      return
    }
    let found = file.format ?? FormatDetection.format(ofName: file.name) ?? FormatDetection.format(ofHead: head)
    // Who asks for plain text by its name gets that, and so does who has no reader of pages.
    let isPlain = options.format == "auto" && (found == "text" || !catalogue.knows(found))
    format = isPlain ? options.plainTextFormat : found
    isRaw = catalogue.readsRawBytes(format)
    if !isRaw { try input.refuseUTF16() }
    if options.encoding == .latin1, !isRaw { head = Windows1252.decode(head.span, 0..<head.count) }
    parser = try catalogue.parser(of: file, format: format, head: head, options: options.reader)
  }

  /// Whether the file holds no bytes at all.
  var isEmpty: Bool { parser == nil }

  /// The next piece; `nil` at the end of the file.
  ///
  /// Memory: the piece. A record that is longer than a piece is read by doubling, so each byte is copied a few times at
  /// most.
  ///
  /// - Throws: ``DatelineError`` when reading fails or a record is longer than the limit.
  mutating func next(source: Int) throws(DatelineError) -> CorpusPiece? {
    guard let parser, !isAtEnd else { return nil }
    var wanted = max(pieceSize, rest.count)
    while true {
      var bytes = try input.read(upTo: wanted, behind: rest)
      isAtEnd = bytes.count < wanted
      if bytes.isEmpty { return nil }
      let end = min(bytes.count, max(0, parser.endOfLastRecord(in: bytes, atEnd: isAtEnd)))
      if end > 0 { return piece(&bytes, end: end, parser: parser, source: source) }
      guard !isAtEnd else {
        throw DatelineError(
          .internal, "the reader \"\(format)\" left \(bytes.count) bytes at the end of the file",
          at: .init(file: file.file, line: line))
      }
      guard bytes.count < options.maximumRecordSize else {
        throw DatelineError(
          .invalidData,
          "a record of over \(options.maximumRecordSize) bytes, as \(format): is this the right format, or is a quotation mark never closed?",
          at: .init(file: file.file, line: line))
      }
      rest = bytes[...]
      wanted = min(max(wanted, bytes.count) * 2, max(options.maximumRecordSize, bytes.count + 1))
    }
  }

  private mutating func piece(
    _ bytes: inout [UInt8], end: Int, parser: any RecordParser, source: Int
  ) -> CorpusPiece {
    // The few bytes of the next record are copied, so that the piece need not be.
    rest = Array(bytes[end...])[...]
    bytes.removeLast(bytes.count - end)
    let chunk = CorpusChunk(
      file: file.file, name: file.name, firstLine: line, bytes: bytes,
      isFirst: isFirst)
    line += chunk.bytes.span.newlines(in: 0..<end)
    isFirst = false
    // At its end a file has given everything: endOfLastRecord took all bytes, or the next call takes them.
    if isAtEnd, !rest.isEmpty { isAtEnd = false }
    let fallsBack = ["text", "folder", "reuters-sgml"].contains(format)
    let encoding = options.encoding == .auto && !fallsBack ? .utf8 : options.encoding
    return CorpusPiece(chunk: chunk, parser: parser, isRaw: isRaw, encoding: encoding, source: source)
  }
}
