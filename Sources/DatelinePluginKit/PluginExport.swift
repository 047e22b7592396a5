public import CDatelinePlugin
public import DatelineCore
import Synchronization

/// Makes the table of a plugin of a type that conforms to `ClassifierPlugin`.
///
/// A plugin in Swift is such a type and one function:
///
/// ```swift
/// @_cdecl("dateline_plugin_v1") public func datelinePlugin() -> UnsafePointer<dateline_plugin> { exported(MyPlugin()) }
/// ```
///
/// - Parameter plugin: The family. A shared object has one; later calls give the table of the first.
/// - Returns: The table, which stays.
public func exported(_ plugin: some ClassifierPlugin) -> UnsafePointer<dateline_plugin> {
  Exported.current.withLock { current in
    if let current { return current.table }
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
      (kind, least, most) = (DATELINE_INTEGER, Double(range.lowerBound), Double(range.upperBound))
    case .choice(let choices): (kind, words) = (DATELINE_CHOICE, choices)
    case .flag: break
    case .pattern: preconditionFailure("the parameter \(parameter.name): patterns cannot be exported, take a choice")
    }
    // There is no search across the boundary: the middle of the values to try takes the place of `auto`.
    let grid = plugin.searchGrid[parameter.name] ?? []
    let isAutomatic = parameter.defaultValue == .choice("auto")
    let standard = isAutomatic && !grid.isEmpty ? grid[grid.count / 2] : parameter.defaultValue
    let texts = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: max(1, words.count))
    for (number, word) in words.enumerated() { (texts + number).initialize(to: lasting(word)) }
    return dateline_parameter(
      struct_size: UInt32(MemoryLayout<dateline_parameter>.stride), kind: UInt32(kind), name: lasting(parameter.name),
      help: lasting(parameter.help), default_value: lasting(standard.description), minimum: least, maximum: most,
      words: texts, word_count: UInt64(words.count))
  }

  /// A string as long as the program runs.
  private static func lasting(_ text: String) -> UnsafePointer<CChar> {
    let characters = text.utf8CString
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: characters.count)
    for (place, character) in characters.enumerated() { (memory + place).initialize(to: character) }
    return UnsafePointer(memory)
  }
}
