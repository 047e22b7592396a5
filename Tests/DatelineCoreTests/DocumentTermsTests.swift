import DatelineCore
import Testing

@Suite struct DocumentTermsTests {
  @Test func eachDocumentHasItsOwn() {
    var terms = DocumentTerms()
    #expect(terms.count == 0)
    for _ in 0..<3 {
      let documents: [[UInt64]] = [[5, 7, 5], [], [7], Array(0..<100)]
      for document in documents {
        var counts = FingerprintCounts()
        for fingerprint in document { counts.add(fingerprint) }
        terms.append(counts)
      }
      #expect(terms.count == 4)
      let found = (0..<4).map { document in
        terms.withTerms(of: document) { fingerprints, counts in
          fingerprints.indices.map { [fingerprints[$0], UInt64(counts[$0])] }
        }
      }
      #expect(found == [[[5, 2], [7, 1]], [], [[7, 1]], (0..<100).map { [$0, 1] }])
      terms.removeAll()
    }
  }
}
