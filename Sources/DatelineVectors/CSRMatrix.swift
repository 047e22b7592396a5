/// A sparse matrix in compressed rows: all stored elements row after row, in one pair of arrays.
///
/// Row `i` holds the elements `rowOffsets[i]..<rowOffsets[i + 1]`. The matrix costs 8 bytes an element and 8 bytes a
/// row. Its transpose (``transposed(using:)``) is the same matrix in compressed columns.
public struct CSRMatrix: Sendable, Equatable {
  /// The number of columns.
  public let columnCount: Int
  /// Where the rows begin; one more than there are rows, ascending, from 0 to the number of stored elements.
  public let rowOffsets: [Int]
  /// The column of every stored element, strictly ascending within a row.
  public let columnIndices: [UInt32]
  /// The stored elements.
  public let values: [Float]

  /// A matrix of the given parts.
  ///
  /// - Parameters:
  ///   - columnCount: At most 2³².
  ///   - rowOffsets: See ``rowOffsets``.
  ///   - columnIndices: See ``columnIndices``; each below `columnCount`.
  ///   - values: As many as there are column indices.
  public init(columnCount: Int, rowOffsets: [Int], columnIndices: [UInt32], values: [Float]) {
    precondition(rowOffsets.first == 0 && rowOffsets.last == values.count, "row offsets must span the elements")
    precondition(columnIndices.count == values.count, "a matrix needs as many values as column indices")
    precondition(columnCount >= 0 && columnCount <= 1 << 32, "a matrix has at most 2^32 columns")
    self.columnCount = columnCount
    self.rowOffsets = rowOffsets
    self.columnIndices = columnIndices
    self.values = values
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
    return SparseVector(indices: Array(columnIndices[range]), values: Array(values[range]))
  }

  /// The matrix of some of the rows, in the order given. O(elements of those rows).
  public func selecting(rows: [Int]) -> CSRMatrix {
    var offsets = [0]
    offsets.reserveCapacity(rows.count + 1)
    var total = 0
    for row in rows {
      total += range(ofRow: row).count
      offsets.append(total)
    }
    let indices = [UInt32](unsafeUninitializedCapacity: total) { buffer, count in
      for row in rows { count = append(columnIndices[range(ofRow: row)], to: buffer, at: count) }
    }
    let elements = [Float](unsafeUninitializedCapacity: total) { buffer, count in
      for row in rows { count = append(values[range(ofRow: row)], to: buffer, at: count) }
    }
    return CSRMatrix(columnCount: columnCount, rowOffsets: offsets, columnIndices: indices, values: elements)
  }

  /// The transpose, by a counting sort: O(elements + rows + columns), and its rows ascend without sorting.
  public func transposed() -> CSRMatrix {
    var offsets = [Int](repeating: 0, count: columnCount + 1)
    for column in columnIndices { offsets[Int(column) + 1] += 1 }
    for column in 0..<columnCount { offsets[column + 1] += offsets[column] }
    var next = offsets
    var elements = [Float](repeating: 0, count: values.count)
    let rows = [UInt32](unsafeUninitializedCapacity: values.count) { buffer, count in
      for row in 0..<rowCount {
        for position in range(ofRow: row) {
          let column = Int(columnIndices[position])
          let target = next[column]
          next[column] = target + 1
          buffer.initializeElement(at: target, to: UInt32(row))
          elements[target] = values[position]
        }
      }
      count = values.count
    }
    return CSRMatrix(columnCount: rowCount, rowOffsets: offsets, columnIndices: rows, values: elements)
  }
}

private func append<Element>(
  _ slice: ArraySlice<Element>, to buffer: UnsafeMutableBufferPointer<Element>, at start: Int
)
  -> Int
{
  let end = start + slice.count
  _ = buffer[start..<end].initialize(from: slice)
  return end
}
