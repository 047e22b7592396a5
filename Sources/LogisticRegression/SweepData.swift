import DatelineCore
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
  /// The number of features of the training set.
  let featureCount: Int
  /// Pieces of rows of about equal numbers of elements.
  let rowPieces: [Int]

  /// - Throws: When the matrix is in a temporary file, and the disk has no room for another one.
  init(_ matrix: CSRMatrix) throws(DatelineError) {
    var frequencies = [Int](repeating: 0, count: matrix.columnCount)
    matrix.columnIndices.forEachPiece { columns in
      for place in columns.indices { frequencies[Int(columns[place])] += 1 }
    }
    let order = SweepData.order(frequencies)
    var places = [UInt32](repeating: 0, count: frequencies.count)
    for (place, feature) in order.enumerated() { places[feature] = UInt32(place) }
    features = order
    featureCount = matrix.columnCount
    let indices = try DatelineError.spooling { () throws(SpoolError) in
      let builder = try SharedBufferBuilder<UInt32>(spooled: matrix.isSpooled, capacity: matrix.storedCount)
      try matrix.columnIndices.forEachPiece { columns throws(SpoolError) in
        for place in columns.indices { try builder.append(places[Int(columns[place])]) }
      }
      return try builder.finish()
    }
    rows = CSRMatrix(
      columnCount: order.count, rowOffsets: matrix.rowOffsets, columnIndices: indices, values: matrix.values)
    rowPieces = SweepData.pieces(rows)
  }

  /// Features that occur, by falling frequency, equal ones in their order: a counting sort.
  private static func order(_ frequencies: [Int]) -> [Int] {
    let largest = frequencies.max() ?? 0
    var starts = [Int](repeating: 0, count: largest + 2)
    for frequency in frequencies { starts[largest - frequency + 1] += 1 }
    for place in 1..<starts.count { starts[place] += starts[place - 1] }
    var order = [Int](repeating: 0, count: frequencies.count)
    for (feature, frequency) in frequencies.enumerated() {
      order[starts[largest - frequency]] = feature
      starts[largest - frequency] += 1
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
