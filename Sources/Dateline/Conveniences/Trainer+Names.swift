public import DatelineCore
public import DatelineParallel

extension Trainer {
  /// A trainer by names, as on the command line.
  ///
  /// - Parameters:
  ///   - facet: The facet; in a corpus on disk also the name of the field with the labels.
  ///   - kind: Whether labels exclude each other.
  ///   - plugin: The classifier family's identifier; `nil` for the registry's first.
  ///   - settings: Parameters of the classifier and the vectorizer, as users write them.
  ///   - registry: The classifier families to choose from.
  ///   - workers: The threads.
  /// - Throws: `DatelineError.Code.usage` for a name that is no facet's, or a family that is not there.
  public init(
    facet: String, kind: Domain.Kind = .exclusive, plugin: String? = nil, settings: [String: String] = [:],
    registry: PluginRegistry = .standard(), workers: WorkerPool = WorkerPool()
  ) throws(DatelineError) {
    guard let name = plugin ?? registry.plugins.first?.description.identifier else {
      throw DatelineError(.usage, "a registry without classifier families: add one to it")
    }
    self.init(
      facet: try Facet(facet), kind: kind, plugin: try registry.plugin(name), settings: settings, workers: workers)
  }
}
