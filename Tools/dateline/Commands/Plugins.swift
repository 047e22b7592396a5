import ArgumentParser
import Dateline
import DatelineCore

struct Plugins: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugins",
    abstract: "Lists classifier families and shows their parameters.",
    usage: "dateline plugins [list | show <id>]", subcommands: [List.self, Show.self],
    defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "Lists the classifier families.",
      usage: "dateline plugins list [--format text|json]")

    @Option(help: "Output for people (text) or for programs (json, one object a line).")
    var format: OutputFormat = .text

    func run() throws {
      for plugin in PluginRegistry.standard().plugins {
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

    func run() throws {
      let plugin = try PluginRegistry.standard().plugin(identifier).description
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
