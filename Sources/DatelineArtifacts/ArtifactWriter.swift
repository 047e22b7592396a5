public import DatelineCore

/// Writes model files; ``ArtifactFormat`` describes their bytes.
public enum ArtifactWriter {
  /// Writes a model file so that at every moment the path holds the old file or the whole new one, even when the
  /// machine loses power.
  ///
  /// The file is written without a name in the folder of `path`, synchronised to the disk, named, and renamed to
  /// `path`, so a process that is killed on the way leaves nothing behind. File systems without nameless files (NFS)
  /// get it under a temporary name (`path.tmp-<process>-<number>`), which a killed process can leave; it is never
  /// read. Programs that have the old file open or mapped keep it. A new file gets the usual permissions
  /// (the process's mask), a replaced one keeps its own. Where `path` is a symbolic link the file that it names is
  /// replaced, and the link stays. A pipe, a terminal or a device such as `/dev/stdout` is refused, because a
  /// file beside it means nothing.
  ///
  /// Costs no copy of the payloads.
  ///
  /// - Parameters:
  ///   - manifest: An object; at most 16 MiB as text and 64 levels deep, with finite numbers, and no name twice.
  ///   - payloads: At most 1,024; names of 1 to 47 of `a`–`z`, `0`–`9`, `.`, `-`, `_`, each once.
  ///   - path: The file.
  /// - Throws: ``DatelineError/Code/invalidData`` for a manifest or payloads that the format has no room for,
  ///   ``DatelineError/Code/inputOutput`` when writing fails; then there is no temporary file, and what stood at
  ///   `path` is untouched.
  public static func write(
    manifest: JSONValue, payloads: [Payload], to path: String
  ) throws(DatelineError) {
    try replaceFile(at: path, with: pieces(manifest: manifest, payloads: payloads))
  }

  /// Checks that a model file can be written to a path, as far as that is known beforehand: for programs that work for
  /// long before they have something to write. Nothing is changed.
  ///
  /// - Throws: What ``write(manifest:payloads:to:)`` would throw for the path.
  public static func check(path: String) throws(DatelineError) { try checkReplacing(path) }

  /// The bytes of a model file. Costs memory for a copy of all payloads.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` as ``write(manifest:payloads:to:)`` does.
  public static func data(manifest: JSONValue, payloads: [Payload]) throws(DatelineError) -> [UInt8] {
    Array(try pieces(manifest: manifest, payloads: payloads).joined())
  }

  /// The file in pieces that follow one another; the payloads among them share their memory with the caller's.
  private static func pieces(manifest: JSONValue, payloads: [Payload]) throws(DatelineError) -> [[UInt8]] {
    let text = try encode(manifest)
    try check(names: payloads.map(\.name))
    let manifestEnd = ArtifactFormat.headerLength + text.count
    let directoryOffset = aligned(manifestEnd, to: ArtifactFormat.directoryAlignment)
    var end = directoryOffset + payloads.count * ArtifactFormat.entryLength
    var directory: [UInt8] = []
    var sections: [[UInt8]] = []
    for payload in payloads {
      let offset = aligned(end, to: ArtifactFormat.sectionAlignment)
      let section = ArtifactSection(
        name: payload.name, offset: offset, length: payload.bytes.count, checksum: checksum(payload.bytes))
      directory += section.entry
      sections += [[UInt8](repeating: 0, count: offset - end), payload.bytes]
      end = section.range.upperBound
    }
    let header = ArtifactHeader(
      fileSize: UInt64(end), manifestOffset: UInt64(ArtifactFormat.headerLength), manifestLength: UInt64(text.count),
      manifestChecksum: checksum(text), directoryOffset: UInt64(directoryOffset),
      directoryCount: UInt64(payloads.count), directoryChecksum: checksum(directory))
    let padding = [UInt8](repeating: 0, count: directoryOffset - manifestEnd)
    return [header.bytes, text, padding, directory] + sections
  }

  private static func encode(_ manifest: JSONValue) throws(DatelineError) -> [UInt8] {
    guard case .object = manifest else {
      throw DatelineError(.invalidData, "a manifest that is no JSON object: give it named members")
    }
    if let problem = ManifestRules.problem(in: manifest) {
      throw DatelineError(.invalidData, "a manifest with \(problem): a model file cannot hold it")
    }
    var text: [UInt8] = []
    manifest.write(into: &text)
    guard text.count <= ArtifactFormat.maximumManifestLength else {
      throw DatelineError(
        .invalidData,
        "a manifest of \(text.count) bytes; the limit is \(ArtifactFormat.maximumManifestLength): put large things into payloads"
      )
    }
    return text
  }

  private static func check(names: [String]) throws(DatelineError) {
    guard names.count <= ArtifactFormat.maximumSectionCount else {
      throw DatelineError(
        .invalidData,
        "\(names.count) payloads; a model file holds up to \(ArtifactFormat.maximumSectionCount): join some of them")
    }
    var known: Set<String> = []
    for name in names {
      guard ArtifactFormat.allows(name: name.utf8) else {
        throw DatelineError(
          .invalidData,
          "\"\(name)\" is no name for a payload: use 1 to \(ArtifactFormat.maximumNameLength) of a-z, 0-9, '.', '-', '_'"
        )
      }
      guard known.insert(name).inserted else {
        throw DatelineError(.invalidData, "two payloads called \"\(name)\": names are unique in a model file")
      }
    }
  }

  private static func aligned(_ offset: Int, to alignment: Int) -> Int { (offset + alignment - 1) & ~(alignment - 1) }
}
