import DatelineCore
import Glibc
import Testing

/// What a run of a program gave.
struct Run {
  var output: String
  var errors: String
  /// The exit code; `nil` when a signal ended it.
  var code: Int32?
  /// The signal that ended it.
  var signal: Int32?

  var lines: [String] { output.split(separator: "\n").map(String.init) }

  /// The one JSON value on standard output.
  func json() throws -> JSONValue { try JSONValue(parsing: Array(output.utf8)) }
  /// One JSON value a line.
  func jsonLines() throws -> [JSONValue] { try lines.map { try JSONValue(parsing: Array($0.utf8)) } }
}

/// The built command.
enum Command {
  /// The executable, which the build puts beside the test bundle.
  static let path: String = {
    var folders: [String] = []
    for argument in CommandLine.arguments {
      let value = argument.split(separator: "=").last.map(String.init) ?? argument
      if let slash = value.lastIndex(of: "/") { folders.append(String(value[..<slash])) }
    }
    if let program = realpath("/proc/self/exe", nil) {
      let value = String(cString: program)
      free(program)
      folders.append(String(value[..<(value.lastIndex(of: "/") ?? value.startIndex)]))
    }
    folders.append(#filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/.build/debug")
    let paths = folders.map { "\($0)/dateline" }
    return paths.first { access($0, X_OK) == 0 } ?? "dateline"
  }()

  /// Runs the command.
  ///
  /// - Parameters:
  ///   - arguments: What follows its name.
  ///   - input: A file for standard input; `nil` for an empty one.
  ///   - output: A file for standard output, in place of one whose content is returned.
  ///   - environment: The environment, without the caller's.
  static func run(
    _ arguments: [String], input: String? = nil, output: String? = nil, environment: [String] = []
  ) throws -> Run {
    try run(path, arguments, input: input, output: output, environment: environment)
  }

  /// Runs a script of the shell, which finds the command as `$dateline`.
  static func shell(_ script: String, in folder: TemporaryFolder) throws -> Run {
    try run("/bin/sh", ["-c", "cd '\(folder.path)' || exit 99; \(script)"], environment: ["dateline=\(path)"])
  }

  private static func run(
    _ program: String, _ arguments: [String], input: String? = nil, output: String? = nil, environment: [String]
  ) throws -> Run {
    let folder = try TemporaryFolder()
    let (standardOutput, standardError) = (output ?? folder.path + "/output", folder.path + "/errors")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input ?? "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, standardOutput, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, standardError, O_WRONLY | O_CREAT, 0o600)
    var process = pid_t()
    let status = withStrings([program] + arguments) { arguments in
      withStrings(["PATH=/usr/bin:/bin"] + environment) { environment in
        posix_spawn(&process, program, &actions, nil, arguments, environment)
      }
    }
    try #require(status == 0, "\(program) cannot be started: build it first")
    var end: Int32 = 0
    while waitpid(process, &end, 0) < 0 { try #require(errno == EINTR) }
    let signal = end & 0x7F
    return Run(
      output: output == nil ? try folder.text("output") : "", errors: try folder.text("errors"),
      code: signal == 0 ? (end >> 8) & 0xFF : nil, signal: signal == 0 ? nil : signal)
  }

  private static func withStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}

/// Runs the command and expects an error: its code, nothing on standard output, and words in the message.
func expectError(
  _ code: Int32, _ arguments: [String], _ words: String..., input: String? = nil, environment: [String] = [],
  at location: SourceLocation = #_sourceLocation
) throws {
  let run = try Command.run(arguments, input: input, environment: environment)
  #expect(run.code == code, "\(arguments) said: \(run.errors)", sourceLocation: location)
  #expect(run.output == "", sourceLocation: location)
  for word in words {
    #expect(run.errors.contains(word), "\"\(word)\" is not in: \(run.errors)", sourceLocation: location)
  }
}

/// Runs the command and expects success.
@discardableResult
func expectSuccess(
  _ arguments: [String], input: String? = nil, environment: [String] = [],
  at location: SourceLocation = #_sourceLocation
) throws -> Run {
  let run = try Command.run(arguments, input: input, environment: environment)
  try #require(run.code == 0, "\(arguments) said: \(run.errors)", sourceLocation: location)
  return run
}
