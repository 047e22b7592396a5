import ArgumentParser
import Dateline
public import DatelineCore
public import DatelineData
import DatelineParallel

/// How documents are read; shared by every verb that reads any.
///
/// Options have no default values of their own but those of ``Default``: to write one down, the library would search all that
/// conforms to anything several times at every start.
struct InputOptions: ParsableArguments {
  /// What holds where an option is not given.
  private enum Default {
    static let format = "auto"
    static let encoding = CorpusOptions.Encoding.auto
    static let onError = ErrorPolicy.stop
    static let maxSkipped = 1000
  }

  @Option(
    help: ArgumentHelp(
      "Format of the documents: auto (by name and content), \(CorpusOptions.formats.reduce("") { $0 + $1 + ", " })html. Text without labels may be copied from a page: the story on it is found, unless the format is text. (default: \(Default.format))",
      valueName: "format"))
  var inputFormat: String?

  @Option(
    help: ArgumentHelp(
      "Fields or columns that hold text, the title first, such as title,text; columns may be numbers from 1. (default: the usual names, such as title and text)",
      valueName: "names"))
  var textFields: String?

  @Option(
    help: ArgumentHelp(
      "Field or column that holds the labels; classify needs none. (default: the facet's name)", valueName: "name"))
  var labelField: String?

  @Option(
    help: ArgumentHelp(
      "Field or column that names whom or what the tone is asked for. Only models of sentences take notice of it. (default: the tone is that of the text)",
      valueName: "name"))
  var targetField: String?

  @Option(
    help: ArgumentHelp(
      "Part of the corpus to read, where the format carries one (ModApte for Reuters). (default: all of it)",
      valueName: "part"))
  var split: ReaderOptions.Split?

  @Flag(help: "Leaves out the dateline that a text begins with (PARIS, May 2 -), which gives its place away.")
  var ignoreDateline = false

  @Option(help: "Encoding of the text; latin-1 is Windows-1252. (default: \(Default.encoding.rawValue))")
  var encoding: CorpusOptions.Encoding?

  @Option(
    help: ArgumentHelp(
      "What to do with a damaged record: stop, or skip and count it. (default: \(Default.onError.rawValue))",
      valueName: "policy"))
  var onError: ErrorPolicy?

  @Option(
    help: ArgumentHelp(
      "With --on-error skip, how many damaged records may be skipped. (default: \(Default.maxSkipped))",
      valueName: "count"))
  var maxSkipped: Int?

  @Option(
    help: ArgumentHelp(
      "Number of threads, 1 to 1024; results do not depend on it. (default: all processors)", valueName: "count"))
  var threads: Int?

  enum ErrorPolicy: String, WordChoice { case stop, skip }

  func validate() throws {
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads \(threads): give 1 to 1024") }
    if let maxSkipped, maxSkipped < 0 { throw ValidationError("--max-skipped \(maxSkipped): give 0 or more") }
    if let textFields, textFields.split(separator: ",", omittingEmptySubsequences: false).contains("") {
      throw ValidationError("--text-fields \"\(textFields)\": write names with commas between them, such as title,text")
    }
    if targetField == "" { throw ValidationError("--target-field \"\": give the name of a field or column") }
    if labelField == "" { throw ValidationError("--label-field \"\": give the name of a field or column") }
  }

  /// Refuses paths that cannot be meant.
  ///
  /// - Parameter name: What the paths are, for the message.
  static func check(_ paths: [String], _ name: String) throws {
    if paths.contains("") { throw ValidationError("\(name) \"\": an empty path; name a file or folder") }
    if paths.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("\(name): standard input (-) is named twice, and can be read only once")
    }
  }

  /// Refuses targets that cannot be meant.
  func check(target: String?) throws {
    guard let target else { return }
    if target.allSatisfy(\.isWhitespace) { throw ValidationError("--target \"\(target)\": give a name") }
    if targetField != nil { throw ValidationError("--target and --target-field: give one of the two") }
  }

  var workers: WorkerPool { threads.map { WorkerPool(threads: $0) } ?? WorkerPool() }

  /// The corpus at some paths.
  ///
  /// - Parameters:
  ///   - facet: The facet whose labels are wanted; `nil` when none are.
  ///   - kind: Whether a document may have several labels.
  ///   - hasTargets: Whether the field of the targets is read, if there is one.
  func corpus(
    _ paths: [String], facet: Facet? = nil, kind: Domain.Kind = .exclusive, weightField: String? = nil,
    hasTargets: Bool = true, keepsRecords: Bool = false
  ) -> Corpus {
    var reader = ReaderOptions(
      textFields: textFields.map { $0.split(separator: ",").map(String.init) },
      labelField: facet.map { labelField ?? $0.name }, requiresLabel: facet != nil && kind == .exclusive,
      allowsSeveralLabels: kind == .multiLabel, weightField: weightField, targetField: hasTargets ? targetField : nil,
      split: split,
      onError: (onError ?? Default.onError) == .skip ? .skip : .stop, maximumSkipped: maxSkipped ?? Default.maxSkipped)
    reader.keepsRecords = keepsRecords
    // Whether an identifier comes twice is of interest where labels are.
    return Corpus(
      paths,
      options: CorpusOptions(
        format: inputFormat ?? Default.format, plainTextFormat: facet == nil ? PageReader.page.identifier : "text",
        encoding: encoding ?? Default.encoding,
        reader: reader, extraReaders: [PageReader.html, PageReader.page], comparesIdentifiers: facet != nil,
        ignoresDateline: ignoreDateline))
  }
}

extension ReaderOptions.Split: WordChoice {}
extension CorpusOptions.Encoding: WordChoice {}

/// Whether output is for people or for programs.
enum OutputFormat: String, WordChoice { case text, json }
