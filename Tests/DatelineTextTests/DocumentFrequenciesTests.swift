import DatelineCore
import DatelineVectors
import Testing

@testable import DatelineText

@Suite struct DocumentFrequenciesTests {
  @Test(arguments: [[], [1], [0, 0], [7, 1, 7, 100_000, 2], Array(0..<65_536)] as [[UInt32]])
  func anyFrequenciesComeBack(frequencies: [UInt32]) throws {
    let found = DocumentFrequencies(frequencies)
    #expect(found.array() == frequencies && found.count == frequencies.count)
    let again = try DocumentFrequencies(Payloads(found.payloads()), featureCount: frequencies.count)
    #expect(again.array() == frequencies)
  }

  /// More different ones than codes: large ones are rounded down, by less than a part in 2,048.
  @Test func manyFrequencies() {
    let frequencies = (0..<200_000).map { UInt32($0 * 7) }
    let found = DocumentFrequencies(frequencies)
    #expect(found.values.count <= 65_536)
    for (exact, rounded) in zip(frequencies, found.array()) {
      #expect(exact < 1 << 14 ? rounded == exact : rounded <= exact && exact - rounded < exact >> 11)
    }
  }

  @Test func damagedParts() throws {
    let parts = DocumentFrequencies([1, 2, 2]).payloads()
    for place in parts.indices {
      for bytes in [[], parts[place].bytes + [0]] {
        var damaged = parts
        damaged[place] = Payload(name: parts[place].name, bytes: bytes)
        let error = failure { () throws(DatelineError) in
          try DocumentFrequencies(Payloads(damaged), featureCount: 3)
        }
        #expect(error.code == .invalidData)
      }
    }
    let outside = [parts[0], Payload(name: parts[1].name, [0, 9, .max] as [UInt16])]
    #expect(try DocumentFrequencies(Payloads(outside), featureCount: 3).array() == [1, 2, 2])
  }
}
