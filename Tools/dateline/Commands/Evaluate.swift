import ArgumentParser
import Dateline
import DatelineCore
import DatelineData
import DatelineEvaluation
import DatelineParallel

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measures a model on labelled documents that it has not learnt from.",
    usage: "dateline evaluate --model <file> --data <path>... [<options>]",
    discussion: """
      Precision, recall and F1 of every label, their averages, the confusion matrix, log loss and calibration error, \
      with the share of the most frequent label beside them. A label that the model does not know counts as wrong. Of \
      labels that exclude each other the most probable one is measured for every document, also where classify \
      withholds it or answers with the label above. \
      Texts that classify withholds all labels on, as the model hardly knows their words, are measured, too.
      """)

  @Option(help: ArgumentHelp("The model file.", valueName: "file"))
  var model: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Files or folders with labelled documents; - is standard input.", valueName: "path"))
  var data: [String]

  @Option(help: "Report for people (text) or for programs (json, one object).")
  var format: OutputFormat = .text

  @OptionGroup
  var input: InputOptions

  @Option(help: PluginFiles.help)
  var loadPlugin: [String] = []

  func validate() throws {
    if data.isEmpty { throw ValidationError("--data needs at least one file or folder") }
    try InputOptions.check(data, "--data")
  }

  func run() throws {
    let model = try Model(contentsOf: model, registry: PluginFiles.registry(loading: loadPlugin))
    let corpus = input.corpus(data, facet: model.domain.facet, kind: model.domain.kind)
    try Evaluate.evaluate(model, corpus, input.workers, format)
  }

  static func evaluate(_ model: Model, _ corpus: Corpus, _ workers: WorkerPool, _ format: OutputFormat) throws {
    let start = ContinuousClock.now
    let bar = ProgressBar()
    defer { bar.clear() }
    let source = CorpusSource(corpus)
    let counts = try model.evaluate(source, workers: workers) { bar.show(nil, "\(Units.count($0)) documents") }
    bar.clear()
    if let summary = source.summary { ReadingNotes.show(summary) }
    let evaluation = Evaluation(counts, seconds: Units.seconds(since: start))
    switch format {
    case .text: try Console.print(evaluation.text)
    case .json: try Console.print(evaluation.json.text)
    }
  }
}
