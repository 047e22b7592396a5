import ArgumentParser
public import Dateline
import DatelineArtifacts
import DatelineCore
import DatelineData
import DatelineEvaluation

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Learns a model of one facet from labelled documents.",
    usage: "dateline train --data <path>... --facet <name> --output <file> [<options>]",
    discussion: """
      By default the strength of the penalty is chosen on held-out folds, and probabilities are calibrated on documents \
      that the folds' models have not seen; from 400,000 documents on, a sample of 200,000 decides on the strength. `dateline plugins show ID` lists the parameters for --set.

      The same documents, settings and seed give the same model file, byte for byte, with any number of threads.
      """)

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Files or folders with labelled documents; - is standard input.", valueName: "path"))
  var data: [String]

  @Option(
    help: ArgumentHelp(
      "The question that the labels answer, such as topic; also the name of the field with the labels.",
      valueName: "name"))
  var facet: String

  @Option(
    help: ArgumentHelp("The model file to write. It is replaced as a whole, or not at all.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Classifier family: \(Train.families), or one that --load-plugin brings. (default: \(Train.defaultPlugin), or that of --continue)",
      valueName: "id")
  )
  var plugin: String?

  @Option(help: ArgumentHelp("A parameter of the classifier or the vectorizer; repeatable.", valueName: "key=value"))
  var set: [String] = []

  @Option(
    help: ArgumentHelp(
      "Features beside the words: \(Train.extractors); repeatable. `dateline plugins` describes them.",
      valueName: "id"))
  var features: [String] = []

  @Flag(help: "Documents may have any number of labels. (default: exactly one)")
  var multiLabel = false

  @Flag(
    help:
      "Also learns labels that no document has, where --features describe candidates for them, such as all countries.")
  var allCandidates = false

  @Option(
    help: ArgumentHelp(
      "How scores become calibrated probabilities; vector-scaling also gives each label an offset.",
      valueName: "method"))
  var calibration: Trainer.Calibration = .auto

  @Option(
    help: ArgumentHelp(
      "With --multi-label, what thresholds are chosen for: micro-f1, macro-f1, balanced, precision:NUMBER, or nothing with fixed:NUMBER. (default: \(ThresholdObjective.macroF1))",
      valueName: "objective"))
  var thresholds: String?

  @Option(
    help: ArgumentHelp(
      "Number of folds for choosing and calibrating, 2 to 100. (default: 5, or 3 from 5,000 documents on, or one part of 5 % from 1,000,000 on)",
      valueName: "count"))
  var folds: Int?

  @Option(help: ArgumentHelp("Seed of everything random: the assignment to folds.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp(
      "Field that holds a document's weight, a number from 0. (default: all documents weigh 1)", valueName: "name"))
  var weightField: String?

  @Option(
    name: .customLong("continue"),
    help: ArgumentHelp(
      "A model to learn on from; its settings stay. Of the families that come along only naive-bayes can, with --calibration none exactly as if trained on everything at once.",
      valueName: "file"))
  var continued: String?

  @Option(
    help: ArgumentHelp(
      "The most that the model file may take, such as 8M: weights get fewer bits, then features are left out, unless there are --features beside words, and what that costs is measured. (default: no limit)",
      valueName: "size"))
  var maxModelSize: String?

  @Option(
    help: ArgumentHelp(
      "Memory that the training may take, such as 2G; what grows with the text goes to files in TMPDIR, or /tmp. Not with --features. (default: what the machine has)",
      valueName: "size"))
  var maxMemory: String?

  @Option(
    help: ArgumentHelp(
      "What a training document is: document, or sentence, with a model that reads longer ones sentence by sentence.",
      valueName: "unit"))
  var unit: Dateline.Unit?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "With --unit sentence, labelled articles that calibrate the answers for texts of many sentences.",
      valueName: "path"))
  var articles: [String] = []

  @Option(
    help: ArgumentHelp(
      "Have the model withhold exclusive labels that are less probable than this, 0 to 1, and say why; with --multi-label, give the most probable one from this on where none reaches its threshold. (default: 0, or that of --continue)",
      valueName: "number"))
  var minProbability: Double?

  @Flag(
    help:
      "Have the model give labels only where the text speaks for them: where they are clearly more probable than for an empty text."
  )
  var needsEvidence = false

  @Option(
    help: ArgumentHelp(
      "Have the model withhold its answer where it knows a smaller share of a text's terms than this, 0 to 1, as in a language that it has not learnt. (default: 0, or that of --continue)",
      valueName: "share"))
  var minCoverage: Double?

  @Option(
    help: ArgumentHelp(
      "Have the model give further exclusive labels that are at least this probable, 0 to 1. (default: only the most probable one)",
      valueName: "number"))
  var furtherProbability: Double?

  @Option(
    help: ArgumentHelp(
      "A table with a label and its code on each line, a tab between them; answers carry the codes.", valueName: "file")
  )
  var labelCodes: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Labelled documents to measure the model on when it is done.", valueName: "path"))
  var validation: [String] = []

  @Option(help: "Report for people (text, on standard error) or for programs (json, on standard output).")
  var format: OutputFormat = .text

  @OptionGroup
  var input: InputOptions

  @Option(help: PluginFiles.help)
  var loadPlugin: [String] = []

  private static let defaultPlugin = "logistic-regression"
  private static let extractors = VectorizerRegistry.standard().extractors.map(\.identifier).joined(separator: ", ")
  private static let families = PluginRegistry.standard().plugins.map(\.description.identifier)
    .joined(separator: ", ")

  func validate() throws {
    if data.isEmpty { throw ValidationError("--data needs at least one file or folder") }
    try InputOptions.check(data, "--data")
    try InputOptions.check(validation, "--validation")
    try InputOptions.check((data + validation).filter { $0 == "-" }, "--data and --validation")
    if let folds, !(2...100).contains(folds) { throw ValidationError("--folds \(folds): give 2 to 100") }
    try InputOptions.check(articles, "--articles")
    if let minProbability, !(0...1).contains(minProbability) {
      throw ValidationError("--min-probability \(minProbability): give a number from 0 to 1")
    }
    if let furtherProbability, !(0...1).contains(furtherProbability) || multiLabel {
      throw ValidationError(
        "--further-probability \(furtherProbability): give a number from 0 to 1, for labels that exclude each other")
    }
    if let minCoverage, !(0...1).contains(minCoverage) {
      throw ValidationError("--min-coverage \(minCoverage): give a number from 0 to 1")
    }
    if let minCoverage, minCoverage > 0, set.contains("vocabulary=hashed") {
      throw ValidationError(
        "--min-coverage with vocabulary=hashed, which takes every word for one that it knows: leave one of them out")
    }
    if continued != nil, furtherProbability != nil || labelCodes != nil || needsEvidence {
      throw ValidationError(
        "--continue keeps the answers of the model: leave --further-probability, --needs-evidence and --label-codes out"
      )
    }
    if continued != nil, unit != nil || !articles.isEmpty || minProbability != nil || minCoverage != nil {
      throw ValidationError(
        "--continue keeps the settings of the model: leave --unit, --articles, --min-probability and --min-coverage out"
      )
    }
    if continued == nil, unit != .sentence, !articles.isEmpty || input.targetField != nil {
      throw ValidationError(
        "--articles and --target-field need --unit sentence: other models read documents as a whole")
    }
    if continued != nil, maxModelSize != nil {
      throw ValidationError("--max-model-size with --continue: a model that learns on keeps all terms; leave one out")
    }
    if continued != nil, !set.isEmpty || !features.isEmpty {
      throw ValidationError("--continue keeps the settings of the model: leave --set and --features out")
    }
    if allCandidates, !multiLabel || continued != nil {
      throw ValidationError("--all-candidates needs --multi-label, and a training from the beginning")
    }
    if thresholds != nil, !multiLabel, continued == nil {
      throw ValidationError("--thresholds needs --multi-label: labels that exclude each other have no thresholds")
    }
  }

  func run() throws {
    let start = ContinuousClock.now
    let bar = ProgressBar()
    defer { bar.clear() }
    let registry = try PluginFiles.registry(loading: loadPlugin)
    let model = try continued.map { path throws(DatelineError) in try Model(contentsOf: path, registry: registry) }
    let trainer = try trainer(continuing: model, registry, bar)
    // Nobody wants to hear of a missing folder after an hour of training.
    try ArtifactWriter.check(path: output)
    let validation = validation.isEmpty ? nil : input.corpus(validation, facet: trainer.facet, kind: trainer.kind)
    try validation?.check()
    let corpus = CorpusSource(
      input.corpus(data, facet: trainer.facet, kind: trainer.kind, weightField: weightField))
    var (trained, summary) =
      if let model { try trainer.continueTraining(model, with: corpus) } else { try trainer.train(corpus) }
    if !articles.isEmpty {
      let source = CorpusSource(input.corpus(articles, facet: trainer.facet, kind: trainer.kind, hasTargets: false))
      let size = try trained.fileSize()
      trained = try trained.calibrated(onArticles: source, workers: trainer.workers)
      try checkSize(trained, withoutArticles: size, limit: trainer.maximumModelSize)
    }
    bar.show(1, "writing")
    try trained.write(to: output)
    bar.clear()
    let report = TrainingText(
      model: trained, summary: summary, corpus: corpus.summary, output: output, seconds: Units.seconds(since: start))
    switch format {
    case .text: for line in report.lines { Console.note(line) }
    case .json: try Console.print(report.json.text)
    }
    if let validation { try Evaluate.evaluate(trained, validation, trainer.workers, format) }
  }

  private func trainer(
    continuing model: Model?, _ registry: PluginRegistry, _ bar: ProgressBar
  ) throws(DatelineError) -> Trainer {
    var trainer = Trainer(
      facet: try Facet(facet), kind: multiLabel ? .multiLabel : .exclusive,
      plugin: try registry.plugin(plugin ?? model?.manifest.plugin ?? Train.defaultPlugin),
      settings: try settings(), workers: input.workers)
    if let kind = model?.domain.kind {
      if kind == .exclusive, multiLabel || thresholds != nil {
        throw DatelineError(
          .usage, "--multi-label or --thresholds with a model whose labels exclude each other: leave them out",
          at: .init(file: continued ?? ""))
      }
      trainer.kind = kind
    }
    trainer.vectorizer = try vectorizer(continuing: model)
    trainer.unit = unit ?? .document
    trainer.minimumProbability = minProbability ?? 0
    trainer.needsEvidence = needsEvidence
    trainer.minimumCoverage = minCoverage ?? 0
    trainer.furtherProbability = furtherProbability ?? 1
    if let labelCodes { trainer.codes = try LabelCodes.read(labelCodes) }
    trainer.calibration = calibration
    if let thresholds { trainer.thresholdObjective = try ThresholdObjective(thresholds) }
    trainer.foldCount = folds
    trainer.includesAllCandidates = allCandidates
    trainer.seed = seed
    trainer.maximumModelSize = try maxModelSize.map { size throws(DatelineError) in try MemorySize.parse(size) }
    trainer.memoryLimit = try maxMemory.map { size throws(DatelineError) in try MemorySize.parse(size) }
    trainer.progress = { fraction, words in
      bar.show(fraction, words)
      return true
    }
    return trainer
  }

  /// What the articles add to the file is known only when the model has its size.
  private func checkSize(_ model: Model, withoutArticles size: Int, limit: Int?) throws(DatelineError) {
    let fullSize = try model.fileSize()
    guard let limit, fullSize > limit else { return }
    throw DatelineError(
      .usage,
      "the model takes \(fullSize) bytes with what the articles add, more than \(limit): --max-model-size \(limit - (fullSize - size) - 64) makes a smaller one, or allow more"
    )
  }

  private func vectorizer(continuing model: Model?) throws(DatelineError) -> any VectorizerPlugin {
    let vectorizers = VectorizerRegistry.standard()
    if let model { return try vectorizers.plugin(model.manifest.vectorizer) }
    return try vectorizers.extended(vectorizers.first, by: features)
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

extension Trainer.Calibration: WordChoice {}
extension Dateline.Unit: WordChoice {}
