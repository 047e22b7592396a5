import ArgumentParser
import Dateline
import DatelineCore
import DatelinePluginLoader
import Glibc

/// Which classifier families there are besides those that come with Dateline; shared by every verb that uses any.
struct PluginOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A shared object with a classifier family that somebody else has built; repeatable. It runs as part of dateline: load what you trust. (default: those that DATELINE_PLUGINS names, with colons between them)",
      valueName: "path"))
  var loadPlugin: [String] = []

  /// The families that come with Dateline, those that the environment names, and those of the command line.
  func registry() throws(DatelineError) -> PluginRegistry {
    var registry = PluginRegistry.standard()
    // A path may be named in both places.
    var paths = PluginOptions.environment
    for path in loadPlugin where !paths.contains(path) { paths.append(path) }
    try registry.load(paths)
    return registry
  }

  private static var environment: [String] {
    guard let value = getenv("DATELINE_PLUGINS") else { return [] }
    return String(cString: value).split(separator: ":").map(String.init)
  }
}
