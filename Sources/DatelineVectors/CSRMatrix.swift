/// A sparse matrix in compressed rows: all stored elements row after row, in one pair of buffers.
///
/// Row `i` holds the elements `rowOffsets[i]..<rowOffsets[i + 1]`. The matrix costs 8 bytes an element and 8 bytes a
/// row. The elements may be in a temporary file (``isSpooled``): then those who sweep over the rows let go of what is
/// behind them (``forEachBlock(_:)``), and only the row offsets take memory. Its transpose (``transposed()``) is the
/// same matrix in compressed columns.
public struct CSRMatrix: Sendable, Equatable {
  /// The number of columns.
  public let columnCount: Int
  /// Where the rows begin; one more than there are rows, ascending, from 0 to the number of stored elements.
  public let rowOffsets: [Int]
  /// The column of every stored element, strictly ascending within a row.
  public let columnIndices: SharedBuffer<UInt32>
  /// The stored elements.
  public let values: SharedBuffer<Float>

  /// A matrix of the given parts.
  ///
  /// - Parameters:
  ///   - columnCount: At most 2³².
  ///   - rowOffsets: See ``rowOffsets``.
  ///   - columnIndices: See ``columnIndices``; each below `columnCount`.
  ///   - values: As many as there are column indices.
  public init(
    columnCount: Int, rowOffsets: [Int], columnIndices: SharedBuffer<UInt32>, values: SharedBuffer<Float>
  ) {
    precondition(rowOffsets.first == 0 && rowOffsets.last == values.count, "row offsets must span the elements")
    precondition(columnIndices.count == values.count, "a matrix needs as many values as column indices")
    precondition(columnCount >= 0 && columnCount <= 1 << 32, "a matrix has at most 2^32 columns")
    self.columnCount = columnCount
    self.rowOffsets = rowOffsets
    self.columnIndices = columnIndices
    self.values = values
  }

  /// A matrix of copies of the given parts.
  public init(columnCount: Int, rowOffsets: [Int], columnIndices: [UInt32], values: [Float]) {
    self.init(
      columnCount: columnCount, rowOffsets: rowOffsets, columnIndices: SharedBuffer(columnIndices),
      values: SharedBuffer(values))
  }

  /// A matrix of sparse rows. O(elements).
  public init(rows: [SparseVector], columnCount: Int) {
    var offsets = [0]
    var indices: [UInt32] = []
    var values: [Float] = []
    for row in rows {
      indices += row.indices
      values += row.values
      offsets.append(indices.count)
    }
    self.init(columnCount: columnCount, rowOffsets: offsets, columnIndices: indices, values: values)
  }

  /// The number of rows.
  public var rowCount: Int { rowOffsets.count - 1 }
  /// The number of stored elements.
  public var storedCount: Int { values.count }

  /// The positions of a row's elements in ``columnIndices`` and ``values``.
  @inlinable public func range(ofRow row: Int) -> Range<Int> { rowOffsets[row]..<rowOffsets[row + 1] }

  /// A copy of one row. O(its elements).
  public subscript(row row: Int) -> SparseVector {
    let range = range(ofRow: row)
    return SparseVector(indices: range.map { columnIndices[$0] }, values: range.map { values[$0] })
  }

  /// The matrix of some of the rows, in the order given; in a temporary file if this one is. O(elements of those rows).
  ///
  /// - Throws: ``SpoolError`` when the disk has no room for it.
  public func selecting(rows: [Int]) throws(SpoolError) -> CSRMatrix {
    var offsets = [0]
    offsets.reserveCapacity(rows.count + 1)
    var total = 0
    for row in rows {
      total += range(ofRow: row).count
      offsets.append(total)
    }
    let indices = try SharedBufferBuilder<UInt32>(spooled: isSpooled, capacity: total)
    let elements = try SharedBufferBuilder<Float>(spooled: isSpooled, capacity: total)
    var first = 0
    for (number, row) in rows.enumerated() {
      let range = range(ofRow: row)
      try columnIndices.withSpan { span throws(SpoolError) in try indices.append(span.extracting(range)) }
      try values.withSpan { span throws(SpoolError) in try elements.append(span.extracting(range)) }
      if isSpooled, offsets[number + 1] - offsets[first] >= CSRMatrix.blockSize {
        release(rows: min(rows[first], row)..<max(rows[first], row) + 1)
        first = number + 1
      }
    }
    return CSRMatrix(
      columnCount: columnCount, rowOffsets: offsets, columnIndices: try indices.finish(),
      values: try elements.finish())
  }

  /// The transpose, by a counting sort: O(elements + rows + columns), and its rows ascend without sorting. It is in
  /// memory, wherever this one is.
  public func transposed() -> CSRMatrix {
    var offsets = [Int](repeating: 0, count: columnCount + 1)
    columnIndices.forEachPiece { columns in for place in columns.indices { offsets[Int(columns[place]) + 1] += 1 } }
    for column in 0..<columnCount { offsets[column + 1] += offsets[column] }
    var next = offsets
    let count = storedCount
    let (columnIndices, values) = (columnIndices, values)
    var elements = SharedBuffer<Float>([])
    let rows = SharedBuffer<UInt32>(count: count) { rows in
      elements = SharedBuffer<Float>(count: count) { elements in
        columnIndices.withUnsafeBufferPointer { columnIndices in
          values.withUnsafeBufferPointer { values in
            forEachBlock { block in
              for row in block {
                for position in range(ofRow: row) {
                  let column = Int(columnIndices[position])
                  let target = next[column]
                  next[column] = target + 1
                  rows.initializeElement(at: target, to: UInt32(row))
                  elements.initializeElement(at: target, to: values[position])
                }
              }
            }
          }
        }
      }
    }
    return CSRMatrix(columnCount: rowCount, rowOffsets: offsets, columnIndices: rows, values: elements)
  }
}
