public import ArgumentParser
import DatelineCore
public import DatelineExtraction
import DatelineParallel

struct Extract: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Finds the story on a page: its headline and its text.",
    usage: "dateline extract [<options>] [<path>...]",
    discussion: """
      Pages may be HTML, or text that was copied from a page. Menus, lists of other stories, notices and comments are left \
      out. Plain text stays as it is. The encoding is found by what the page declares and by its bytes.
      """)

  @Argument(help: ArgumentHelp("Files; - or nothing is standard input.", valueName: "path"))
  var paths: [String] = []

  @Option(
    help: "Output for people (text) or for programs (json, one object for each page, one a line).")
  var format: OutputFormat = .text

  @Flag(help: "Show every block of a page: whether it is kept, and why.")
  var explain = false

  @Option(help: ArgumentHelp("What the input is: auto (by its content), html or text.", valueName: "format"))
  var inputFormat: PageExtractor.Input = .auto

  @Option(
    help: ArgumentHelp(
      "Number of threads, 1 to 1024; results do not depend on it. (default: all processors)", valueName: "count"))
  var threads: Int?

  func validate() throws {
    try InputOptions.check(paths, "the input")
    if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads \(threads): give 1 to 1024") }
  }

  func run() throws {
    let names = paths.isEmpty ? ["-"] : paths
    let extractor = PageExtractor(input: inputFormat, explains: explain)
    let text = PageText(format: format, explains: explain, namesPages: names.count > 1)
    var remaining = names[...]
    try (threads.map { WorkerPool(threads: $0) } ?? WorkerPool()).pipeline(
      next: { () throws(DatelineError) -> (name: String, bytes: [UInt8])? in
        guard let name = remaining.popFirst() else { return nil }
        return (
          name == "-" ? "stdin" : name,
          try FileBytes.read(name == "-" ? nil : name, limit: PageExtractor.maximumLength)
        )
      },
      transform: { page -> Result<[UInt8], DatelineError> in
        do throws(DatelineError) {
          return .success(text.bytes(try extractor.extract(page.bytes), name: page.name))
        } catch {
          var error = error
          error.location = .init(file: page.name)
          return .failure(error)
        }
      },
      consume: { (output: Result<[UInt8], DatelineError>) throws(DatelineError) in try Console.write(output.get()) })
  }
}

extension PageExtractor.Input: ExpressibleByArgument {}
