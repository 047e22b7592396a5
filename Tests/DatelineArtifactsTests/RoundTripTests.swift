import DatelineArtifacts
import DatelineCore
import DatelineVectors
import Testing

@Suite struct RoundTripTests {
  private func expectSample(_ file: ArtifactFile) throws {
    #expect(file.manifest == sampleManifest)
    #expect(file.names == samplePayloads.map(\.name))
    for payload in samplePayloads {
      let bytes = try file.bytes(payload.name)
      #expect(bytes.array() == payload.bytes)
      // Again: now the verdict is remembered.
      #expect(try file.bytes(payload.name).array() == payload.bytes)
    }
    try file.verifyAll()
  }

  @Test func memoryAndFile() throws {
    let bytes = try ArtifactWriter.data(manifest: sampleManifest, payloads: samplePayloads)
    try expectSample(try ArtifactFile(bytes: bytes))
    let folder = TemporaryFolder()
    let path = folder.path + "/model.dateline"
    try ArtifactWriter.write(manifest: sampleManifest, payloads: samplePayloads, to: path)
    #expect(readFile(path) == bytes)
    let file = try ArtifactFile.open(path)
    #expect(file.size == bytes.count)
    try expectSample(file)
    #expect(folder.names == ["model.dateline"])
  }

  @Test func sectionsOutliveTheFile() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/m"
    try ArtifactWriter.write(manifest: sampleManifest, payloads: samplePayloads, to: path)
    let weights = try ArtifactFile.open(path).bytes("weights-2")
    #expect(weights.array() == samplePayloads[3].bytes)
  }

  @Test func sectionsAreAligned() throws {
    let file = try ArtifactFile(bytes: ArtifactWriter.data(manifest: sampleManifest, payloads: samplePayloads))
    for section in file.sections { #expect(section.offset % 64 == 0) }
    let numbers = try Payloads(file).numbers("linear.bias", as: Double.self, count: 3)
    #expect(numbers.array() == [0.5, -1.25, 3e-7])
  }

  @Test func equalInputGivesEqualBytes() throws {
    let first = try ArtifactWriter.data(manifest: sampleManifest, payloads: samplePayloads)
    let second = try ArtifactWriter.data(manifest: sampleManifest, payloads: samplePayloads)
    #expect(first == second)
    let other = try ArtifactWriter.data(manifest: ["facet": "region"], payloads: samplePayloads)
    #expect(try ArtifactFile(bytes: first).checksum == ArtifactFile(bytes: second).checksum)
    #expect(try ArtifactFile(bytes: first).checksum != ArtifactFile(bytes: other).checksum)
  }

  @Test func checksumStandsForTheContentOfSections() throws {
    let one = try ArtifactWriter.data(manifest: [:], payloads: [Payload(name: "a", bytes: [1])])
    let two = try ArtifactWriter.data(manifest: [:], payloads: [Payload(name: "a", bytes: [2])])
    #expect(try ArtifactFile(bytes: one).checksum != ArtifactFile(bytes: two).checksum)
  }

  @Test func layoutIsTheDescribedOne() throws {
    var forged = ForgedFile()
    forged.manifest = Array(sampleManifest.text.utf8)
    forged.sections = samplePayloads.map { ForgedFile.Section($0.name, $0.bytes) }
    #expect(try ArtifactWriter.data(manifest: sampleManifest, payloads: samplePayloads) == forged.bytes)
  }

  @Test func anyManifestLengthAndPayloadLengths() throws {
    for length in 0..<70 {
      let manifest: JSONValue = ["x": .string(String(repeating: "y", count: length))]
      let payloads = (0..<3).map { Payload(name: "p\($0)", bytes: [UInt8](repeating: 7, count: length * $0)) }
      let file = try ArtifactFile(bytes: ArtifactWriter.data(manifest: manifest, payloads: payloads))
      #expect(file.manifest == manifest)
      for payload in payloads { #expect(try file.bytes(payload.name).array() == payload.bytes) }
    }
  }

  @Test func noSectionsAtAll() throws {
    let file = try ArtifactFile(bytes: ArtifactWriter.data(manifest: [:], payloads: []))
    #expect(file.names.isEmpty)
    #expect(file.size == 88)
    try file.verifyAll()
  }

  @Test func limitsAreReachable() throws {
    let payloads = (0..<1024).map { Payload(name: String(repeating: "n", count: 43) + "\(1000 + $0)", bytes: [1]) }
    let file = try ArtifactFile(bytes: ArtifactWriter.data(manifest: [:], payloads: payloads))
    #expect(file.names.count == 1024)
    try file.verifyAll()
    var deep: JSONValue = 1
    for _ in 0..<63 { deep = [deep] }
    _ = try ArtifactFile(bytes: ArtifactWriter.data(manifest: ["deep": deep], payloads: []))
  }

  @Test func unknownSectionListsTheKnownOnes() throws {
    let file = try ArtifactFile(bytes: ArtifactWriter.data(manifest: [:], payloads: samplePayloads))
    let error = #expect(throws: DatelineError.self) { try file.bytes("bias") }
    #expect(error?.message.contains("linear.bias, empty") == true)
  }

  @Test func manyThreadsAskAtOnce() async throws {
    let file = try ArtifactFile(bytes: ArtifactWriter.data(manifest: sampleManifest, payloads: samplePayloads))
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<32 {
        group.addTask {
          let payload = samplePayloads[task % samplePayloads.count]
          return (try? file.bytes(payload.name).array()) == payload.bytes
        }
      }
      for await right in group { #expect(right) }
    }
  }

  @Test(arguments: ["", "Weights", "a b", "a/b", "ä", "a\0", String(repeating: "n", count: 48)])
  func writerRefusesNames(name: String) {
    let error = #expect(throws: DatelineError.self) {
      try ArtifactWriter.data(manifest: [:], payloads: [Payload(name: name, bytes: [])])
    }
    #expect(error?.message.contains("is no name for a payload") == true)
  }

  @Test func writerRefusesWhatReadersWould() {
    func refusal(_ manifest: JSONValue, _ payloads: [Payload] = []) -> String {
      #expect(throws: DatelineError.self) { try ArtifactWriter.data(manifest: manifest, payloads: payloads) }?.message
        ?? ""
    }
    #expect(refusal([1, 2]).contains("no JSON object"))
    #expect(refusal(["x": .number(.nan)]).contains("nan"))
    #expect(refusal(["x": [["y": .number(.infinity)]]]).contains("inf"))
    #expect(refusal(["x": 1, "x": 2]).contains("two members called \"x\""))
    var deep: JSONValue = 1
    for _ in 0..<64 { deep = [deep] }
    #expect(refusal(["deep": deep]).contains("64 levels"))
    #expect(refusal(["x": .string(String(repeating: "y", count: 16 << 20))]).contains("16777216"))
    #expect(refusal([:], [Payload(name: "a", bytes: []), Payload(name: "a", bytes: [])]).contains("two payloads"))
    #expect(refusal([:], (0...1024).map { Payload(name: "p\($0)", bytes: []) }).contains("1025 payloads"))
  }
}
