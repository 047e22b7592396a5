import ArgumentParser
import Dateline
import DatelineCore
import DatelineData
import DatelineParallel

struct Classify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Labels documents with one or more models.",
    usage: "dateline classify [--model <file>]... [<options>] [<path>...]",
    discussion: """
      Documents are read as a stream, in constant memory, and answered in their order. Without --model every model of \
      the Models folder is used: the one that DATELINE_MODELS names, or Models in the current folder.
      """)

  @Option(
    help: ArgumentHelp(
      "A model file; repeatable, one for each facet. (default: every model of the Models folder)", valueName: "file"))
  var model: [String] = []

  @Argument(help: ArgumentHelp("Files or folders; - or nothing is standard input.", valueName: "path"))
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "Withhold labels that are less probable than this, 0 to 1, and say why; the models' own minimums hold, too.",
      valueName: "number"))
  var minProbability = 0.0

  @Option(help: "Output for people (text) or for programs (json, one object for each document, one a line).")
  var format: OutputFormat = .text

  @Option(
    help: ArgumentHelp(
      "Ask for the tone towards somebody or something that the text mentions, by the whole name or the surname.",
      valueName: "name"))
  var target: String?

  @OptionGroup
  var input: InputOptions

  func validate() throws {
    try InputOptions.check(paths, "the input")
    try input.check(target: target)
    guard (0...1).contains(minProbability) else {
      throw ValidationError("--min-probability \(minProbability): give a number from 0 to 1")
    }
  }

  func run() throws {
    let models = try model.isEmpty ? ModelFolder.models() : model
    let tagger = try Tagger(modelsAt: models, minimumProbability: minProbability)
    let (format, target) = (format, target)
    let corpus = input.corpus(paths.isEmpty ? ["-"] : paths)
    let summary = try corpus.mapBatches(
      workers: input.workers,
      transform: { batch throws(DatelineError) in
        let batch = batch.aimed(at: target)
        var output: [UInt8] = []
        switch format {
        case .json: tagger.writeJSON(of: batch, into: &output)
        case .text: for document in tagger.tag(batch) { TaggingText.write(document, into: &output) }
        }
        return output
      },
      consume: { (output: [UInt8]) throws(DatelineError) in try Console.write(output) })
    if summary.documents == 0 { Console.error("nothing to classify: the input holds no documents") }
    ReadingNotes.show(summary)
  }
}
