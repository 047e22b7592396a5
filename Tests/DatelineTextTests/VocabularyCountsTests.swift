import DatelineCore
import DatelineParallel
import DatelineVectors
import Testing

@testable import DatelineText

@Suite struct VocabularyCountsTests {
  private func weighting() throws -> TermWeighting {
    TermWeighting(
      parameters: try TextParameters(
        Hyperparameters(TextParameters.schema, settings: ["tf": "count", "norm": "none", "idf": "false"])),
      documentCount: 0, documentFrequencies: nil)
  }

  /// Batches of documents of random fingerprints; some documents are so long that many of their terms share a part.
  ///
  /// - Parameter colliding: How many of the terms agree in their top byte and most others: a table has no room for them.
  private func batches(_ generator: inout SeededGenerator, colliding: Int = 0) -> [TermCounts] {
    let terms = (0..<4_000).map { number in
      number < colliding ? 77 << 56 | UInt64(number) << 40 : UInt64.random(in: .min ... .max, using: &generator)
    }
    return (0..<4).map { _ in
      var batch = TermCounts()
      for _ in 0..<Int.random(in: 0...5, using: &generator) {
        let size = [0, 3, 40, 3_000][Int.random(in: 0..<4, using: &generator)]
        for term in terms.shuffled(using: &generator).prefix(size) {
          batch.fingerprints.append(term)
          batch.counts.append(UInt32.random(in: 1...9, using: &generator))
        }
        batch.offsets.append(batch.fingerprints.count)
      }
      return batch
    }
  }

  @Test(arguments: [1, 2, 3], [0, 2_000]) func rowsAreThoseOfADictionary(minimum: Int, colliding: Int) throws {
    let seed: UInt64 = 84
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<6 {
      let batches = batches(&generator, colliding: colliding)
      var frequencies: [UInt64: UInt32] = [:]
      for term in batches.flatMap(\.fingerprints) { frequencies[term, default: 0] += 1 }
      let terms = frequencies.filter { $0.value >= minimum }.keys.sorted()
      let places = Dictionary(uniqueKeysWithValues: terms.enumerated().map { ($1, $0) })
      for threads in [1, 3] {
        let workers = WorkerPool(threads: threads)
        let counted = VocabularyCounts(
          batches.map(PartitionedTerms.init), atLeast: minimum, atMost: 4, workers: workers)
        let kept = terms.filter { frequencies[$0] ?? 0 <= 4 }
        #expect(counted.fingerprints == kept, "seed \(seed)")
        #expect(counted.documentFrequencies == kept.map { frequencies[$0] }, "seed \(seed)")
        // Features of a larger vocabulary.
        let features = kept.map { (places[$0] ?? 0) * 2 }
        let matrix = try counted.matrix(features: features, columnCount: 2 * terms.count, weighting(), workers: workers)
        var row = 0
        for batch in batches {
          for document in 0..<batch.documentCount {
            let range = batch.offsets[document]..<batch.offsets[document + 1]
            let cells = range.filter { 1...4 ~= frequencies[batch.fingerprints[$0]] ?? 0 }
              .filter { places[batch.fingerprints[$0]] != nil }
              .map { (UInt32((places[batch.fingerprints[$0]] ?? 0) * 2), Float(batch.counts[$0])) }
              .sorted { $0.0 < $1.0 }
            #expect(
              matrix[row: row] == SparseVector(indices: cells.map(\.0), values: cells.map(\.1)),
              "seed \(seed), row \(row)")
            row += 1
          }
        }
        #expect(matrix.rowCount == row)
      }
    }
  }
}
