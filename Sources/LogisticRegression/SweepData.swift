import DatelineCore
import DatelineParallel
import DatelineVectors

/// A training matrix as the solvers sweep it, with the most frequent features first.
///
/// Terms follow Zipf's law: with the frequent ones side by side, most of the weights that a row needs are in the cache.
/// On the headlines this order makes the sweeps over the rows several times faster than the order of the vocabulary.
struct SweepData: Sendable {
  /// Documents × features, features in the order of ``features``. Not sorted within a row.
  let rows: CSRMatrix
  /// The feature of the training set that stands at each place, by falling number of documents. Features of no document
  /// are left out: their weights are zero, and of a hashed vocabulary most are such.
  let features: [Int]
  /// In how many documents the feature at each place is.
  let frequencies: [UInt32]
  /// The number of features of the training set.
  let featureCount: Int
  /// Pieces of rows of about equal numbers of elements.
  let rowPieces: [Int]

  /// - Throws: When the matrix is in a temporary file, and the disk has no room for another one.
  init(_ matrix: CSRMatrix, workers: WorkerPool) throws(DatelineError) {
    let frequencies = SweepData.frequencies(matrix, workers)
    let order = SweepData.order(frequencies)
    var places = [UInt32](repeating: 0, count: frequencies.count)
    for (place, feature) in order.enumerated() { places[feature] = UInt32(place) }
    features = order
    self.frequencies = order.map { frequencies[$0] }
    featureCount = matrix.columnCount
    rows = CSRMatrix(
      columnCount: order.count, rowOffsets: matrix.rowOffsets,
      columnIndices: try SweepData.renumbered(matrix.columnIndices, places, workers), values: matrix.values)
    rowPieces = SweepData.pieces(rows)
  }

  /// In how many documents each feature is. The elements are shared among the threads; as the counts are whole numbers,
  /// any sharing gives the same.
  private static func frequencies(_ matrix: CSRMatrix, _ workers: WorkerPool) -> [UInt32] {
    let columns = matrix.columnIndices
    // Each share has counts of its own: together no more of them than elements.
    let shares = matrix.isSpooled ? 1 : max(1, min(workers.threadCount, columns.count / max(1, matrix.columnCount)))
    let counted = workers.map(shares) { share in
      var frequencies = [UInt32](repeating: 0, count: matrix.columnCount)
      columns.forEachPiece(of: WorkerPool.part(share, of: shares, count: columns.count)) { columns in
        for place in columns.indices { frequencies[Int(columns[place])] &+= 1 }
      }
      return frequencies
    }
    var sum = counted[0]
    for other in counted.dropFirst() { for feature in sum.indices { sum[feature] += other[feature] } }
    return sum
  }

  private static func renumbered(
    _ columns: SharedBuffer<UInt32>, _ places: [UInt32], _ workers: WorkerPool
  ) throws(DatelineError) -> SharedBuffer<UInt32> {
    if columns.isSpooled {
      return try DatelineError.spooling { () throws(SpoolError) in
        let builder = try SharedBufferBuilder<UInt32>(spooled: true)
        try columns.forEachPiece { columns throws(SpoolError) in
          var renumbered: [UInt32] = []
          renumbered.reserveCapacity(columns.count)
          for place in columns.indices { renumbered.append(places[Int(columns[place])]) }
          try builder.append(renumbered.span)
        }
        return try builder.finish()
      }
    }
    let bounds = WorkerPool.bounds(count: columns.count, size: 1 << 16)
    return SharedBuffer(workers: workers, bounds: bounds) { piece, renumbered in
      columns.withSpan { columns in
        for place in renumbered.indices { renumbered[place] = places[Int(columns[bounds[piece] + place])] }
      }
    }
  }

  /// Features that occur, by falling frequency, equal ones in their order: a counting sort.
  private static func order(_ frequencies: [UInt32]) -> [Int] {
    let largest = Int(frequencies.max() ?? 0)
    var starts = [Int](repeating: 0, count: largest + 2)
    for frequency in frequencies { starts[largest - Int(frequency) + 1] += 1 }
    for place in 1..<starts.count { starts[place] += starts[place - 1] }
    var order = [Int](repeating: 0, count: frequencies.count)
    for (feature, frequency) in frequencies.enumerated() {
      order[starts[largest - Int(frequency)]] = feature
      starts[largest - Int(frequency)] += 1
    }
    // The last to stand are those of no document.
    return Array(order.prefix(frequencies.count { $0 > 0 }))
  }

  /// Pieces of rows of about equal numbers of elements.
  static func pieces(_ matrix: CSRMatrix) -> [Int] {
    let elements = 1 << 15
    let rows = 1 << 13
    var bounds = [0]
    for row in 0..<matrix.rowCount {
      let first = bounds[bounds.count - 1]
      if matrix.rowOffsets[row + 1] - matrix.rowOffsets[first] >= elements || row + 1 - first >= rows {
        bounds.append(row + 1)
      }
    }
    if bounds.last != matrix.rowCount { bounds.append(matrix.rowCount) }
    return bounds
  }

  /// The weights of several solutions side by side, by feature of the training set.
  ///
  /// - Parameters:
  ///   - solutions: Each by place × stride of its columns, or empty for zeros.
  ///   - columns: The columns that each solution has.
  func weights(of solutions: [[Float]], columns: Int) -> [Float] {
    let stride = SparseProduct.stride(columns: columns)
    let width = solutions.count * columns
    var weights = [Float](repeating: 0, count: featureCount * width)
    for (place, feature) in features.enumerated() {
      for (number, solution) in solutions.enumerated() where !solution.isEmpty {
        for column in 0..<columns {
          weights[feature * width + number * columns + column] = solution[place * stride + column]
        }
      }
    }
    return weights
  }
}
