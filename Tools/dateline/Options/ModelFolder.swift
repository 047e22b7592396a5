import DatelineCore
import Glibc

/// The folder with the models that are used where none is named.
enum ModelFolder {
  /// The model files in it, in the order of their names.
  static func models() throws(DatelineError) -> [String] {
    let folder = getenv("DATELINE_MODELS").map { String(cString: $0) } ?? "Models"
    guard let directory = opendir(folder) else {
      throw DatelineError(
        .missingInput,
        "no models: there is no folder \"\(folder)\"; name a model with --model FILE, or set DATELINE_MODELS")
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".dateline"), !name.hasPrefix(".") { names.append("\(folder)/\(name)") }
    }
    guard !names.isEmpty else {
      throw DatelineError(
        .missingInput, "no models: \"\(folder)\" holds no file that ends in .dateline; name a model with --model FILE")
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
