import Testing

@testable import DatelineText

@Suite struct TermTableTests {
  /// Counts and numbers against a dictionary, for few terms and for many, among them 0.
  @Test func countsAndNumbers() {
    let seed: UInt64 = 83
    var generator = SeededGenerator(seed: seed)
    for distinct in [1, 7, 600, 9_000] {
      let terms = [0] + (1..<distinct).map { _ in UInt64.random(in: .min ... .max, using: &generator) }
      let runs = (0..<9).map { _ in
        (0..<Int.random(in: 0...3 * distinct, using: &generator)).map { _ in
          terms[Int.random(in: 0...Int.random(in: terms.indices, using: &generator), using: &generator)]
        }
      }
      var table = TermTable()
      var expected: [UInt64: UInt32] = [:]
      for run in runs {
        let isCounted = table.count(run.span)
        #expect(isCounted)
        for term in run { expected[term, default: 0] += 1 }
      }
      let kept = table.number(atLeast: 2, atMost: 6)
      let terms2 = expected.filter { 2...6 ~= $0.value }.keys.sorted()
      #expect(kept.fingerprints == terms2, "seed \(seed), \(distinct) terms")
      #expect(kept.counts == terms2.map { expected[$0] }, "seed \(seed), \(distinct) terms")
      let places = Dictionary(uniqueKeysWithValues: terms2.enumerated().map { ($1, UInt32($0)) })
      for run in runs {
        var numbers = [UInt32](repeating: 0, count: run.count)
        table.numbers(of: run.span) { numbers[$0] = $1 }
        #expect(numbers == run.map { places[$0] ?? TermTable.none }, "seed \(seed), \(distinct) terms")
      }
    }
  }

  /// Terms that were made to collide are refused before they take long.
  @Test func collisionsAreNoticed() {
    var table = TermTable()
    let terms = (0..<5_000).map { UInt64($0) << 40 }
    let isCounted = table.count(terms.span)
    #expect(!isCounted)
  }
}
