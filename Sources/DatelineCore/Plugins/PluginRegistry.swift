/// The classifier families that a program knows. A value: built in one visible list, and never changed behind anybody's
/// back.
public struct PluginRegistry: Sendable {
  /// The families, in the order in which they were added.
  public private(set) var plugins: [any ClassifierPlugin]

  /// A registry of the given families.
  ///
  /// - Throws: ``DatelineError/Code/usage`` when two have one identifier.
  public init(_ plugins: [any ClassifierPlugin]) throws(DatelineError) {
    self.plugins = []
    for plugin in plugins { try add(plugin) }
  }

  /// Adds a family.
  ///
  /// - Throws: ``DatelineError/Code/usage`` when its identifier is taken.
  public mutating func add(_ plugin: any ClassifierPlugin) throws(DatelineError) {
    let identifier = plugin.description.identifier
    guard !plugins.contains(where: { $0.description.identifier == identifier }) else {
      throw DatelineError(.usage, "two plugins are called \"\(identifier)\": load one of them only")
    }
    plugins.append(plugin)
  }

  /// The family of a name.
  ///
  /// - Throws: ``DatelineError/Code/usage`` that lists the known names.
  public func plugin(_ identifier: String) throws(DatelineError) -> any ClassifierPlugin {
    guard let plugin = plugins.first(where: { $0.description.identifier == identifier }) else {
      let known = plugins.map(\.description.identifier).joined(separator: ", ")
      throw DatelineError(.usage, "no plugin is called \"\(identifier)\"; there are \(known)")
    }
    return plugin
  }
}
