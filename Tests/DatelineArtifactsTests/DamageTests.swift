import DatelineArtifacts
import DatelineCore
import DatelineVectors
import Testing

@Suite struct DamageTests {
  private let bytes: [UInt8]

  init() throws { bytes = try ArtifactWriter.data(manifest: sampleManifest, payloads: samplePayloads) }

  /// Whether opening or a full check notices that something is wrong.
  private func isRefused(_ bytes: [UInt8]) -> Bool {
    do {
      try ArtifactFile(bytes: bytes).verifyAll()
      return false
    } catch {
      return true
    }
  }

  @Test func cutAtEveryLength() {
    for length in bytes.indices { #expect(isRefused(Array(bytes.prefix(length))), "\(length) bytes") }
  }

  @Test func oneBitInEveryByte() {
    let seed: UInt64 = 20_240_117
    var generator = SeededGenerator(seed: seed)
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      #expect(isRefused(damaged), "byte \(place), seed \(seed)")
    }
  }

  @Test func bytesLostAddedOrExchanged() {
    let seed: UInt64 = 7_301
    var generator = SeededGenerator(seed: seed)
    for round in 0..<2_000 {
      var damaged = bytes
      let place = Int.random(in: bytes.indices, using: &generator)
      switch round % 3 {
      case 0: damaged.remove(at: place)
      case 1: damaged.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      default: damaged.swapAt(place, Int.random(in: bytes.indices, using: &generator))
      }
      if damaged != bytes { #expect(isRefused(damaged), "round \(round), seed \(seed)") }
    }
  }

  /// Whatever numbers a forger chooses, a file that opens is the one that the writer makes of the same content.
  @Test func whatOpensIsCanonical() throws {
    let seed: UInt64 = 90_125
    var generator = SeededGenerator(seed: seed)
    var opened = 0
    for round in 0..<5_000 {
      var forged = ForgedFile()
      func number(_ right: UInt64) -> UInt64 {
        let choices: [UInt64] = [
          right, right, right, right &+ 1, right &- 1, right &+ 64, 0, 1, 320, .max, .max - 63, 1 << 63,
        ]
        return choices.randomElement(using: &generator) ?? right
      }
      for place in 0..<3 {
        if Bool.random(using: &generator) { forged.sections[place].offset = number(320 + 64 * UInt64(place)) }
        if Bool.random(using: &generator) { forged.sections[place].length = number(UInt64(3 - place)) }
      }
      if Bool.random(using: &generator) { forged.directoryOffset = number(88) }
      if Bool.random(using: &generator) { forged.directoryCount = number(3) }
      if Bool.random(using: &generator) { forged.manifestLength = number(2) }
      let bytes = forged.bytes
      guard let file = try? ArtifactFile(bytes: bytes), (try? file.verifyAll()) != nil else { continue }
      opened += 1
      let payloads = try file.names.map { Payload(name: $0, bytes: try file.bytes($0).array()) }
      let again = try ArtifactWriter.data(manifest: file.manifest, payloads: payloads)
      #expect(again == bytes, "round \(round), seed \(seed)")
    }
    #expect(opened > 0, "no round changed nothing: seed \(seed)")
  }

  @Test func damagedSectionIsNamedEveryTime() throws {
    var damaged = bytes
    let sound = try ArtifactFile(bytes: bytes)
    damaged[sound.sections[2].offset + 5] ^= 0x20
    damaged[sound.sections[3].offset] ^= 1
    let file = try ArtifactFile(bytes: damaged)
    for _ in 0..<2 {
      let error = #expect(throws: DatelineError.self) { try file.bytes("vocabulary_1") }
      #expect(error?.message.contains("the section \"vocabulary_1\" has the checksum") == true)
      #expect(try file.bytes("linear.bias").array() == samplePayloads[0].bytes)
    }
    let error = #expect(throws: DatelineError.self) { try file.verifyAll() }
    #expect(error?.message.contains("\"vocabulary_1\"") == true && error?.message.contains("\"weights-2\"") == true)
    #expect(error?.message.contains("linear.bias") == false)
  }
}
