/// Reads documents of one format.
///
/// A reader only cuts and parses bytes. Opening files, decompression, byte order marks, encodings and the choice of
/// the format belong to whoever drives it, so a format of one's own is two small types.
public protocol CorpusReader: Sendable {
  /// The name on the command line, such as `jsonl`.
  var identifier: String { get }
  /// Whether its parsers decode bytes themselves: then they get them as they are, in any encoding and with NULs. `false`
  /// by default.
  var readsRawBytes: Bool { get }
  /// Begins a file.
  ///
  /// - Parameters:
  ///   - file: The file, as the caller named it.
  ///   - head: The first bytes of the file, UTF-8: all of it, or at least 64 KiB.
  ///   - options: Which fields to read.
  /// - Throws: ``DatelineError/Code/invalidData`` when the head breaks the format, such as a header without the
  ///   label's column.
  func open(file: String, head: [UInt8], options: ReaderOptions) throws(DatelineError) -> any RecordParser
}

/// Cuts one file into records and parses them. Cutting is sequential and cheap, parsing happens on many threads.
public protocol RecordParser: Sendable {
  /// Where the last whole record of `bytes` ends, counted from its start; 0 when there is no whole record.
  ///
  /// The answer depends on the bytes alone, and more bytes never give a smaller one, so that documents do not depend
  /// on how large the pieces are.
  ///
  /// - Parameters:
  ///   - bytes: Bytes that begin where a record begins. ASCII is ASCII; what is above may still be in another encoding
  ///     than UTF-8, or damaged.
  ///   - atEnd: Whether the file ends with these bytes.
  func endOfLastRecord(in bytes: [UInt8], atEnd: Bool) -> Int
  /// Appends the documents of a piece.
  ///
  /// A damaged record throws, or is added to `batch.skipped` where the options say so.
  func parse(_ chunk: CorpusChunk, into batch: inout DocumentBatch) throws(DatelineError)
}

extension CorpusReader {
  /// `false`
  public var readsRawBytes: Bool { false }
}

/// A piece of a file that holds whole records.
public struct CorpusChunk: Sendable {
  /// The file, as the caller named it.
  public var file: String
  /// The name of the file that does not depend on where the corpus lies: the file's own name, or its path below the
  /// folder that the caller named. Documents without an identifier are called by it.
  public var name: String
  /// The line on which the piece begins, counted from 1.
  public var firstLine: Int
  /// The bytes of the piece, UTF-8.
  public var bytes: [UInt8]
  /// Whether the file begins with this piece.
  public var isFirst: Bool

  /// A piece of a file. The name is the last part of the file's path unless another is given.
  public init(file: String, name: String? = nil, firstLine: Int, bytes: [UInt8], isFirst: Bool) {
    self.file = file
    self.name = name ?? file.split(separator: "/").last.map(String.init) ?? file
    self.firstLine = firstLine
    self.bytes = bytes
    self.isFirst = isFirst
  }
}

/// Which fields to read from a record, and what to do with damaged ones.
public struct ReaderOptions: Sendable, Equatable {
  /// What to do with a damaged record.
  public enum ErrorPolicy: Sendable, Equatable {
    /// Throw at the first one.
    case stop
    /// Leave it out and count it.
    case skip
  }

  /// A part of the corpus, in formats that carry one.
  public enum Split: String, Sendable, CaseIterable {
    /// Documents to learn from.
    case train
    /// Documents to measure on.
    case test
  }

  /// The fields that hold text.
  ///
  /// `nil` stands for the usual names: the headline is the first of `title` and `headline` that a record has, the body
  /// the first of `text`, `body`, `content` and `description`. One name is the body. Of several names, the one that
  /// is `title` or `headline`, or else the first, is the headline, and the others are the body, joined by line ends.
  public var textFields: [String]?
  /// The field that holds the labels; `nil` when labels are not wanted.
  public var labelField: String?
  /// Whether a record without a label is damaged.
  public var requiresLabel: Bool
  /// Whether a document may have several labels.
  public var allowsSeveralLabels: Bool
  /// The field that holds a document's weight in training, if any.
  public var weightField: String?
  /// The field that names whom or what the tone is asked for, if any.
  public var targetField: String?
  /// The part of the corpus to read; `nil` for all of it.
  public var split: Split?
  /// Whether documents keep the record that they were read from, as it stands (``DocumentBatch/Record/raw``), where the
  /// format has one a line or row.
  public var keepsRecords = false
  /// What to do with a damaged record.
  public var onError: ErrorPolicy
  /// How many damaged records may be skipped before reading stops all the same.
  public var maximumSkipped: Int

  /// Options; the defaults read text without labels.
  public init(
    textFields: [String]? = nil, labelField: String? = nil, requiresLabel: Bool = false,
    allowsSeveralLabels: Bool = false, weightField: String? = nil, targetField: String? = nil, split: Split? = nil,
    onError: ErrorPolicy = .stop, maximumSkipped: Int = 1000
  ) {
    self.textFields = textFields
    self.labelField = labelField
    self.requiresLabel = requiresLabel
    self.allowsSeveralLabels = allowsSeveralLabels
    self.weightField = weightField
    self.targetField = targetField
    self.split = split
    self.onError = onError
    self.maximumSkipped = maximumSkipped
  }
}

extension DocumentBatch {
  /// Deals with a damaged record as the options say: throws the error, or keeps it in ``skipped``.
  ///
  /// - Throws: The error, also when more than ``ReaderOptions/maximumSkipped`` records of the batch are damaged: so
  ///   hostile input cannot fill memory with errors.
  public mutating func reject(_ error: DatelineError, _ options: ReaderOptions) throws(DatelineError) {
    guard options.onError == .skip else { throw error }
    skipped.append(error)
    if skipped.count > options.maximumSkipped { throw error }
  }
}
