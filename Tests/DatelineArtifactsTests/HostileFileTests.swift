import DatelineArtifacts
import DatelineCore
import DatelineVectors
import Testing

/// What has been published against loaders of tensor files: each file here has right checksums and lies elsewhere.
@Suite struct HostileFileTests {
  private func expectRefusal(
    _ words: String, code: DatelineError.Code = .invalidData, sourceLocation: SourceLocation = #_sourceLocation,
    _ change: (inout ForgedFile) -> Void
  ) {
    var file = ForgedFile()
    change(&file)
    expectRefusal(words, of: file.bytes, code: code, sourceLocation: sourceLocation)
  }

  private func expectRefusal(
    _ words: String, of bytes: [UInt8], code: DatelineError.Code = .invalidData,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: DatelineError.self, sourceLocation: sourceLocation) { try ArtifactFile(bytes: bytes) }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")", sourceLocation: sourceLocation)
    #expect(error?.code == code, sourceLocation: sourceLocation)
  }

  @Test func theUnchangedForgeryOpens() throws {
    let file = try ArtifactFile(bytes: ForgedFile().bytes)
    #expect(try file.bytes("second").array() == [4, 5])
    try file.verifyAll()
  }

  // Lengths and offsets

  @Test(arguments: [.max, .max - 1, .max - 63, 1 << 63, 1 << 62, 1 << 40] as [UInt64])
  func sectionLengthThatOverflows(length: UInt64) {
    expectRefusal("the section \"second\" of \(length) bytes") { $0.sections[1].length = length }
  }

  @Test func offsetPlusLengthOverflowsToInside() {
    // 192 + (2^64 - 128) = 64 modulo 2^64.
    expectRefusal("the section \"first\"") { $0.sections[0].length = UInt64.max - 127 }
  }

  @Test(arguments: [.max, .max - 63, 1 << 63, 1 << 40, 0, 1] as [UInt64])
  func sectionOffsetThatOverflows(offset: UInt64) {
    expectRefusal("the section \"second\" begins at \(offset)") { $0.sections[1].offset = offset }
  }

  @Test func sectionBeyondTheFile() {
    expectRefusal("the section \"third\" of 2 bytes") { $0.sections[2].length = 2 }
  }

  @Test func shapeProductThatOverflows() throws {
    // Shapes live in sections; whoever reads one multiplies with overflow checks.
    let shape: [UInt64] = [1 << 32, 3, 3, 32]
    let payloads = [
      Payload(name: "linear.shape", shape), Payload(name: "linear.bias", [0, 0, 0] as [Double]),
      Payload(name: "linear.weights", [1, 2] as [Float]),
    ]
    let file = try ArtifactFile(bytes: ArtifactWriter.data(manifest: [:], payloads: payloads))
    let labels = try ["a", "b", "c"].map { try Label($0) }
    let domain = try Domain(facet: Facet("topic"), kind: .exclusive, labels: labels)
    #expect(throws: DatelineError.self) { try LinearClassifier(Payloads(file), domain: domain) }
  }

  @Test(arguments: [.max, 1 << 63, 1 << 44, (16 << 20) + 1, 10_000] as [UInt64])
  func bloatedManifestLength(length: UInt64) {
    expectRefusal("a manifest of \(length) bytes") { $0.manifestLength = length }
  }

  @Test(arguments: [.max, 0, 79, 81, 1 << 40] as [UInt64])
  func manifestElsewhere(offset: UInt64) {
    expectRefusal("the manifest begins at \(offset)") { $0.manifestOffset = offset }
  }

  @Test(arguments: [.max, 1 << 61, 1 << 58, 1_000_000, 1025, 100] as [UInt64])
  func hugeSectionCount(count: UInt64) { expectRefusal("\(count) sections in a file") { $0.directoryCount = count } }

  @Test(arguments: [.max, .max - 7, 0, 80, 89, 1 << 40] as [UInt64])
  func directoryElsewhere(offset: UInt64) {
    expectRefusal("the directory begins at \(offset)") { $0.directoryOffset = offset }
  }

  // Names

  @Test func duplicateNames() {
    expectRefusal("two sections called \"first\"") { $0.sections[2].name = $0.sections[0].name }
  }

  @Test(arguments: ["", "Up", "../etc", "a b", "a\nb", "ä", String(repeating: "n", count: 48), "a\0b"])
  func badNames(name: String) {
    expectRefusal("section 2 has no valid name") { $0.sections[1].name = Array(name.utf8) }
  }

  // Order and overlap

  @Test func sharedOffsets() throws {
    let first = try ArtifactFile(bytes: ForgedFile().bytes).sections[0]
    #expect(first.offset == 320)
    expectRefusal("the section \"second\" begins at 320") { $0.sections[1].offset = 320 }
  }

  @Test func overlappingSections() {
    expectRefusal("the section \"second\" begins") { $0.sections[0].length = 66 }
  }

  @Test func emptySectionsAtSharedOffsets() {
    expectRefusal("the section \"second\" begins") {
      $0.sections[1].content = []
      $0.sections[1].offset = 320
    }
    expectRefusal("the section \"empty-2\" begins") {
      $0.sections += [.init("empty-1", []), .init("empty-2", [])]
      $0.sections[4].offset = 320
    }
  }

  @Test func emptySectionThatClaimsToBeMisaligned() {
    expectRefusal("the section \"second\" begins at 323") {
      $0.sections[1].content = []
      $0.sections[1].offset = 323
    }
  }

  @Test func unorderedSections() {
    expectRefusal("the section \"first\" begins at 384") {
      $0.sections[0].offset = 384
      $0.sections[1].offset = 320
    }
  }

  @Test func holeBetweenSections() { expectRefusal("the section \"third\" begins") { $0.sections[2].offset = 512 } }

  // Bytes that nobody accounts for

  @Test func trailingBytes() {
    expectRefusal("1 bytes behind the last section") { $0.trailing = [0] }
    expectRefusal("4096 bytes behind the last section") { $0.trailing = .init(repeating: 1, count: 4096) }
    expectRefusal("something was added", of: ForgedFile().bytes + [0])
  }

  @Test func nonZeroPadding() {
    expectRefusal("the bytes before the directory are not zero") { $0.padding = 1 }
    expectRefusal("the bytes before the section \"first\" are not zero") {
      $0.manifest = Array(#"{"a":1} "#.utf8)
      $0.padding = 1
    }
    var bytes = ForgedFile().bytes
    bytes[383] = 1
    expectRefusal("the bytes before the section \"second\" are not zero", of: bytes)
  }

  // Manifests

  @Test func deepNesting() {
    for depth in [64, 65, 10_000, 5_000_000] {
      let open = #"{"a":"# + String(repeating: "[", count: depth)
      expectRefusal("levels of nesting") { $0.manifest = Array(open.utf8) }
    }
    let closed = #"{"a":"# + String(repeating: "[", count: 64) + String(repeating: "]", count: 64) + "}"
    expectRefusal("levels of nesting") { $0.manifest = Array(closed.utf8) }
  }

  @Test func manifestsThatAreNone() {
    for text in ["", "[]", "1", "null", "\"{}\""] {
      expectRefusal("the manifest is no JSON") { $0.manifest = Array(text.utf8) }
    }
    expectRefusal("the manifest is no JSON") { $0.manifest = Array("{} {}".utf8) }
    expectRefusal("the manifest is no UTF-8") { $0.manifest = Array(#"{"a":""#.utf8) + [0xC3] + Array(#""}"#.utf8) }
    expectRefusal("two members called \"a\"") { $0.manifest = Array(#"{"b":[{"a":1,"a":2}]}"#.utf8) }
  }

  // Other files

  @Test func newerVersion() {
    expectRefusal(
      "made by a newer Dateline (format 2), this one reads up to 1: upgrade", code: .incompatible
    ) { $0.version = 2 }
    expectRefusal("format 0") { $0.version = 0 }
    expectRefusal("flags", code: .incompatible) { $0.flags = 4 }
  }

  @Test func truncated() {
    let bytes = ForgedFile().bytes
    expectRefusal(
      "the file has 400 bytes, its header says \(bytes.count): copy it again", of: Array(bytes.prefix(400)))
    expectRefusal("the file has 50 bytes", of: Array(bytes.prefix(50)))
    expectRefusal("the file has 3 bytes", of: Array(bytes.prefix(3)))
  }

  @Test func otherFiles() {
    expectRefusal("an empty file", of: [])
    expectRefusal("gunzip", of: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
    expectRefusal("not a Dateline model", of: Array("<!DOCTYPE html>".utf8))
    expectRefusal("not a Dateline model", of: [UInt8](repeating: 0, count: 4096))
  }

  @Test func transfersAsText() {
    let bytes = ForgedFile().bytes
    expectRefusal("as binary", of: Array(bytes.prefix(4) + [0x0A] + bytes.dropFirst(6)))
    expectRefusal("as binary", of: bytes.map { $0 & 0x7F })
    expectRefusal("as binary", of: Array(String(decoding: bytes, as: UTF8.self).utf8))
    expectRefusal("as binary", of: bytes.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] })
  }
}
