import DatelineCore
import DatelineVectors
import Testing

@testable import CandidateScorer

/// Whatever the parts hold, loading throws `invalidData` or gives a model that can be used.
@Suite struct HostilePayloadTests {
  private static let trained = Result { try World.random(40, seed: 20).train() }

  private func load(_ name: String, _ change: ([UInt8]) -> [UInt8]?) throws -> any Classifier {
    let parts = try HostilePayloadTests.trained.get().payloads()
    #expect(parts.contains { $0.name == name })
    let changed = parts.compactMap { part in
      part.name == name ? change(part.bytes).map { Payload(name: name, bytes: $0) } : part
    }
    return try World.plugin.load(Payloads(changed), domain: World().domain())
  }

  static let parts = ["candidates.layout", "candidates.labels", "candidates.weights"]

  @Test(arguments: parts) func missingOrOfAnotherSize(name: String) {
    let changes: [([UInt8]) -> [UInt8]?] = [
      { _ in nil }, { _ in [] }, { $0.dropLast() }, { $0.dropLast(8) }, { $0 + [0, 0, 0, 0, 0, 0, 0, 0] },
    ]
    for change in changes {
      do {
        _ = try load(name, change)
        Issue.record("no error for \(name)")
      } catch {
        #expect((error as? DatelineError)?.code == .invalidData, "\(error)")
      }
    }
  }

  @Test(arguments: [[UInt64.max, 2], [12, 0], [12, .max], [12, 3], [27, 2], [1 << 63, 1 << 63]])
  func layoutsThatCannotBe(layout: [UInt64]) {
    #expect(throws: DatelineError.self) { try load("candidates.layout") { _ in Payload(name: "", layout).bytes } }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity]) func weightsThatAreNoNumbers(value: Double) {
    #expect(throws: DatelineError.self) {
      try load("candidates.weights") { bytes in
        Array(bytes.dropLast(8)) + Payload(name: "", [value]).bytes
      }
    }
  }

  @Test(arguments: [Int32.min, -2, 7, .max]) func candidatesThatDoNotExistAreRefused(value: Int32) {
    let error = #expect(throws: DatelineError.self) {
      try load("candidates.labels") { Array($0.dropLast(4)) + Payload(name: "", [value]).bytes }
    }
    #expect(error?.code == .invalidData)
  }

  @Test(arguments: [UInt64(1), 2, 3]) func flippedBits(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let rows = World.random(5, seed: 22).rows
    let names = try HostilePayloadTests.trained.get().payloads().map(\.name)
    for round in 0..<100 {
      let name = names[Int(random.next() % UInt64(names.count))]
      let (place, bit) = (random.next(), UInt8(1 << (random.next() % 8)))
      do {
        let model = try load(name) { bytes in
          if bytes.isEmpty { return bytes }
          var bytes = bytes
          bytes[Int(place % UInt64(bytes.count))] ^= bit
          return bytes
        }
        for row in rows { #expect(model.scores(row).count == 7, "seed \(seed), round \(round), \(name)") }
      } catch {
        #expect((error as? DatelineError)?.code == .invalidData, "seed \(seed), round \(round), \(name): \(error)")
      }
    }
  }
}
