import ArgumentParser
import Dateline
import DatelineCore
import DatelineData
public import DatelineExtraction
import DatelineParallel

struct Extract: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Finds the story on a page: its headline and its text.",
    usage: "dateline extract [<options>] [<path>...]",
    discussion: """
      Pages may be HTML, or text that was copied from a page. Menus, lists of other stories, notices and comments are left \
      out. Plain text stays as it is. The encoding is found by what the page declares and by its bytes. Files may be \
      compressed with gzip.

      Of several pages those that cannot be read are named, and the others are shown; the exit code is that of the first \
      mistake.
      """)

  @Argument(help: ArgumentHelp("Files or folders; - or nothing is standard input.", valueName: "path"))
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
    var failures: [DatelineError] = []
    let names = try files { (error: DatelineError) throws(DatelineError) in
      if paths.count == 1 { throw error }
      failures.append(error)
      Console.error("error: \(error)")
    }
    let extractor = PageExtractor(input: inputFormat, explains: explain)
    let text = PageText(format: format, explains: explain, namesPages: names.count > 1)
    var remaining = names[...]
    try (threads.map { WorkerPool(threads: $0) } ?? WorkerPool()).pipeline(
      next: { () throws(DatelineError) -> (name: String, bytes: Result<[UInt8], DatelineError>)? in
        guard let name = remaining.popFirst() else { return nil }
        return (name == "-" ? "stdin" : name, Extract.read(name))
      },
      transform: { page -> Result<[UInt8], DatelineError> in
        do throws(DatelineError) {
          return .success(text.bytes(try extractor.extract(page.bytes.get()), name: page.name))
        } catch {
          var error = error
          error.location = .init(file: page.name)
          return .failure(error)
        }
      },
      consume: { (output: Result<[UInt8], DatelineError>) throws(DatelineError) in
        switch output {
        case .success(let bytes): try Console.write(bytes)
        case .failure(let error):
          if names.count == 1, failures.isEmpty { throw error }
          failures.append(error)
          Console.error("error: \(error)")
        }
      })
    guard let first = failures.first else { return }
    Console.error("\(Units.count(failures.count, "page or folder", "pages and folders")) could not be read")
    throw ExitCode(Entry.exitCode(first.code))
  }

  private static func read(_ name: String) -> Result<[UInt8], DatelineError> {
    do throws(DatelineError) {
      return .success(try WholeFile.read(name == "-" ? nil : name, limit: PageExtractor.maximumLength))
    } catch {
      return .failure(error)
    }
  }

  /// The pages, with those of folders one by one. A path that is not there is a page that cannot be read.
  ///
  /// - Parameter whenFailed: Gets the folders that cannot be listed, or hold nothing.
  private func files(
    whenFailed: (DatelineError) throws(DatelineError) -> Void
  ) throws(DatelineError) -> [String] {
    if paths.isEmpty { return ["-"] }
    var files: [String] = []
    var summary = CorpusSummary()
    for path in paths {
      guard FileKind.isFolder(path) else {
        files.append(path)
        continue
      }
      do throws(DatelineError) {
        // With a format of files by themselves, folders in it are no labels.
        let listing = try Corpus([path], options: CorpusOptions(format: PageReader.html.identifier)).files()
        summary.ignored += listing.ignored
        files += listing.files
        if listing.files.isEmpty {
          throw DatelineError(.missingInput, "no page in it: name the folder that holds them", at: .init(file: path))
        }
      } catch {
        try whenFailed(error)
      }
    }
    ReadingNotes.show(summary)
    return files
  }
}

extension PageExtractor.Input: WordChoice {}
