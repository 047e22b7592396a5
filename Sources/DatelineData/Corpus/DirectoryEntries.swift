internal import DatelineCore
internal import Glibc

/// The entries of a folder, in the order of their names' bytes.
struct DirectoryEntries {
  /// The names of the files.
  private(set) var files: [String] = []
  /// The names of the folders.
  private(set) var folders: [String] = []
  /// The names of files and folders that are not documents by their name, or cannot be opened by it: those that are not in
  /// UTF-8.
  private(set) var ignored: [String] = []

  /// Reads a folder.
  ///
  /// - Throws: ``DatelineError/Code/inputOutput`` with what the system says.
  init(_ path: String) throws(DatelineError) {
    guard let directory = opendir(path) else { throw SystemError.error(errno, opening: path) }
    defer { closedir(directory) }
    while true {
      errno = 0
      guard let entry = readdir(directory) else { break }
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard let name = String(validating: bytes, as: UTF8.self) else {
        ignored.append(String(decoding: bytes, as: UTF8.self))
        continue
      }
      if name == "." || name == ".." { continue }
      switch Self.isIgnored(name) ? .other : Self.kind(Self.join(path, name), entry.pointee.d_type) {
      case .folder: folders.append(name)
      case .file: files.append(name)
      case .other: ignored.append(name)
      }
    }
    if errno != 0 {
      throw DatelineError(.inputOutput, "cannot be listed", at: .init(file: path), cause: SystemError.text(errno))
    }
    func sort(_ names: inout [String]) { names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
    sort(&files)
    sort(&folders)
    sort(&ignored)
  }

  /// Whether there is a folder at a path.
  ///
  /// - Throws: ``DatelineError/Code/missingInput`` when there is nothing.
  static func isDirectory(_ path: String) throws(DatelineError) -> Bool {
    var status = stat()
    if stat(path, &status) != 0 { throw SystemError.error(errno, opening: path) }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  /// A path one step down.
  static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  private enum Kind { case file, folder, other }

  /// What a name stands for. Pipes and devices are no documents: to read one may take for ever. A link that leads nowhere
  /// is a file, so that it is named when it cannot be read.
  private static func kind(_ path: String, _ type: UInt8) -> Kind {
    if Int(type) == Int(DT_REG) { return .file }
    if Int(type) == Int(DT_DIR) { return .folder }
    var status = stat()
    guard stat(path, &status) == 0 else { return .file }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    default: .other
    }
  }

  /// Whether a file is about the documents by its name: `README`, `LICENSE.txt`, but not `notice-of-strike.html`.
  private static func isIgnored(_ name: String) -> Bool {
    let lower = name.lowercased()
    let names = ["", "readme", "license", "licence", "copying", "notice", "changelog"]
    return names.contains(String(lower.prefix { $0 != "." })) || lower.hasSuffix(".lc.txt") || lower.hasSuffix("~")
  }
}
