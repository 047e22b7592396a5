import ArgumentParser
import Dateline
import DatelineCore
import Glibc

@main
struct Entry {
  static func main() {
    openStandardStreams()
    do {
      var command = try parse(Array(CommandLine.arguments.dropFirst()))
      try command.run()
    } catch let error as DatelineError {
      Console.error("error: \(error)")
      RootCommand.exit(withError: ExitCode(exitCode(error.code)))
    } catch {
      RootCommand.exit(withError: error)
    }
  }

  /// The command that the arguments ask for.
  ///
  /// A verb is tried on its own first: the library looks at every property of a command to learn its options, and does so
  /// twice as often for a subcommand. Where that fails, or yields something else, the root command tells what is wrong
  /// or wanted: it knows the whole name of a verb, `--version` and scripts for the shell.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    let verbs = RootCommand.configuration.subcommands
    if let verb = verbs.first(where: { $0.configuration.commandName == arguments.first }),
      let command = try? verb.parseAsRoot(Array(arguments.dropFirst())), type(of: command) == verb
    {
      return command
    }
    return try RootCommand.parseAsRoot(arguments)
  }

  /// Takes the numbers of closed standard streams, so that no file we open gets one of them and then a message or a
  /// warning in the middle of it. They are opened the wrong way round: using one is an error still.
  private static func openStandardStreams() {
    for stream in STDIN_FILENO...STDERR_FILENO where fcntl(stream, F_GETFD) < 0 {
      _ = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// The codes of `sysexits.h`.
  static func exitCode(_ code: DatelineError.Code) -> Int32 {
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
    usage: "dateline <verb> [<options>]",
    discussion: """
      Train on labelled articles, measure how good the labels are, and classify new articles:

        dateline train --data articles.jsonl --facet topic --output topic.dateline
        dateline evaluate --model topic.dateline --data heldout.jsonl
        dateline classify --model topic.dateline new.jsonl

      Data goes to standard output, everything else to standard error. --format json is for programs.

      Exit codes: 0 success, 64 wrong usage, 65 damaged or unusable data, 66 missing input, 70 a mistake in dateline \
      itself, 74 reading or writing failed.
      """,
    version: Release.version,
    subcommands: [
      Train.self, Classify.self, Evaluate.self, Explain.self, Inspect.self, Extract.self, Plugins.self,
    ])
}
