import DatelineCore
import Testing

@Suite struct DataDigestTests {
  private struct Sample {
    var document: Document
    var labels: [String]?
    var weight: Double
  }

  private func samples(_ generator: inout SeededGenerator) -> [Sample] {
    (0..<40).map { number in
      Sample(
        document: Document(id: "\(number)", title: generator.text(), body: generator.text()),
        labels: number % 3 == 0 ? nil : (0..<number % 4).map { _ in generator.text() },
        weight: number % 5 == 0 ? 0.5 : 1)
    }
  }

  private func digest(_ samples: some Sequence<Sample>) -> DataDigest {
    var batch = DocumentBatch()
    for sample in samples { batch.append(sample.document, labels: sample.labels, weight: sample.weight) }
    var digest = DataDigest()
    digest.add(batch)
    return digest
  }

  @Test func doesNotDependOnBatches() {
    let seed: UInt64 = 606
    var generator = SeededGenerator(seed: seed)
    let samples = samples(&generator)
    let whole = digest(samples)
    for _ in 0..<20 {
      let cut = Int.random(in: 0...samples.count, using: &generator)
      var sum = digest(samples[..<cut])
      sum.add(digest(samples[cut...]))
      #expect(sum == whole, "cut at \(cut), seed \(seed)")
      var reversed = digest(samples[cut...])
      reversed.add(digest(samples[..<cut]))
      #expect(reversed == whole)
    }
    #expect(DataDigest(whole.description) == whole)
  }

  @Test func changesWithEveryPart() {
    let base = Sample(document: Document(id: "1", title: "ab", body: "c"), labels: ["x"], weight: 1)
    var others = Array(repeating: base, count: 8)
    others[0].document.id = "2"
    others[1].document.title = "a"
    others[2].document.body = "bc"
    others[3].document.title = "a"
    others[3].document.body = "bc"
    others[4].labels = ["y"]
    others[5].labels = ["x", ""]
    others[6].labels = []
    others[7].weight = 2
    let digests = ([base] + others).map { digest([$0]).description }
    #expect(Set(digests).count == digests.count)
    #expect(digest([base, base]) != digest([base]), "a repeated document counts")
  }

  @Test func aCarryGoesIntoTheUpperHalf() throws {
    var digest = try #require(DataDigest("00000000000000000000000000000001"))
    try digest.add(#require(DataDigest("0000000000000001ffffffffffffffff")))
    #expect(digest.description == "00000000000000020000000000000000")
    try digest.add(#require(DataDigest("fffffffffffffffe0000000000000000")))
    #expect(digest == DataDigest(), "modulo 2^128")
  }

  @Test(arguments: [
    "", "0", String(repeating: "0", count: 33), String(repeating: "g", count: 32),
    "+" + String(repeating: "0", count: 31), "-" + String(repeating: "0", count: 31),
  ])
  func textsThatAreNoDigest(text: String) { #expect(DataDigest(text) == nil) }
}
