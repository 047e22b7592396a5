/// What every public function of Dateline throws: what was found, what was expected, what to do, and where.
public struct DatelineError: Error, Sendable, Equatable {
  /// The kind of an error. An open set: later versions may add kinds.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Kind: String, Sendable {
      case usage, invalidData, missingInput, incompatible, inputOutput, cancelled, `internal`
    }

    private let kind: Kind

    /// The caller asked for something that does not exist or does not fit together.
    public static let usage = Code(kind: .usage)
    /// Input that breaks its format, or a damaged file.
    public static let invalidData = Code(kind: .invalidData)
    /// A file or folder that is not there or holds nothing.
    public static let missingInput = Code(kind: .missingInput)
    /// A model file of a newer version, or one that needs a plugin which is not there.
    public static let incompatible = Code(kind: .incompatible)
    /// Reading or writing failed.
    public static let inputOutput = Code(kind: .inputOutput)
    /// The work was stopped on request.
    public static let cancelled = Code(kind: .cancelled)
    /// A mistake in Dateline itself.
    public static let `internal` = Code(kind: .internal)

    /// The name of the kind.
    public var description: String { kind.rawValue }
  }

  /// A place in the data.
  public struct Location: Sendable, Equatable, CustomStringConvertible {
    /// The file, as the caller named it.
    public var file: String
    /// The line, counted from 1.
    public var line: Int?
    /// The field or column of the record.
    public var field: String?

    /// A place in a file.
    public init(file: String, line: Int? = nil, field: String? = nil) {
      self.file = file
      self.line = line
      self.field = field
    }

    /// `file:line, field "name"`.
    public var description: String {
      file + (line.map { ":\($0)" } ?? "") + (field.map { ", field \"\($0)\"" } ?? "")
    }
  }

  /// The kind.
  public var code: Code
  /// What was found, what was expected, and what to do; one or more sentences.
  public var message: String
  /// Where in the data it happened.
  public var location: Location?
  /// What the system or a layer below said.
  public var cause: String?

  /// An error.
  public init(_ code: Code, _ message: String, at location: Location? = nil, cause: String? = nil) {
    self.code = code
    self.message = message
    self.location = location
    self.cause = cause
  }
}

extension DatelineError: CustomStringConvertible {
  /// `location: message (cause)`: the one place where an error becomes text.
  public var description: String {
    (location.map { "\($0): " } ?? "") + message + (cause.map { " (\($0))" } ?? "")
  }
}
