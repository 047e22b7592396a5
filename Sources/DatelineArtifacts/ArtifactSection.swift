import DatelineVectors

/// One entry of a model file's directory: a named run of bytes.
public struct ArtifactSection: Sendable, Equatable {
  /// The name.
  public let name: String
  /// Where the section begins, in bytes from the start of the file.
  public let offset: Int
  /// The length in bytes.
  public let length: Int
  /// The XXH3 checksum that the bytes must have.
  public let checksum: UInt64

  /// Where the section lies in the file.
  public var range: Range<Int> { offset..<offset + length }

  /// The entry as it stands in the file.
  var entry: [UInt8] {
    var bytes = Array(name.utf8)
    bytes += repeatElement(0, count: ArtifactFormat.maximumNameLength + 1 - bytes.count)
    bytes.append(littleEndian: UInt64(offset))
    bytes.append(littleEndian: UInt64(length))
    bytes.append(littleEndian: checksum)
    return bytes
  }
}

/// An entry as the file states it, before anything is believed.
struct RawEntry {
  let nameField: [UInt8]
  let offset: UInt64
  let length: UInt64
  let checksum: UInt64

  init(_ bytes: SharedBuffer<UInt8>) {
    nameField = bytes.slice(0..<ArtifactFormat.maximumNameLength + 1).array()
    offset = bytes.littleEndian(at: 48)
    length = bytes.littleEndian(at: 56)
    checksum = bytes.littleEndian(at: 64)
  }

  /// The name, or `nil` when the field breaks the rules for names or holds anything behind one.
  var name: String? {
    let name = nameField.prefix { $0 != 0 }
    guard ArtifactFormat.allows(name: name), nameField[name.endIndex...].allSatisfy({ $0 == 0 }) else { return nil }
    return String(decoding: name, as: UTF8.self)
  }
}
