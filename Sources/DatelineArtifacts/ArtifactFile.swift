public import DatelineCore
public import DatelineVectors
import Synchronization

/// A model file that has been opened; ``ArtifactFormat`` describes its bytes.
///
/// Opening checks the header, the manifest and the directory, and costs as much as these are long. A section is
/// checked against its checksum when it is first asked for, and its pages are read from the disk then.
///
/// A file that somebody cuts short while it is mapped ends the process with SIGBUS once the lost part is touched, as
/// with any mapped file: replace model files by renaming, as ``ArtifactWriter`` does, and never in place.
public final class ArtifactFile: PayloadSource {
  private enum Verdict {
    case unknown, intact
    case damaged(DatelineError)
  }

  /// What the file says of itself.
  public let manifest: JSONValue
  /// The sections, in the order of the file.
  public let sections: [ArtifactSection]
  /// The header's checksum, which covers all other checksums: equal for equal files.
  public let checksum: UInt64
  private let bytes: SharedBuffer<UInt8>
  private let location: DatelineError.Location?
  private let places: [String: Int]
  private let verdicts: Mutex<[Verdict]>

  /// Maps a model file.
  ///
  /// - Throws: ``DatelineError/Code/missingInput`` when there is no such file, ``DatelineError/Code/invalidData`` when
  ///   it is no model, damaged or hostile, ``DatelineError/Code/incompatible`` when a newer Dateline made it, and
  ///   ``DatelineError/Code/inputOutput`` when it cannot be read.
  public static func open(_ path: String) throws(DatelineError) -> ArtifactFile {
    try ArtifactFile(MappedFile.bytes(of: path), location: DatelineError.Location(file: path))
  }

  /// Reads a model file that is already in memory. Copies the bytes.
  ///
  /// - Throws: As ``open(_:)`` does.
  public convenience init(bytes: [UInt8]) throws(DatelineError) { try self.init(SharedBuffer(bytes), location: nil) }

  private init(_ bytes: SharedBuffer<UInt8>, location: DatelineError.Location?) throws(DatelineError) {
    (manifest, sections, checksum) = try ArtifactParser(bytes: bytes, location: location).parse()
    self.bytes = bytes
    self.location = location
    places = Dictionary(uniqueKeysWithValues: sections.enumerated().map { ($1.name, $0) })
    verdicts = Mutex(Array(repeating: .unknown, count: sections.count))
  }

  /// The size of the file in bytes.
  public var size: Int { bytes.count }

  /// The names of the sections, in the order of the file.
  public var names: [String] { sections.map(\.name) }

  /// One section, sharing the file's memory. The first call reads all of it; later ones cost O(1).
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` when there is no such section or it is damaged.
  public func bytes(_ name: String) throws(DatelineError) -> SharedBuffer<UInt8> {
    guard let place = places[name] else {
      throw DatelineError(
        .invalidData, "the model has no section \"\(name)\"; it has \(names.joined(separator: ", "))", at: location)
    }
    let content = bytes.slice(sections[place].range)
    // Two threads may both do the first check: that costs time, while checking inside the lock would make threads wait
    // that want another section.
    var verdict = verdicts.withLock { $0[place] }
    if case .unknown = verdict {
      verdict = check(sections[place], content)
      verdicts.withLock { [verdict] in $0[place] = verdict }
    }
    if case .damaged(let error) = verdict { throw error }
    return content
  }

  /// Checks all sections against their checksums. Reads the whole file.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` that names every damaged section.
  public func verifyAll() throws(DatelineError) {
    var problems: [DatelineError] = []
    for name in names {
      do throws(DatelineError) { _ = try bytes(name) } catch { problems.append(error) }
    }
    guard !problems.isEmpty else { return }
    throw DatelineError(.invalidData, problems.map(\.message).joined(separator: "; "), at: location)
  }

  private func check(_ section: ArtifactSection, _ content: SharedBuffer<UInt8>) -> Verdict {
    let found = DatelineArtifacts.checksum(content)
    if found == section.checksum { return .intact }
    return .damaged(
      DatelineError(
        .invalidData,
        "the section \"\(section.name)\" has the checksum \(hexadecimal(found)), expected \(hexadecimal(section.checksum)): the file is damaged, copy it again",
        at: location))
  }
}
