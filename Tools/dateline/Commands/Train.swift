public import ArgumentParser
public import Dateline
import DatelineCore
import DatelineData
import DatelineEvaluation

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Learns a model of one facet from labelled documents.",
    discussion: """
      By default the strength of the penalty is chosen on held-out folds, and probabilities are calibrated on documents \
      that the folds' models have not seen. `dateline plugins show ID` lists the parameters for --set.
      """)

  @Option(parsing: .upToNextOption, help: "Files or folders with labelled documents; - is standard input.")
  var data: [String]

  @Option(help: "The question that the labels answer, such as topic; also the name of the field with the labels.")
  var facet: String

  @Option(
    help:
      "Classifier family: \(PluginRegistry.standard().plugins.map(\.description.identifier).joined(separator: ", ")).")
  var plugin = "logistic-regression"

  @Option(help: ArgumentHelp("A parameter of the classifier or the vectorizer; repeatable.", valueName: "key=value"))
  var set: [String] = []

  @Option(help: "The model file to write. It is replaced as a whole, or not at all.")
  var output: String

  @Flag(help: "Documents may have any number of labels.")
  var multiLabel = false

  @Option(help: "How scores become calibrated probabilities: auto, vector-scaling or none.")
  var calibration: Trainer.Calibration = .auto

  @Option(help: "With --multi-label, what thresholds are chosen for: micro-f1, macro-f1, balanced, precision:NUMBER.")
  var thresholds = ThresholdObjective.macroF1.description

  @Option(help: "Number of folds for choosing and calibrating. (default: 5, or 3 from 20,000 documents on)")
  var folds: Int?

  @Option(help: "Seed of everything random.")
  var seed: UInt64 = 0

  @Option(help: "Field that holds a document's weight: a number, 1 where it is missing.")
  var weightField: String?

  @Option(name: .customLong("continue"), help: "A naive Bayes model to learn on from; its settings stay.")
  var continued: String?

  @Option(help: "Documents to measure the model on when it is done.")
  var validation: [String] = []

  @Option(help: "Report for people (text, on standard error) or for programs (json, on standard output).")
  var format: OutputFormat = .text

  @OptionGroup(title: "Reading documents")
  var input: InputOptions

  func validate() throws {
    if data.isEmpty { throw ValidationError("--data needs at least one file or folder") }
    if let folds, !(2...100).contains(folds) { throw ValidationError("--folds \(folds): give 2 to 100") }
    if continued != nil, !set.isEmpty {
      throw ValidationError("--continue keeps the settings of the model: leave --set out")
    }
  }

  func run() throws {
    let start = ContinuousClock.now
    let bar = ProgressBar()
    defer { bar.clear() }
    let facet = try Facet(facet)
    let workers = input.workers
    var trainer = Trainer(
      facet: facet, kind: multiLabel ? .multiLabel : .exclusive, plugin: try PluginRegistry.standard().plugin(plugin),
      settings: try settings(), workers: workers)
    trainer.calibration = calibration
    trainer.thresholdObjective = try ThresholdObjective(thresholds)
    trainer.foldCount = folds
    trainer.seed = seed
    trainer.progress = { fraction, words in
      bar.show(fraction, words)
      return true
    }
    let corpus = CorpusSource(input.corpus(data, facet: facet, kind: trainer.kind, weightField: weightField))
    let (model, summary) =
      if let continued {
        try trainer.continueTraining(try Model(contentsOf: continued), with: corpus)
      } else {
        try trainer.train(corpus)
      }
    bar.show(1, "writing \(output)")
    try model.write(to: output)
    bar.clear()
    let report = TrainingText(
      model: model, summary: summary, corpus: corpus.summary, output: output, seconds: Units.seconds(since: start))
    switch format {
    case .text: for line in report.lines { Console.note(line) }
    case .json: try Console.print(report.json.text)
    }
    if !validation.isEmpty {
      try Evaluate.evaluate(model, input.corpus(validation, facet: facet, kind: trainer.kind), workers, format)
    }
  }

  private func settings() throws(DatelineError) -> [String: String] {
    var result: [String: String] = [:]
    for setting in set {
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw DatelineError(.usage, "--set \(setting): write KEY=VALUE, such as --set C=10")
      }
      guard result.updateValue(parts[1], forKey: parts[0]) == nil else {
        throw DatelineError(.usage, "--set \(parts[0]) is given twice: give each parameter once")
      }
    }
    return result
  }
}

extension Trainer.Calibration: ExpressibleByArgument {}
