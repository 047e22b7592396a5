import DatelineCore
import DatelineVectors

/// Checks everything about a model file but the content of its sections.
///
/// Nothing that the file says is believed before it is checked against the bytes that are there, and nothing is
/// allocated whose size those bytes do not bound.
struct ArtifactParser {
  let bytes: SharedBuffer<UInt8>
  let location: DatelineError.Location?

  func parse() throws(DatelineError) -> (manifest: JSONValue, sections: [ArtifactSection], checksum: UInt64) {
    try checkMagic()
    try checkVersion()
    let (header, checksum) = try header()
    let manifest = try manifestRange(header)
    let directory = try directoryRange(header, manifestEnd: manifest.upperBound)
    let sections = try sections(directory, fileSize: bytes.count)
    try checkPadding(from: manifest.upperBound, to: directory.lowerBound, before: "the directory")
    var end = directory.upperBound
    for section in sections {
      try checkPadding(from: end, to: section.offset, before: "the section \"\(section.name)\"")
      end = section.range.upperBound
    }
    return (try parseManifest(bytes.slice(manifest)), sections, checksum)
  }

  private func damaged(_ message: String) -> DatelineError { DatelineError(.invalidData, message, at: location) }

  /// The header is sound in itself and yet impossible, which no accident brings about.
  private func contradiction(_ message: String) -> DatelineError {
    damaged(message + ": the file was made by a faulty or hostile program")
  }

  private func checkMagic() throws(DatelineError) {
    let magic = ArtifactFormat.magic
    let head = bytes.slice(0..<min(bytes.count, 16)).array()
    if head.isEmpty { throw damaged("an empty file: copy the model again") }
    if head.starts(with: magic) { return }
    if magic.starts(with: head) { throw truncated(expected: "a header of \(ArtifactFormat.headerLength) bytes") }
    if head.starts(with: [0x1F, 0x8B]) { throw damaged("a gzip-compressed file: unpack it first (gunzip)") }
    let name = Array(magic[1...3])
    // A stripped high bit, a re-encoding to UTF-8, a replacement character: what text transfers do to the first byte.
    let mangled = [[0x89], [0x09], [0xC2, 0x89], [0xEF, 0xBF, 0xBD], [0x3F]].contains { head.starts(with: $0 + name) }
    if mangled { throw damaged("a Dateline model that was changed on the way as if it were text: copy it as binary") }
    throw damaged("not a Dateline model: the file begins with other bytes")
  }

  private func truncated(expected: String) -> DatelineError {
    damaged("the file has \(bytes.count) bytes, which is less than \(expected): it was cut off, copy it again")
  }

  private func checkVersion() throws(DatelineError) {
    guard bytes.count >= ArtifactFormat.headerLength else {
      throw truncated(expected: "a header of \(ArtifactFormat.headerLength) bytes")
    }
    let version = bytes.littleEndian(at: 8, byteCount: 4)
    guard version <= ArtifactFormat.version else {
      throw DatelineError(
        .incompatible,
        "made by a newer Dateline (format \(version)), this one reads up to \(ArtifactFormat.version): upgrade",
        at: location)
    }
    guard version > 0 else { throw damaged("format 0, which never was: the file is damaged") }
  }

  private func header() throws(DatelineError) -> (ArtifactHeader, checksum: UInt64) {
    let stated = bytes.littleEndian(at: 72)
    let found = checksum(bytes.slice(0..<72))
    guard found == stated else { throw mismatch("the header", found: found, stated: stated) }
    let header = ArtifactHeader(bytes)
    guard header.flags == 0 else {
      throw DatelineError(
        .incompatible, "flags \(hexadecimal(UInt64(header.flags))) that this Dateline does not know: upgrade",
        at: location)
    }
    guard header.fileSize <= UInt64(bytes.count) else {
      throw damaged("the file has \(bytes.count) bytes, its header says \(header.fileSize): copy it again")
    }
    guard header.fileSize == UInt64(bytes.count) else {
      throw damaged(
        "the file has \(bytes.count) bytes, its header says \(header.fileSize): something was added, copy it again")
    }
    return (header, stated)
  }

  private func mismatch(_ what: String, found: UInt64, stated: UInt64) -> DatelineError {
    damaged(
      "\(what) has the checksum \(hexadecimal(found)), expected \(hexadecimal(stated)): the file is damaged, copy it again"
    )
  }

  private func manifestRange(_ header: ArtifactHeader) throws(DatelineError) -> Range<Int> {
    let start = ArtifactFormat.headerLength
    guard header.manifestOffset == UInt64(start) else {
      throw contradiction("the manifest begins at \(header.manifestOffset), expected \(start)")
    }
    guard header.manifestLength <= UInt64(ArtifactFormat.maximumManifestLength),
      header.manifestLength <= UInt64(bytes.count - start)
    else {
      throw contradiction(
        "a manifest of \(header.manifestLength) bytes in a file of \(bytes.count); the limit is \(ArtifactFormat.maximumManifestLength)"
      )
    }
    let range = start..<start + Int(header.manifestLength)
    let found = checksum(bytes.slice(range))
    guard found == header.manifestChecksum else {
      throw mismatch("the manifest", found: found, stated: header.manifestChecksum)
    }
    return range
  }

  private func directoryRange(_ header: ArtifactHeader, manifestEnd: Int) throws(DatelineError) -> Range<Int> {
    guard let start = UInt64(manifestEnd).aligned(to: ArtifactFormat.directoryAlignment),
      header.directoryOffset == start, start <= UInt64(bytes.count)
    else {
      throw contradiction("the directory begins at \(header.directoryOffset), not behind the manifest")
    }
    guard header.directoryCount <= UInt64(ArtifactFormat.maximumSectionCount),
      header.directoryCount * UInt64(ArtifactFormat.entryLength) <= UInt64(bytes.count) - start
    else {
      throw contradiction(
        "\(header.directoryCount) sections in a file of \(bytes.count) bytes; the limit is \(ArtifactFormat.maximumSectionCount)"
      )
    }
    let range = Int(start)..<Int(start) + Int(header.directoryCount) * ArtifactFormat.entryLength
    let found = checksum(bytes.slice(range))
    guard found == header.directoryChecksum else {
      throw mismatch("the directory", found: found, stated: header.directoryChecksum)
    }
    return range
  }

  private func sections(_ directory: Range<Int>, fileSize: Int) throws(DatelineError) -> [ArtifactSection] {
    var sections: [ArtifactSection] = []
    var names: Set<String> = []
    var end = UInt64(directory.upperBound)
    for start in stride(from: directory.lowerBound, to: directory.upperBound, by: ArtifactFormat.entryLength) {
      let entry = RawEntry(bytes.slice(start..<start + ArtifactFormat.entryLength))
      guard let name = entry.name else {
        throw contradiction("section \(sections.count + 1) has no valid name")
      }
      guard names.insert(name).inserted else { throw contradiction("two sections called \"\(name)\"") }
      guard let expected = end.aligned(to: ArtifactFormat.sectionAlignment), entry.offset == expected else {
        throw contradiction(
          "the section \"\(name)\" begins at \(entry.offset), not at the first multiple of \(ArtifactFormat.sectionAlignment) behind what comes before"
        )
      }
      guard let sectionEnd = entry.offset.adding(entry.length), sectionEnd <= UInt64(fileSize) else {
        throw contradiction(
          "the section \"\(name)\" of \(entry.length) bytes at \(entry.offset) in a file of \(fileSize) bytes")
      }
      end = sectionEnd
      sections.append(
        ArtifactSection(
          name: name, offset: Int(entry.offset), length: Int(entry.length), checksum: entry.checksum))
    }
    guard end == UInt64(fileSize) else {
      throw contradiction("\(UInt64(fileSize) - end) bytes behind the last section")
    }
    return sections
  }

  private func checkPadding(from start: Int, to end: Int, before what: String) throws(DatelineError) {
    guard (start..<end).allSatisfy({ bytes[$0] == 0 }) else {
      throw damaged("the bytes before \(what) are not zero: the file is damaged, copy it again")
    }
  }

  private func parseManifest(_ text: SharedBuffer<UInt8>) throws(DatelineError) -> JSONValue {
    let text = text.array()
    guard String(validating: text, as: UTF8.self) != nil else { throw contradiction("the manifest is no UTF-8") }
    let manifest: JSONValue
    do throws(JSONValue.SyntaxError) {
      manifest = try JSONValue(parsing: text, maximumDepth: ArtifactFormat.maximumManifestDepth)
    } catch {
      throw contradiction("the manifest is no JSON: \(error)")
    }
    guard case .object = manifest else { throw contradiction("the manifest is no JSON object") }
    if let problem = ManifestRules.problem(in: manifest) { throw contradiction("the manifest has \(problem)") }
    return manifest
  }
}
