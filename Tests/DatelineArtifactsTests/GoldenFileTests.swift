import DatelineArtifacts
import DatelineCore
import DatelineVectors
import Glibc
import Testing

/// Files of every format version stay here and stay readable.
///
/// `RECORD_GOLDEN=1 swift test --filter GoldenFileTests` writes the file of today's version anew, and fails, so that no
/// run that records can pass for one that checks.
@Suite struct GoldenFileTests {
  private var path: String {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    return "/\(folder)/Resources/format-1.dateline"
  }

  @Test func format1() throws {
    if getenv("RECORD_GOLDEN") != nil {
      try ArtifactWriter.write(manifest: sampleManifest, payloads: samplePayloads, to: path)
      Issue.record("recorded \(path): look at the difference, then run again without RECORD_GOLDEN")
      return
    }
    let file = try ArtifactFile.open(path)
    try file.verifyAll()
    #expect(file.manifest == sampleManifest)
    #expect(file.names == samplePayloads.map(\.name))
    for payload in samplePayloads { #expect(try file.bytes(payload.name).array() == payload.bytes) }
    let today = try ArtifactWriter.data(manifest: sampleManifest, payloads: samplePayloads)
    #expect(readFile(path) == today, "the writer's bytes have changed: that is a new format version")
  }
}
