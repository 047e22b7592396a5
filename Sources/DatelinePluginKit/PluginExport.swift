public import CDatelinePlugin
public import DatelineCore
import Glibc
import Synchronization

/// Makes the table of a plugin of a type that conforms to `ClassifierPlugin`.
///
/// A plugin in Swift is such a type and one function:
///
/// ```swift
/// @_cdecl("dateline_plugin_v1") public func datelinePlugin() -> UnsafePointer<dateline_plugin>? { exported(MyPlugin()) }
/// ```
///
/// What the C interface has no place for stays behind: the values to try of parameters that are `auto` (the middle one takes
/// their place), the vectorizer's defaults, and the candidates of a training set. A parameter that is a pattern, or `auto`
/// without values to try, cannot be exported.
///
/// - Parameter plugin: The family. A shared object has one; later calls give the table of the first.
/// - Returns: The table, which stays; `nil`, with the reason on standard error, for a family that cannot be exported.
public func exported(_ plugin: some ClassifierPlugin) -> UnsafePointer<dateline_plugin>? {
  Exported.current.withLock { current in
    if let current { return current.table }
    if let problem = Exported.problem(plugin.description) {
      let message = Array("\(plugin.description.identifier): \(problem)\n".utf8)
      _ = write(STDERR_FILENO, message, message.count)
      return nil
    }
    let exported = Exported(plugin)
    current = exported
    return exported.table
  }
}

/// The plugin of this shared object, and its table.
///
/// Unchecked: the table is written once, before anybody sees it.
struct Exported: @unchecked Sendable {
  let plugin: any ClassifierPlugin
  let table: UnsafePointer<dateline_plugin>

  static let current = Mutex<Exported?>(nil)

  /// The plugin; there is one from the moment on in which anybody can call its functions.
  static var plugin: any ClassifierPlugin {
    guard let exported = current.withLock({ $0 }) else { preconditionFailure("a function of a plugin without a table") }
    return exported.plugin
  }

  init(_ plugin: some ClassifierPlugin) {
    self.plugin = plugin
    let description = plugin.description
    let parameters = description.parameters.parameters
    let table = UnsafeMutablePointer<dateline_plugin>.allocate(capacity: 1)
    let list = UnsafeMutablePointer<dateline_parameter>.allocate(capacity: max(1, parameters.count))
    for (number, parameter) in parameters.enumerated() {
      (list + number).initialize(to: Exported.parameter(parameter, description))
    }
    let isLinear = description.capabilities.contains(.linear)
    let isIncremental = plugin is any IncrementalClassifierPlugin && description.capabilities.contains(.incremental)
    table.initialize(
      to: dateline_plugin(
        abi_version: UInt32(DATELINE_PLUGIN_ABI), struct_size: UInt32(MemoryLayout<dateline_plugin>.size),
        identifier: Exported.lasting(description.identifier), version: Exported.lasting(description.version),
        summary: Exported.lasting(description.summary),
        capabilities: Exported.bits(description.capabilities, isIncremental: isIncremental), parameters: list,
        parameter_count: UInt64(parameters.count), train: ExportedFunctions.train, score: ExportedFunctions.score,
        serialize: ExportedFunctions.serialize, deserialize: ExportedFunctions.deserialize,
        destroy: ExportedFunctions.destroy, update: isIncremental ? ExportedFunctions.update : nil,
        contribution: isLinear ? ExportedFunctions.contribution : nil,
        constant: isLinear ? ExportedFunctions.constant : nil))
    self.table = UnsafePointer(table)
  }

  private static func bits(_ capabilities: PluginDescription.Capabilities, isIncremental: Bool) -> UInt64 {
    var bits = 0
    if capabilities.contains(.multiLabel) { bits |= DATELINE_MULTI_LABEL }
    if capabilities.contains(.nonNegativeOnly) { bits |= DATELINE_NON_NEGATIVE_ONLY }
    if capabilities.contains(.linear) { bits |= DATELINE_ADDITIVE }
    if capabilities.contains(.probabilistic) { bits |= DATELINE_PROBABILISTIC }
    if isIncremental { bits |= DATELINE_INCREMENTAL }
    return UInt64(bits)
  }

  private static func parameter(_ parameter: Parameter, _ plugin: PluginDescription) -> dateline_parameter {
    var (kind, least, most, words) = (DATELINE_FLAG, 0.0, 0.0, [String]())
    switch parameter.kind {
    case .number(let range, automatic: _): (kind, least, most) = (DATELINE_NUMBER, range.lowerBound, range.upperBound)
    case .integer(let range, automatic: _):
      // A double holds whole numbers up to 2^53.
      (kind, least, most) = (
        DATELINE_INTEGER, Double(max(range.lowerBound, -1 << 53)), Double(min(range.upperBound, 1 << 53))
      )
    case .choice(let choices): (kind, words) = (DATELINE_CHOICE, choices)
    case .flag: break
    case .pattern: break
    }
    let standard = Exported.standard(parameter, plugin)
    let texts = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: max(1, words.count))
    for (number, word) in words.enumerated() { (texts + number).initialize(to: lasting(word)) }
    return dateline_parameter(
      struct_size: UInt32(MemoryLayout<dateline_parameter>.stride), kind: UInt32(kind), name: lasting(parameter.name),
      help: lasting(parameter.help), default_value: lasting(standard.description), minimum: least, maximum: most,
      words: texts, word_count: UInt64(words.count))
  }

  /// The default; where that is `auto`, the middle of the values to try, as there is no search across the boundary.
  private static func standard(_ parameter: Parameter, _ plugin: PluginDescription) -> ParameterValue {
    let grid = plugin.searchGrid[parameter.name] ?? []
    return parameter.defaultValue == .choice("auto") && !grid.isEmpty ? grid[grid.count / 2] : parameter.defaultValue
  }

  /// Why a family cannot be exported; `nil` where it can.
  static func problem(_ plugin: PluginDescription) -> String? {
    for parameter in plugin.parameters.parameters {
      switch parameter.kind {
      case .pattern:
        return "the parameter \(parameter.name) is a pattern: only numbers, choices and flags can be exported"
      case .number(_, automatic: true), .integer(_, automatic: true):
        if standard(parameter, plugin) == .choice("auto") {
          return "the parameter \(parameter.name) is auto, and there are no values to try: give it a number"
        }
      default: break
      }
    }
    return nil
  }

  /// A string as long as the program runs.
  private static func lasting(_ text: String) -> UnsafePointer<CChar> {
    let characters = text.utf8CString
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: characters.count)
    for (place, character) in characters.enumerated() { (memory + place).initialize(to: character) }
    return UnsafePointer(memory)
  }
}
