import ArgumentParser
import Dateline
import DatelineCore
import DatelineData
import DatelineParallel

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows which words decided for a label.",
    usage: "dateline explain --model <file> [<options>] [<path>...]",
    discussion: """
      The score of a label is a constant plus what each term of the document contributes; they add up exactly. Of labels \
      that exclude each other it is what the label is ahead of the mean of all labels. Calibration then makes a \
      probability of the scores.

      Places in the output for programs are counted in characters (code points) of the title or the body. Text fields \
      behind the title are the body, one to a line. With --ignore-dateline they are counted from behind it.
      """)

  @Option(help: ArgumentHelp("The model file.", valueName: "file"))
  var model: String

  @Argument(help: ArgumentHelp("Files or folders; - or nothing is standard input.", valueName: "path"))
  var paths: [String] = []

  @Option(
    help: ArgumentHelp("A label to explain; repeatable. (default: the labels that the model gives)", valueName: "label")
  )
  var label: [String] = []

  @Option(help: ArgumentHelp("The most terms to show for a label. (default: 15 for people, all for programs)"))
  var top: Int?

  @Option(help: "Output for people (text) or for programs (json, one object for each document, one a line).")
  var format: OutputFormat = .text

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
    if let top, top < 0 { throw ValidationError("--top \(top): give 0 or more") }
  }

  func run() throws {
    let model = try Model(contentsOf: model, registry: PluginFiles.registry(loading: loadPlugin))
    var labels: [Label] = []
    for name in label { labels.append(try Label(name)) }
    try model.check(labels)
    let wanted = labels
    let (format, top, target, usesColor) = (format, top, target, Console.usesColor)
    let summary = try input.corpus(paths.isEmpty ? ["-"] : paths).mapBatches(
      workers: input.workers,
      transform: { batch throws(DatelineError) in
        let batch = batch.aimed(at: target)
        var output: [UInt8] = []
        for index in batch.records.indices {
          let document = batch.document(at: index)
          let text = ExplanationText(
            document: document, facet: model.domain.facet, explanations: try model.explain(document, labels: wanted),
            withheld: model.tag(document).withheld, top: top)
          switch format {
          case .json:
            text.json.write(into: &output)
            output.append(UInt8(ascii: "\n"))
          case .text: text.write(into: &output, usesColor: usesColor)
          }
        }
        return output
      },
      consume: { (output: [UInt8]) throws(DatelineError) in try Console.write(output) })
    if summary.documents == 0 { Console.error("nothing to explain: the input holds no documents") }
    ReadingNotes.show(summary)
  }
}
