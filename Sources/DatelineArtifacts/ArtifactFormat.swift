/// The model file: one artifact a facet, which holds a manifest and named sections, and nothing that is executed.
///
/// All numbers are unsigned and little-endian, all offsets count from the start of the file, all checksums are XXH3
/// (64 bits, seed 0). In this order, and without anything in between or behind:
///
/// | offset | bytes | content |
/// |---|---|---|
/// | 0 | 8 | magic `89 44 54 4C 0D 0A 1A 0A`: a byte that 7-bit channels change, `DTL`, and line ends that text transfers change |
/// | 8 | 4 | format version, 1 |
/// | 12 | 4 | flags, 0: a reader refuses flags it does not know |
/// | 16 | 8 | size of the whole file |
/// | 24 | 8 | manifest: offset, 80 |
/// | 32 | 8 | manifest: length *m*, at most 16 MiB |
/// | 40 | 8 | manifest: checksum |
/// | 48 | 8 | directory: offset, 80 + *m* rounded up to a multiple of 8 |
/// | 56 | 8 | directory: number of entries *n*, at most 1,024 |
/// | 64 | 8 | directory: checksum of all entries |
/// | 72 | 8 | checksum of the bytes 0 to 71 |
/// | 80 | *m* | manifest: one JSON object in UTF-8, at most 64 levels deep, without repeated member names |
/// | | 0–7 | zeros up to the directory |
/// | | 72 *n* | directory |
/// | | | sections, each behind zeros up to a multiple of 64 |
///
/// An entry of the directory:
///
/// | offset | bytes | content |
/// |---|---|---|
/// | 0 | 48 | name: 1 to 47 of `a`–`z`, `0`–`9`, `.`, `-`, `_`, then zeros; unique in the file |
/// | 48 | 8 | offset of the section |
/// | 56 | 8 | length of the section |
/// | 64 | 8 | checksum of the section |
///
/// Every section begins at the first multiple of 64 at or behind the end of the one before (the first one: of the
/// directory), empty sections too, and the file ends where the last section ends (without sections: where the
/// directory ends). So manifest and sections determine every byte: equal models are equal files, there is no room for
/// hidden bytes, and a reader refuses everything else. The header's checksum covers the manifest's and the
/// directory's, and the directory's covers those of the sections: it stands for the whole file
/// (``ArtifactFile/checksum``).
///
/// Checksums notice accidents, not intent: whoever can write the file can write its checksums.
///
/// Version and magic keep their places in all later versions.
public enum ArtifactFormat {
  /// The version that is written, and the newest that is read.
  public static let version: UInt32 = 1
  /// The longest manifest, in bytes.
  public static let maximumManifestLength = 16 << 20
  /// How deep the manifest's arrays and objects may nest.
  public static let maximumManifestDepth = 64
  /// The largest number of sections.
  public static let maximumSectionCount = 1024
  /// The longest name of a section, in bytes.
  public static let maximumNameLength = 47
  /// What the offset of every section is a multiple of: a cache line, and enough for any number.
  public static let sectionAlignment = 64

  static let magic: [UInt8] = [0x89, 0x44, 0x54, 0x4C, 0x0D, 0x0A, 0x1A, 0x0A]
  static let headerLength = 80
  static let entryLength = 72
  static let directoryAlignment = 8

  /// Whether a name can stand in a directory.
  static func allows(name: some Collection<UInt8>) -> Bool {
    (1...maximumNameLength).contains(name.count)
      && name.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
          UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}

extension UInt64 {
  /// The sum, or `nil` beyond 64 bits.
  func adding(_ other: UInt64) -> UInt64? {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? nil : sum
  }

  /// The first multiple of a power of two that is not below this number, or `nil` beyond 64 bits.
  func aligned(to alignment: Int) -> UInt64? {
    let mask = UInt64(alignment - 1)
    return adding(mask).map { $0 & ~mask }
  }
}
