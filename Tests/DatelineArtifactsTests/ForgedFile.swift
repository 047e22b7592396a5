import CXXHash
import DatelineArtifacts
import DatelineCore

/// A second implementation of the file's layout, written from its description, that also makes files which lie: every
/// field can be replaced, and all checksums are right all the same.
struct ForgedFile {
  struct Section {
    var name: [UInt8]
    var content: [UInt8]
    var offset: UInt64?
    var length: UInt64?

    init(_ name: String, _ content: [UInt8]) {
      self.name = Array(name.utf8)
      self.content = content
    }
  }

  var version: UInt32 = 1
  var flags: UInt32 = 0
  var manifest = Array("{}".utf8)
  var sections = [Section("first", [1, 2, 3]), Section("second", [4, 5]), Section("third", [6])]
  var fileSize: UInt64?
  var manifestOffset: UInt64?
  var manifestLength: UInt64?
  var directoryOffset: UInt64?
  var directoryCount: UInt64?
  var padding: UInt8 = 0
  var trailing: [UInt8] = []

  var bytes: [UInt8] {
    let directoryStart = (80 + manifest.count + 7) / 8 * 8
    var body: [UInt8] = []
    var directory: [UInt8] = []
    let bodyStart = directoryStart + 72 * sections.count
    for section in sections {
      let end = bodyStart + body.count
      let offset = (end + 63) / 64 * 64
      body += [UInt8](repeating: padding, count: offset - end) + section.content
      directory += section.name + [UInt8](repeating: 0, count: 48 - section.name.count)
      directory += little(section.offset ?? UInt64(offset)) + little(section.length ?? UInt64(section.content.count))
      directory += little(hash(section.content))
    }
    body += trailing
    let gap = [UInt8](repeating: padding, count: directoryStart - 80 - manifest.count)
    var header: [UInt8] = [0x89, 0x44, 0x54, 0x4C, 0x0D, 0x0A, 0x1A, 0x0A]
    header += little(version) + little(flags) + little(fileSize ?? UInt64(bodyStart + body.count))
    header += little(manifestOffset ?? 80) + little(manifestLength ?? UInt64(manifest.count)) + little(hash(manifest))
    header += little(directoryOffset ?? UInt64(directoryStart))
    header += little(directoryCount ?? UInt64(sections.count)) + little(hash(directory))
    header += little(hash(header))
    return header + manifest + gap + directory + body
  }
}

private func little(_ number: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian) { Array($0) }
}

private func hash(_ bytes: [UInt8]) -> UInt64 { dateline_xxh3_64(bytes, bytes.count) }
