/// A dense matrix of doubles, row after row.
public struct DenseMatrix: Sendable, Equatable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  /// The elements, row after row: element (i, j) stands at `i × columnCount + j`.
  public var elements: [Double]

  /// A matrix of zeros.
  public init(rowCount: Int, columnCount: Int) {
    self.init(
      rowCount: rowCount, columnCount: columnCount, elements: Array(repeating: 0, count: rowCount * columnCount))
  }

  /// A matrix of the given elements, row after row.
  public init(rowCount: Int, columnCount: Int, elements: [Double]) {
    precondition(rowCount >= 0 && columnCount >= 0, "a matrix has no negative sides")
    precondition(elements.count == rowCount * columnCount, "a matrix needs rows × columns elements")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }

  /// One element.
  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * columnCount + column] }
    set { elements[row * columnCount + column] = newValue }
  }

  /// The product of this matrix and a vector (BLAS `dgemv`). O(rows × columns).
  public func times(_ vector: [Double]) -> [Double] {
    precondition(vector.count == columnCount, "a matrix of \(columnCount) columns needs a vector as long")
    var result = [Double](repeating: 0, count: rowCount)
    BLAS.gemv(rows: rowCount, columns: columnCount, 1, elements, vector, 0, &result)
    return result
  }

  /// The product of two matrices (BLAS `dgemm`). O(rows × columns × other's columns).
  public func times(_ other: DenseMatrix) -> DenseMatrix {
    precondition(columnCount == other.rowCount, "the inner sides of a matrix product must agree")
    var result = DenseMatrix(rowCount: rowCount, columnCount: other.columnCount)
    BLAS.gemm(
      rows: rowCount, inner: columnCount, columns: other.columnCount, 1, elements, other.elements, 0, &result.elements)
    return result
  }
}
