import DatelineCore
import DatelineParallel
import DatelineVectors

/// Learns a vectorizer that is extended by an extractor: whose features are found while the terms are counted.
struct ExtendedVectorizerTrainer<Base: VectorizerTrainer>: VectorizerTrainer {
  /// What has been counted in a batch, and the extracted features of its documents.
  struct Counts: Sendable {
    let base: Base.Counts
    let extracted: CSRMatrix
  }

  let base: Base
  let extractor: any FeatureExtractor

  func count(_ batch: DocumentBatch) -> Counts {
    var (offsets, indices, values): ([Int], [UInt32], [Float]) = ([0], [], [])
    var row = SparseVector()
    let bytes = batch.bytes.span
    for record in batch.records {
      extractor.extract(title: bytes.extracting(record.title), body: bytes.extracting(record.body), into: &row)
      indices += row.indices
      values += row.values
      offsets.append(indices.count)
    }
    return Counts(
      base: base.count(batch),
      extracted: CSRMatrix(
        columnCount: extractor.featureCount, rowOffsets: offsets, columnIndices: indices, values: values))
  }

  func fit(
    _ counts: [Counts], workers: WorkerPool
  ) throws(DatelineError) -> (vectorizer: any Vectorizer, features: CSRMatrix) {
    let (vectorizer, terms) = try base.fit(counts.map(\.base), workers: workers)
    let extended = ExtendedVectorizer(base: vectorizer, extractor: extractor)
    return (
      extended, ExtendedVectorizerTrainer.joining(terms, counts.map(\.extracted), columnCount: extended.featureCount)
    )
  }

  /// The rows of a matrix, each with a row of others behind it.
  ///
  /// - Parameters:
  ///   - first: The matrix that the rows begin with.
  ///   - further: As many rows in all as `first` has.
  private static func joining(_ first: CSRMatrix, _ further: [CSRMatrix], columnCount: Int) -> CSRMatrix {
    let total = further.reduce(first.storedCount) { $0 + $1.storedCount }
    var (offsets, indices, values): ([Int], [UInt32], [Float]) = ([0], [], [])
    offsets.reserveCapacity(first.rowOffsets.count)
    indices.reserveCapacity(total)
    values.reserveCapacity(total)
    let shift = UInt32(first.columnCount)
    var row = 0
    for batch in further {
      for rowOfBatch in 0..<batch.rowCount {
        for place in first.range(ofRow: row) {
          indices.append(first.columnIndices[place])
          values.append(first.values[place])
        }
        for place in batch.range(ofRow: rowOfBatch) {
          indices.append(shift + batch.columnIndices[place])
          values.append(batch.values[place])
        }
        offsets.append(indices.count)
        row += 1
      }
    }
    return CSRMatrix(columnCount: columnCount, rowOffsets: offsets, columnIndices: indices, values: values)
  }
}
