import ArgumentParser
import Dateline
import DatelineCore
import DatelinePluginLoader
import Glibc

/// The option `--load-plugin`: which classifier families there are besides those that come with Dateline.
///
/// Each verb that uses any has the option itself, as a group of options takes a start longer than all that is in it.
enum PluginFiles {
  static let help = ArgumentHelp(
    "A shared object with a classifier family that somebody else has built; repeatable. It runs as part of dateline: load what you trust. Those that DATELINE_PLUGINS names, with colons between them, are loaded as well.",
    valueName: "path")

  /// The families that come with Dateline, those that the environment names, and those of the command line.
  static func registry(loading paths: [String]) throws(DatelineError) -> PluginRegistry {
    var registry = PluginRegistry.standard()
    // A file may be named in both places, and in several ways.
    var files: Set<String> = []
    for path in environment + paths where files.insert(file(path)).inserted {
      try registry.load([path])
    }
    return registry
  }

  private static func file(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static var environment: [String] {
    guard let value = getenv("DATELINE_PLUGINS") else { return [] }
    return String(cString: value).split(separator: ":").map(String.init)
  }
}
