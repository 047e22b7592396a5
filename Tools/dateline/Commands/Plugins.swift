import ArgumentParser
import Dateline
import DatelineConformance
import DatelineCore
import DatelinePluginLoader

struct Plugins: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugins",
    abstract: "Lists classifier families, shows their parameters, and checks them.",
    usage: "dateline plugins [list | show <id> | check <id or path>]",
    subcommands: [List.self, Show.self, Check.self],
    defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists the classifier families.",
      usage: "dateline plugins list [--format text|json]")

    @Option(help: "Output for people (text) or for programs (json, one object a line).")
    var format: OutputFormat = .text

    @Option(help: PluginFiles.help)
    var loadPlugin: [String] = []

    func run() throws {
      for plugin in try PluginFiles.registry(loading: loadPlugin).plugins {
        switch format {
        case .text: try Console.print("\(plugin.description.identifier)  \(plugin.description.summary)")
        case .json: try Console.print(Plugins.json(plugin.description, schemas: []).text)
        }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Shows a classifier family and every parameter that train --set takes with it.",
      usage: "dateline plugins show <id> [--format text|json]")

    @Argument(help: ArgumentHelp("The identifier of the family, such as logistic-regression.", valueName: "id"))
    var identifier: String

    @Option(help: "Output for people (text) or for programs (json, one object).")
    var format: OutputFormat = .text

    @Option(help: PluginFiles.help)
    var loadPlugin: [String] = []

    func run() throws {
      let plugin = try PluginFiles.registry(loading: loadPlugin).plugin(identifier).description
      let schemas = [plugin.parameters, VectorizerRegistry.standard().first.parameters]
      if format == .json {
        try Console.print(Plugins.json(plugin, schemas: schemas).indentedText)
        return
      }
      try Console.print("\(plugin.identifier) \(plugin.version)")
      try Console.print(plugin.summary)
      try Console.print("capabilities: \(plugin.capabilities.names.joined(separator: ", "))")
      for (number, schema) in schemas.enumerated() {
        try Console.print(number == 0 ? "\nParameters" : "\nParameters of the text vectorizer")
        for parameter in schema.parameters {
          let value = plugin.vectorizerDefaults[parameter.name] ?? parameter.defaultValue
          try Console.print("  \(parameter.name)=\(value)  (\(parameter.kind.summary))\n      \(parameter.help)")
        }
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Checks that a classifier family keeps the promises that every family has to keep.",
      usage: "dateline plugins check <id or path> [<options>]",
      discussion: """
        It is trained on small invented sets, saved, damaged, loaded, stopped, and given data that nobody expects. All \
        that is random follows from the seed. Ends with exit code 65 when a check fails.
        """)

    @Argument(
      help: ArgumentHelp(
        "The identifier of a family, such as naive-bayes, or a shared object, such as ./mine.so.",
        valueName: "id or path"))
    var subject: String

    @Option(help: ArgumentHelp("Run only this check; repeatable. (default: all checks)", valueName: "name"))
    var only: [String] = []

    @Option(help: ArgumentHelp("What all invented data follows from.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: "Output for people (text) or for programs (json, one object a line).")
    var format: OutputFormat = .text

    @Option(help: PluginFiles.help)
    var loadPlugin: [String] = []

    func run() throws {
      let conformance = Conformance(try plugin(), seed: seed)
      var failures: [String] = []
      let results = try conformance.run(
        only.isEmpty ? Conformance.names : only,
        begin: { name throws(DatelineError) in
          // Should the plugin take the program down, the last line tells in which check.
          if format == .text { try Console.write(Array((name + ": ").utf8)) }
        },
        end: { result throws(DatelineError) in
          if case .failed = result.outcome { failures.append(result.name) }
          try Console.print(text(of: result))
        })
      guard failures.isEmpty else {
        throw DatelineError(
          .invalidData,
          "\(failures.count) of \(results.count) checks failed: \(failures.joined(separator: ", ")); --only NAME --seed \(seed) repeats one",
          at: .init(file: subject))
      }
      let skipped = results.count { if case .skipped = $0.outcome { true } else { false } }
      Console.note("\(subject): \(results.count - skipped) checks passed, \(skipped) do not apply")
    }

    private func plugin() throws(DatelineError) -> any ClassifierPlugin {
      var registry = try PluginFiles.registry(loading: loadPlugin)
      let isPath = subject.contains("/") || subject.contains(".")
      if registry.plugins.contains(where: { $0.description.identifier == subject }) || !isPath {
        return try registry.plugin(subject)
      }
      // As where it is used: beside the families that come along.
      try registry.load([subject])
      return registry.plugins[registry.plugins.count - 1]
    }

    private func text(of result: Conformance.Result) -> String {
      if format == .json {
        var members: [(name: String, value: JSONValue)] = [
          ("check", .string(result.name)), ("summary", .string(result.summary)),
        ]
        switch result.outcome {
        case .passed: members.append(("outcome", "passed"))
        case .skipped(let reason): members += [("outcome", "skipped"), ("reason", .string(reason))]
        case .failed(let expected, let found):
          members += [
            ("outcome", "failed"), ("expected", .string(expected)), ("found", .string(found)),
            ("seed", .string("\(seed)")),
          ]
        }
        return JSONValue.object(members).text
      }
      switch result.outcome {
      case .passed: return "ok"
      case .skipped(let reason): return "does not apply, \(reason)"
      case .failed(let expected, let found):
        return
          "FAILED\n  checked:  \(result.summary)\n  expected: \(expected.printable)\n  found:    \(found.printable)"
      }
    }
  }

  fileprivate static func json(_ plugin: PluginDescription, schemas: [ParameterSchema]) -> JSONValue {
    let parameters: [JSONValue] = schemas.flatMap(\.parameters).map { parameter in
      [
        "name": .string(parameter.name),
        "default": .string((plugin.vectorizerDefaults[parameter.name] ?? parameter.defaultValue).description),
        "allowed": .string(parameter.kind.summary), "help": .string(parameter.help),
      ]
    }
    return .object(
      [
        ("identifier", .string(plugin.identifier)), ("version", .string(plugin.version)),
        ("summary", .string(plugin.summary)),
        ("capabilities", .array(plugin.capabilities.names.map { .string($0) })),
      ] + (schemas.isEmpty ? [] : [("parameters", .array(parameters))]))
  }
}
