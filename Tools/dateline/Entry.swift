import ArgumentParser
import Dateline
import DatelineCore

@main
struct Entry {
  static func main() {
    do {
      var command = try RootCommand.parseAsRoot()
      try command.run()
    } catch let error as DatelineError {
      Console.error("error: \(error)")
      RootCommand.exit(withError: ExitCode(exitCode(error.code)))
    } catch {
      RootCommand.exit(withError: error)
    }
  }

  /// The codes of `sysexits.h`.
  private static func exitCode(_ code: DatelineError.Code) -> Int32 {
    switch code {
    case .usage: 64
    case .invalidData, .incompatible: 65
    case .missingInput: 66
    case .inputOutput: 74
    case .cancelled: 75
    default: 70
    }
  }
}

struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dateline",
    abstract: "Tags news articles: trains, applies and measures text classifiers.",
    discussion: """
      Train on labelled articles, classify new ones, and measure how good the labels are:

        dateline train --data articles.jsonl --facet topic --output topic.dateline
        dateline evaluate --model topic.dateline --data heldout.jsonl
        dateline classify --model topic.dateline new.jsonl

      Data goes to standard output, everything else to standard error. --format json is for programs.
      """,
    version: Dateline.version,
    subcommands: [Train.self, Classify.self, Evaluate.self, Inspect.self, Plugins.self])
}
