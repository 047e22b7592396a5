public import DatelineCore
import Glibc

/// The folder with the models that are used where none is named: the one that `DATELINE_MODELS` names, or else `Models`
/// in the current folder, what was installed with the program, or what lies in the checkout that it was built in.
public enum ModelFolder {
  /// The model files in it, in the order of their names.
  ///
  /// - Throws: `DatelineError.Code.missingInput` when there are none, with where they were looked for.
  public static func models() throws(DatelineError) -> [String] {
    if let named = getenv("DATELINE_MODELS").map({ String(cString: $0) }) {
      guard let models = models(in: named) else {
        throw DatelineError(
          .missingInput, "no models: there is no folder \"\(named)\", which DATELINE_MODELS names")
      }
      guard !models.isEmpty else {
        throw DatelineError(.missingInput, "no models: \"\(named)\" holds no file that ends in .dateline")
      }
      return models
    }
    for folder in folders { if let models = models(in: folder), !models.isEmpty { return models } }
    throw DatelineError(
      .missingInput,
      "no models in \(folders.map { "\"\($0)\"" }.joined(separator: " or ")): name a model with --model FILE, or a folder in DATELINE_MODELS"
    )
  }

  private static var folders: [String] {
    guard let program = programFolder() else { return ["Models"] }
    var folders = ["Models", program + "/../share/dateline/Models"]
    if let build = program.range(of: "/.build") { folders.append(program[..<build] + "/Models") }
    return folders
  }

  /// The folder that the program lies in.
  private static func programFolder() -> String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let length = readlink("/proc/self/exe", &path, path.count - 1)
    guard length > 0 else { return nil }
    let bytes = path[..<length].map { UInt8(bitPattern: $0) }
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return String(decoding: bytes[..<slash], as: UTF8.self)
  }

  /// The model files in a folder; `nil` when there is no such folder.
  private static func models(in folder: String) -> [String]? {
    guard let directory = opendir(folder) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".dateline"), !name.hasPrefix(".") { names.append("\(folder)/\(name)") }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension String {
  /// Where another string begins in this one.
  fileprivate func range(of other: String) -> Index? {
    indices.first { self[$0...].hasPrefix(other) }
  }
}

extension Tagger {
  /// A tagger of the models that come with Dateline: region, topic and sentiment, or whatever else lies in the folder of
  /// models (``ModelFolder``).
  ///
  /// - Throws: `DatelineError` when there are no models or one is damaged.
  public static func standard() throws(DatelineError) -> Tagger { try Tagger(modelsAt: ModelFolder.models()) }
}
