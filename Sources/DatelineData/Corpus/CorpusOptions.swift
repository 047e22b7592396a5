public import DatelineCore

/// How to read a corpus.
public struct CorpusOptions: Sendable {
  /// How bytes above ASCII are written.
  public enum Encoding: String, Sendable, CaseIterable {
    /// UTF-8; but in the formats `text`, `folder` and `reuters-sgml`, whose corpora mix encodings, a document that is
    /// not UTF-8 is read as Windows-1252.
    case auto
    /// UTF-8; other bytes are damage.
    case utf8 = "utf-8"
    /// Windows-1252, of which Latin-1 is a part.
    case latin1 = "latin-1"
  }

  /// The identifier of the format, or `auto`: by the name of the file and, where that says nothing, by its first bytes.
  public var format: String
  /// The identifier of the format of text that looks like nothing else.
  public var plainTextFormat: String
  /// How bytes above ASCII are written.
  public var encoding: Encoding
  /// Which fields to read, and what to do with damaged records.
  public var reader: ReaderOptions
  /// Readers of further formats, which ``format`` can name.
  public var extraReaders: [any CorpusReader]
  /// How many bytes are read at a time; a longer record is read as a whole all the same. It bounds the batches, and does
  /// not change the documents.
  public var pieceSize: Int
  /// The longest record that is read, in bytes.
  public var maximumRecordSize: Int

  /// Whether documents with one identifier are counted (``CorpusSummary/duplicateIdentifiers``). It takes up to about
  /// 200 MB; without it the memory does not grow with the corpus at all.
  public var comparesIdentifiers: Bool

  /// Whether the dateline that a body begins with (`CARACAS, Feb 21 -`) is left out: it gives away where a story is from.
  public var ignoresDateline: Bool

  /// The formats that are built in.
  public static let formats = ["jsonl", "csv", "tsv", "fasttext", "folder", "reuters-sgml", "text"]

  /// Options; the defaults find the format out and read text without labels.
  public init(
    format: String = "auto", plainTextFormat: String = "text", encoding: Encoding = .auto,
    reader: ReaderOptions = ReaderOptions(),
    extraReaders: [any CorpusReader] = [], pieceSize: Int = 1 << 18, maximumRecordSize: Int = 1 << 30,
    comparesIdentifiers: Bool = true, ignoresDateline: Bool = false
  ) {
    self.format = format
    self.plainTextFormat = plainTextFormat
    self.encoding = encoding
    self.reader = reader
    self.extraReaders = extraReaders
    self.pieceSize = pieceSize
    self.maximumRecordSize = maximumRecordSize
    self.comparesIdentifiers = comparesIdentifiers
    self.ignoresDateline = ignoresDateline
  }
}
