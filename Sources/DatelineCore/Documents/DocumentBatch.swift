/// Documents read together: all their text in one buffer, and for each document where its parts lie.
///
/// This is how documents travel from a reader to a vectorizer: one allocation a batch instead of several a document.
public struct DocumentBatch: Sendable {
  /// How a record that a document was read from is written.
  public enum RawFormat: Sendable {
    /// It is not kept, or the format has no records.
    case none
    /// A JSON object.
    case json
    /// A row with commas.
    case csv
    /// A row with tabs.
    case tsv
  }

  /// Where one document's parts lie in ``DocumentBatch/bytes``.
  public struct Record: Sendable {
    /// The identifier.
    public var id: Range<Int>
    /// The headline; empty when there is none.
    public var title: Range<Int>
    /// The text.
    public var body: Range<Int>
    /// The date; empty when there is none.
    public var date: Range<Int>
    /// The publisher; empty when there is none.
    public var source: Range<Int>
    /// Whom or what the tone is asked for; empty for the text as a whole.
    public var target: Range<Int>
    /// Which of ``DocumentBatch/labels`` are this document's; `nil` when the record does not say.
    public var labels: Range<Int>?
    /// The line on which the record begins, counted from 1; 0 where the format has no lines.
    public var line: Int
    /// The file: an index into ``DocumentBatch/files``.
    public var file: Int
    /// The record that the document was read from, as it stands; empty unless it was asked for
    /// (``ReaderOptions/keepsRecords``).
    public var raw = 0..<0
    /// The format of ``raw``.
    public var rawFormat = RawFormat.none
    /// How much the document counts in training; 1 unless the data says otherwise.
    public var weight: Double

    /// A record without any text.
    public init(line: Int = 0, file: Int = 0) {
      id = 0..<0
      title = 0..<0
      body = 0..<0
      date = 0..<0
      source = 0..<0
      target = 0..<0
      labels = nil
      self.line = line
      self.file = file
      weight = 1
    }
  }

  /// What holds the text of all documents: UTF-8 where a record says that there is any. Between the texts there can be
  /// whatever stands in the files, so nobody goes through these bytes without a record.
  public private(set) var bytes: [UInt8]
  /// The documents, in the order of the corpus.
  public private(set) var records: [Record]
  /// The labels of all documents, as ranges of ``bytes``.
  public private(set) var labels: [Range<Int>]
  /// The files that the records name.
  public private(set) var files: [String]
  /// The rows with the names of the columns, as they stand, of the tables that begin in this batch, where records are
  /// kept.
  public var headers: [[UInt8]] = []
  /// Records that were left out, because they are damaged and the caller asked to skip such records.
  public var skipped: [DatelineError]
  /// Whether ``bytes`` are a piece that somebody else has, too, so that to append to them copies it.
  private var sharesPiece = false

  /// An empty batch.
  ///
  /// - Parameter capacity: How many bytes of text to make room for.
  public init(capacity: Int = 0) {
    bytes = []
    bytes.reserveCapacity(capacity)
    records = []
    labels = []
    files = []
    skipped = []
  }

  /// Removes all documents and keeps the memory. O(documents).
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    files.removeAll(keepingCapacity: true)
    headers.removeAll(keepingCapacity: true)
    skipped.removeAll(keepingCapacity: true)
    sharesPiece = false
  }

  /// The bytes of a record with a short text in it: the room for as many records as there can be is taken at once.
  private static let shortRecord = 256

  /// The number of documents.
  public var count: Int { records.count }

  /// Adds a file that records can name and returns its index.
  public mutating func add(file: String) -> Int {
    if files.last == file { return files.count - 1 }
    files.append(file)
    return files.count - 1
  }

  /// Copies text into the batch and returns where it lies.
  public mutating func append(_ text: some Collection<UInt8>) -> Range<Int> {
    // Most documents have some parts only.
    if text.isEmpty { return bytes.count..<bytes.count }
    return appendText { $0.append(contentsOf: text) }
  }

  /// Puts a piece of a file into the batch as it stands, and returns where it begins. The first piece is not copied as long
  /// as nothing follows it.
  public mutating func append(piece: [UInt8]) -> Int {
    records.reserveCapacity(records.count + piece.count / DocumentBatch.shortRecord)
    if bytes.isEmpty {
      bytes = piece
      sharesPiece = true
      return 0
    }
    makeRoom()
    bytes += piece
    return bytes.count - piece.count
  }

  /// Lets a writer append to the text and returns what it added.
  public mutating func appendText(_ write: (inout [UInt8]) -> Void) -> Range<Int> {
    makeRoom()
    let start = bytes.count
    write(&bytes)
    return start..<bytes.count
  }

  /// Copies a piece that is shared to where text has room behind it, so that it is copied once.
  private mutating func makeRoom() {
    guard sharesPiece else { return }
    sharesPiece = false
    bytes.reserveCapacity(bytes.count + bytes.count / 4)
  }

  /// Adds a document whose text is already in the batch.
  ///
  /// - Parameters:
  ///   - record: Where its parts lie. `labels` is set from the parameter of that name.
  ///   - labels: Its labels; `nil` when the record does not say.
  public mutating func append(_ record: Record, labels documentLabels: [Range<Int>]?) {
    var record = record
    if let documentLabels {
      let start = labels.count
      labels += documentLabels
      record.labels = start..<labels.count
    }
    records.append(record)
  }

  /// Adds a document of strings.
  public mutating func append(_ document: Document, labels documentLabels: [String]? = nil, weight: Double = 1) {
    var record = Record()
    record.id = append(document.id.utf8)
    record.title = append(document.title.utf8)
    record.body = append(document.body.utf8)
    record.date = append((document.date ?? "").utf8)
    record.source = append((document.source ?? "").utf8)
    record.target = append((document.target ?? "").utf8)
    record.weight = weight
    let ranges = documentLabels.map { $0.map { append($0.utf8) } }
    append(record, labels: ranges)
  }

  /// Moves the beginning of each body.
  ///
  /// - Parameter start: How many bytes of a body are left out of it.
  mutating func mapBodies(_ start: (Span<UInt8>) -> Int) {
    for number in records.indices {
      let body = records[number].body
      records[number].body = body.lowerBound + start(bytes.span.extracting(body))..<body.upperBound
    }
  }

  /// The documents with the tone asked for towards one person or thing; as they are without one.
  public func aimed(at target: String?) -> DocumentBatch {
    guard let target else { return self }
    var batch = self
    let range = batch.append(target.utf8)
    for place in batch.records.indices { batch.records[place].target = range }
    return batch
  }

  /// The text of a range, as a string.
  public func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The labels of a document; `nil` when its record does not say.
  public func labels(of record: Record) -> [String]? { record.labels.map { labels[$0].map(text) } }

  /// Where a document stands.
  public func location(of record: Record, field: String? = nil) -> DatelineError.Location {
    DatelineError.Location(
      file: files.indices.contains(record.file) ? files[record.file] : "", line: record.line > 0 ? record.line : nil,
      field: field)
  }

  /// A document as a value of strings.
  public func document(at index: Int) -> Document {
    let record = records[index]
    return Document(
      id: text(record.id), title: text(record.title), body: text(record.body),
      date: record.date.isEmpty ? nil : text(record.date), source: record.source.isEmpty ? nil : text(record.source),
      target: record.target.isEmpty ? nil : text(record.target))
  }
}
