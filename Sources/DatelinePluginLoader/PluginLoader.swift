public import CDatelinePlugin
public import DatelineCore
import Glibc

/// Loads classifier families that somebody else has built as shared objects (`dateline/plugin.h`).
public enum PluginLoader {
  /// Loads one plugin. It stays loaded until the program ends.
  ///
  /// Loading runs code of the shared object, so nothing is loaded that the user has not named.
  ///
  /// - Parameter path: The shared object.
  /// - Returns: The family, which is then like any other.
  /// - Throws: `DatelineError.Code.missingInput` where no such file is, `.incompatible` for a file that is no plugin, or
  ///   one that this version cannot use, with what to do.
  public static func load(_ path: String) throws(DatelineError) -> any ClassifierPlugin {
    do {
      return try plugin(of: try entry(path)())
    } catch {
      throw DatelineError(error.code, error.message, at: .init(file: path), cause: error.cause)
    }
  }

  /// The family of a table, such as that of a plugin in C which is part of the program.
  ///
  /// - Throws: `DatelineError.Code.incompatible` for a table that this version cannot use.
  public static func plugin(of table: UnsafePointer<dateline_plugin>?) throws(DatelineError) -> any ClassifierPlugin {
    let table = try PluginTable(table)
    return table.description.capabilities.contains(.incremental)
      ? IncrementalForeignPlugin(table) : ForeignPlugin(table)
  }

  private typealias Entry = @convention(c) () -> UnsafePointer<dateline_plugin>?

  private static func entry(_ path: String) throws(DatelineError) -> Entry {
    try SharedObjectFile.check(path)
    // Without a slash in it, a name would be looked for in the system's folders.
    guard let library = dlopen(path.contains("/") ? path : "./" + path, RTLD_NOW | RTLD_LOCAL) else {
      let reason = dlerror().map { String(cString: $0) } ?? ""
      let isMissing = reason.contains("undefined symbol") || reason.contains("cannot open shared object")
      throw DatelineError(
        .incompatible,
        isMissing
          ? "the plugin needs a library or a function that is not there: link it with what it uses"
          : "not a shared object that can be loaded here: build the plugin with -shared -fPIC, for this machine",
        cause: reason)
    }
    guard let symbol = dlsym(library, "dateline_plugin_v1") else {
      throw DatelineError(
        .incompatible, "a shared object without dateline_plugin_v1: not a plugin of Dateline, or the function is hidden"
      )
    }
    return unsafeBitCast(symbol, to: Entry.self)
  }
}

extension PluginRegistry {
  /// Adds the families of some shared objects, in order.
  ///
  /// - Throws: Also `DatelineError.Code.usage` when one is called as another is.
  public mutating func load(_ paths: [String]) throws(DatelineError) {
    for path in paths {
      let plugin = try PluginLoader.load(path)
      do {
        try add(plugin)
      } catch {
        throw DatelineError(error.code, error.message, at: .init(file: path), cause: error.cause)
      }
    }
  }
}
