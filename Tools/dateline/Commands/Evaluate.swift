import ArgumentParser
import Dateline
import DatelineCore
import DatelineData
import DatelineEvaluation
import DatelineParallel

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures a model on labelled documents that it has not learnt from.")

  @Option(help: "The model file.")
  var model: String

  @Option(parsing: .upToNextOption, help: "Files or folders with labelled documents; - is standard input.")
  var data: [String]

  @Option(help: "Report for people (text) or for programs (json).")
  var format: OutputFormat = .text

  @OptionGroup(title: "Reading documents")
  var input: InputOptions

  func validate() throws {
    if data.isEmpty { throw ValidationError("--data needs at least one file or folder") }
  }

  func run() throws {
    let model = try Model(contentsOf: model)
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
    if let summary = source.summary, summary.skipped > 0 {
      Console.error("warning: \(Units.count(summary.skipped, "damaged record")) skipped")
    }
    let evaluation = Evaluation(counts, seconds: Units.seconds(since: start))
    switch format {
    case .text: try Console.print(evaluation.text)
    case .json: try Console.print(evaluation.json.text)
    }
  }
}
