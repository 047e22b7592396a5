public import DatelineCore

/// What was read, and what was left out.
public struct CorpusSummary: Sendable, Equatable {
  /// What was read from one file; all files of a folder per label count as one.
  public struct Source: Sendable, Equatable {
    /// The file or folder, as messages name it.
    public var path: String
    /// The identifier of the format, named or found out; empty for an empty file.
    public var format: String
    /// The documents in it.
    public var documents: Int

    /// What was read from one file.
    public init(path: String, format: String, documents: Int = 0) {
      self.path = path
      self.format = format
      self.documents = documents
    }
  }

  /// How many errors are kept in ``firstErrors``.
  public static let keptErrors = 10
  /// How many identifiers are compared with each other; those of later documents are compared with these only. It
  /// bounds the memory for them to about 200 MB.
  public static let comparedIdentifiers = 1 << 23

  /// The documents.
  public var documents = 0
  /// The bytes of text, decompressed.
  public var bytes = 0
  /// The damaged records that were left out.
  public var skipped = 0
  /// The errors of the first damaged records.
  public var firstErrors: [DatelineError] = []
  /// The documents whose identifier an earlier document has too.
  public var duplicateIdentifiers = 0
  /// The first such identifier.
  public var firstDuplicate: String?
  /// The files, in the order in which they were read.
  public var sources: [Source] = []
  /// Files of folders that were passed over because of their name: hidden ones, `README` and the like, label lists,
  /// and names that are not in UTF-8.
  public var ignored: [String] = []
  /// Files without any bytes, which give no document in any format.
  public var empty: [String] = []

  /// A summary of nothing.
  public init() {}
}
