public import ArgumentParser
public import DatelineCore
public import DatelineData
import DatelineParallel

/// How documents are read; shared by every verb that reads any.
struct InputOptions: ParsableArguments {
  @Option(help: "Format of the documents: auto, \(CorpusOptions.formats.joined(separator: ", ")).")
  var inputFormat = "auto"

  @Option(help: "Fields or columns that hold text, the title first, such as title,text. Columns may be numbers from 1.")
  var textFields: String?

  @Option(help: "Field or column that holds the labels. (default: the facet's name)")
  var labelField: String?

  @Option(help: "Part of the corpus to read, where the format carries one: train or test (ModApte for Reuters).")
  var split: ReaderOptions.Split?

  @Option(help: "Encoding: auto, utf-8, or latin-1 (Windows-1252).")
  var encoding: CorpusOptions.Encoding = .auto

  @Option(help: "What to do with a damaged record: stop, or skip and count it.")
  var onError: ErrorPolicy = .stop

  @Option(help: "With --on-error skip, how many damaged records are too many.")
  var maxSkipped = 1000

  @Option(help: "Number of threads; results do not depend on it. (default: all processors)")
  var threads: Int?

  enum ErrorPolicy: String, ExpressibleByArgument, CaseIterable { case stop, skip }

  func validate() throws {
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads \(threads): give 1 to 1024") }
    if maxSkipped < 0 { throw ValidationError("--max-skipped \(maxSkipped): give 0 or more") }
  }

  var workers: WorkerPool { threads.map { WorkerPool(threads: $0) } ?? WorkerPool() }

  /// The corpus at some paths.
  ///
  /// - Parameters:
  ///   - facet: The facet whose labels are wanted; `nil` when none are.
  ///   - kind: Whether a document may have several labels.
  func corpus(_ paths: [String], facet: Facet? = nil, kind: Domain.Kind = .exclusive, weightField: String? = nil)
    -> Corpus
  {
    let reader = ReaderOptions(
      textFields: textFields.map { $0.split(separator: ",").map(String.init) },
      labelField: facet.map { labelField ?? $0.name }, requiresLabel: facet != nil && kind == .exclusive,
      allowsSeveralLabels: kind == .multiLabel, weightField: weightField, split: split,
      onError: onError == .skip ? .skip : .stop, maximumSkipped: maxSkipped)
    return Corpus(paths, options: CorpusOptions(format: inputFormat, encoding: encoding, reader: reader))
  }
}

extension ReaderOptions.Split: ExpressibleByArgument {}
extension CorpusOptions.Encoding: ExpressibleByArgument {}

/// Whether output is for people or for programs.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
