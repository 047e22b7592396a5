import ArgumentParser
import Dateline
import DatelineCore
import DatelineData
import DatelineParallel

struct Classify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    // Says that the command is a part of another one, which alone writes scripts for the shell: so nothing is parsed twice
    // over to find out whether one is asked for. Here alone, as here alone a start is waited for.
    _superCommandName: "dateline",
    abstract: "Labels documents with one or more models.",
    usage: "dateline classify [--model <file>]... [<options>] [<path>...]",
    discussion: """
      Documents are read as a stream, in constant memory, and answered in their order. Without --model every model of \
      the Models folder is used: the one that DATELINE_MODELS names, Models in the current folder, or what came with \
      the program.
      """)

  // What holds where an option is not given; why it is not the option's own value, InputOptions says.
  private static let defaultFormat = AnswerFormat.text
  private static let defaultMinimum = 0.0

  @Option(
    help: ArgumentHelp(
      "A model file; repeatable, one for each facet. (default: every model of the Models folder)", valueName: "file"))
  var model: [String] = []

  @Argument(help: ArgumentHelp("Files or folders; - or nothing is standard input.", valueName: "path"))
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "Withhold labels that are less probable than this, 0 to 1, and say why; the models' own minimums hold, too. (default: \(defaultMinimum))",
      valueName: "number"))
  var minProbability: Double?

  @Option(
    help: ArgumentHelp(
      "Use only the model of this facet; repeatable. (default: all models)", valueName: "facet"))
  var only: [String] = []

  @Option(help: ArgumentHelp("The most labels of a facet for a document. (default: all that are given)"))
  var top: Int?

  @Option(
    help:
      "Output for people (text), or for programs: one JSON object for each document, one a line (json or jsonl), or a table (csv). (default: \(defaultFormat.rawValue))"
  )
  var format: AnswerFormat?

  @Flag(
    help:
      "Give each record of JSON Lines or CSV back as it was read, with the answers added to it. The output has the input's format."
  )
  var merge = false

  @Option(
    help: ArgumentHelp(
      "Ask for the tone towards somebody or something that the text mentions, by the whole name or the surname.",
      valueName: "name"))
  var target: String?

  @OptionGroup
  var input: InputOptions

  @Option(help: PluginFiles.help)
  var loadPlugin: [String] = []

  func validate() throws {
    try InputOptions.check(paths, "the input")
    try input.check(target: target)
    if let minProbability, !(0...1).contains(minProbability) {
      throw ValidationError("--min-probability \(minProbability): give a number from 0 to 1")
    }
    if let top, top < 1 { throw ValidationError("--top \(top): give 1 or more") }
    if merge, format ?? Classify.defaultFormat == .text {
      throw ValidationError("--merge needs --format json or --format csv, as the input is")
    }
  }

  func run() throws {
    HeapSettings.keepForStreams()
    let tagger = try tagger()
    let answers = AnswerWriter(tagger: tagger, format: format ?? Classify.defaultFormat, merges: merge)
    let target = target
    let corpus = input.corpus(paths.isEmpty ? ["-"] : paths, keepsRecords: merge)
    var header = AnswerHeader(answers)
    try header.begin()
    let summary = try corpus.mapBatches(
      workers: input.workers,
      transform: { batch throws(DatelineError) in try answers.write(batch.aimed(at: target)) },
      consume: { (part: AnswerWriter.Part) throws(DatelineError) in
        try header.write(part.headers)
        try Console.write(part.bytes)
      })
    if summary.documents == 0 { Console.error("nothing to classify: the input holds no documents") }
    ReadingNotes.show(summary)
  }

  private func tagger() throws(DatelineError) -> Tagger {
    let registry = try PluginFiles.registry(loading: loadPlugin)
    var models: [Model] = []
    for path in try model.isEmpty ? ModelFolder.models() : model {
      models.append(try Model(contentsOf: path, registry: registry))
    }
    let facets = models.map(\.domain.facet.name)
    for name in only where !facets.contains(name) {
      throw DatelineError(.usage, "--only \(name): there are models of \(facets.joined(separator: ", "))")
    }
    if !only.isEmpty { models.removeAll { !only.contains($0.domain.facet.name) } }
    var tagger = try Tagger(models, minimumProbability: minProbability ?? Classify.defaultMinimum)
    tagger.maximumLabels = top
    return tagger
  }
}

/// How answers are written.
enum AnswerFormat: String, WordChoice { case text, json, jsonl, csv }
