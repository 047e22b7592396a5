internal import DatelineCore

/// The files that paths stand for, in the order in which they are read.
struct CorpusListing {
  private(set) var files: [CorpusFile] = []
  private(set) var ignored: [String] = []
  private let format: String

  /// How deep folders may nest; more is taken for a link that leads to itself.
  private static let maximumDepth = 32

  /// - Parameter format: The identifier of a format, or `auto`.
  init(_ paths: [String], format: String) throws(DatelineError) {
    self.format = format
    for path in paths {
      if path == "-" {
        try refuseFolder(file: "standard input")
        files.append(CorpusFile(file: "standard input", name: "stdin", format: explicit))
      } else if try DirectoryEntries.isDirectory(path) {
        try add(folder: path, name: "", depth: 0)
      } else {
        try refuseFolder(file: path)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        files.append(CorpusFile(path: path, file: path, name: name, format: explicit))
      }
    }
  }

  private var explicit: String? { format == "auto" ? nil : format }

  private func refuseFolder(file: String) throws(DatelineError) {
    if format == "folder" {
      throw DatelineError(
        .usage, "the format \"folder\" is a folder that holds one folder per label, and this is none",
        at: .init(file: file))
    }
  }

  private mutating func add(folder: String, name: String, depth: Int) throws(DatelineError) {
    guard depth < Self.maximumDepth else {
      throw DatelineError(
        .invalidData, "folders nest deeper than \(Self.maximumDepth): is there a link that leads back?",
        at: .init(file: folder))
    }
    let entries = try DirectoryEntries(folder)
    ignored += entries.ignored.map { DirectoryEntries.join(folder, $0) }
    var isPerLabel = format == "folder"
    if format == "auto" { isPerLabel = try isFolderPerLabel(entries, in: folder) }
    if isPerLabel { return try add(labels: entries, in: folder, name: name) }
    let reuters = entries.files.filter { FormatDetection.format(ofName: $0) == "reuters-sgml" }
    let onlyReuters = format == "reuters-sgml" || format == "auto" && !reuters.isEmpty
    for file in entries.files {
      let path = DirectoryEntries.join(folder, file)
      if onlyReuters, !reuters.contains(file) {
        ignored.append(path)
      } else {
        files.append(
          CorpusFile(path: path, file: path, name: DirectoryEntries.join(name, file), format: explicit))
      }
    }
    for inner in entries.folders {
      try add(
        folder: DirectoryEntries.join(folder, inner), name: DirectoryEntries.join(name, inner), depth: depth + 1)
    }
  }

  /// Whether a folder holds nothing but folders, and those nothing but documents of plain text.
  private func isFolderPerLabel(_ entries: DirectoryEntries, in folder: String) throws(DatelineError) -> Bool {
    guard entries.files.isEmpty, !entries.folders.isEmpty else { return false }
    var holdsFiles = false
    for label in entries.folders {
      let inner = try DirectoryEntries(DirectoryEntries.join(folder, label))
      guard inner.folders.isEmpty else { return false }
      if let first = inner.files.first {
        holdsFiles = true
        if FormatDetection.format(ofName: first) != nil { return false }
      }
    }
    return holdsFiles
  }

  private mutating func add(
    labels entries: DirectoryEntries, in folder: String, name: String
  ) throws(DatelineError) {
    if let loose = entries.files.first {
      throw DatelineError(
        .invalidData,
        "a file beside the folders of the labels: in the format \"folder\" each file lies in its label's folder",
        at: .init(file: DirectoryEntries.join(folder, loose)))
    }
    for label in entries.folders {
      try add(
        label: label, path: DirectoryEntries.join(folder, label), name: DirectoryEntries.join(name, label),
        folder: folder, depth: 0)
    }
  }

  /// Adds the files of one label; a folder inside is a label below it.
  private mutating func add(
    label: String, path: String, name: String, folder: String, depth: Int
  ) throws(DatelineError) {
    guard depth < Self.maximumDepth else {
      throw DatelineError(.invalidData, "folders nest deeper than \(Self.maximumDepth)", at: .init(file: path))
    }
    let entries = try DirectoryEntries(path)
    ignored += entries.ignored.map { DirectoryEntries.join(path, $0) }
    for file in entries.files {
      let inner = DirectoryEntries.join(path, file)
      files.append(
        CorpusFile(
          path: inner, file: inner, name: DirectoryEntries.join(name, file), format: "folder", label: label,
          folder: folder))
    }
    for inner in entries.folders {
      try add(
        label: "\(label)/\(inner)", path: DirectoryEntries.join(path, inner),
        name: DirectoryEntries.join(name, inner), folder: folder, depth: depth + 1)
    }
  }
}
