import DatelineVectors

/// The first 80 bytes of a model file.
struct ArtifactHeader: Equatable {
  var flags: UInt32 = 0
  var fileSize: UInt64
  var manifestOffset: UInt64
  var manifestLength: UInt64
  var manifestChecksum: UInt64
  var directoryOffset: UInt64
  var directoryCount: UInt64
  var directoryChecksum: UInt64

  /// The header as it stands in the file, its own checksum included.
  var bytes: [UInt8] {
    var bytes = ArtifactFormat.magic
    bytes.append(littleEndian: ArtifactFormat.version)
    bytes.append(littleEndian: flags)
    for field in [
      fileSize, manifestOffset, manifestLength, manifestChecksum, directoryOffset, directoryCount, directoryChecksum,
    ] {
      bytes.append(littleEndian: field)
    }
    bytes.append(littleEndian: checksum(bytes))
    return bytes
  }
}

extension ArtifactHeader {
  /// The fields of a header whose magic, version and checksum have been checked; nothing else has.
  init(_ bytes: SharedBuffer<UInt8>) {
    flags = UInt32(truncatingIfNeeded: bytes.littleEndian(at: 12, byteCount: 4))
    fileSize = bytes.littleEndian(at: 16)
    manifestOffset = bytes.littleEndian(at: 24)
    manifestLength = bytes.littleEndian(at: 32)
    manifestChecksum = bytes.littleEndian(at: 40)
    directoryOffset = bytes.littleEndian(at: 48)
    directoryCount = bytes.littleEndian(at: 56)
    directoryChecksum = bytes.littleEndian(at: 64)
  }
}

extension [UInt8] {
  mutating func append(littleEndian number: some FixedWidthInteger) {
    for byte in 0..<number.bitWidth / 8 { append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
  }
}

extension SharedBuffer where Element == UInt8 {
  /// The little-endian number at an offset, which must lie in the buffer.
  func littleEndian(at offset: Int, byteCount: Int = 8) -> UInt64 {
    var number: UInt64 = 0
    for byte in 0..<byteCount { number |= UInt64(self[offset + byte]) << (8 * UInt64(byte)) }
    return number
  }
}
