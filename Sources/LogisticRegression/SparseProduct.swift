import CPrefetch
import DatelineVectors

/// The inner loop of training: rows of a sparse matrix times a dense matrix of few columns.
///
/// The dense matrix has a `stride` of 1 or a multiple of 4 numbers a row, of which the last ones may be padding: then a
/// stored element costs one multiplication of whole SIMD vectors, and so few instructions that the processor has many
/// of the scattered reads under way at once, which is what the time goes into.
enum SparseProduct {
  /// The stride for a number of columns.
  static func stride(columns: Int) -> Int { columns == 1 ? 1 : (columns + 3) / 4 * 4 }

  /// out[row − first] ← Σ value · dense[column], for some rows.
  ///
  /// - Parameters:
  ///   - matrix: Rows × columns.
  ///   - rows: Which rows.
  ///   - dense: As many rows as the matrix has columns, `stride` numbers each.
  ///   - squaringValues: Whether the elements' squares take their places.
  ///   - out: `rows.count × stride` numbers.
  @inline(__always)
  static func multiply<Scalar: BinaryFloatingPoint & SIMDScalar & BitwiseCopyable>(
    _ matrix: CSRMatrix, _ rows: Range<Int>, _ dense: Span<Scalar>, stride: Int, squaringValues: Bool = false,
    into out: inout MutableSpan<Scalar>
  ) {
    precondition(dense.count == matrix.columnCount * stride && out.count == rows.count * stride, "sides that agree")
    matrix.columnIndices.withUnsafeBufferPointer { indices in
      matrix.values.withUnsafeBufferPointer { values in
        dense.withUnsafeBufferPointer { dense in
          out.withUnsafeMutableBufferPointer { out in
            guard let start = out.baseAddress else { return }
            guard let dense = dense.baseAddress else {
              // A matrix without columns.
              out.update(repeating: 0)
              return
            }
            let out = start
            for row in rows {
              let elements = matrix.range(ofRow: row)
              let result = out + (row &- rows.lowerBound) &* stride
              if stride == 1 {
                result.pointee = dot(indices, values, elements, dense, squaringValues)
                continue
              }
              var column = 0
              while column < stride {
                if stride &- column >= 16 {
                  block(
                    indices, values, elements, dense + column, stride, squaringValues, result + column,
                    SIMD16<Scalar>.self)
                  column &+= 16
                } else if stride &- column >= 8 {
                  block(
                    indices, values, elements, dense + column, stride, squaringValues, result + column,
                    SIMD8<Scalar>.self)
                  column &+= 8
                } else {
                  block(
                    indices, values, elements, dense + column, stride, squaringValues, result + column,
                    SIMD4<Scalar>.self)
                  column &+= 4
                }
              }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func block<Vector: SIMD>(
    _ indices: UnsafeBufferPointer<UInt32>, _ values: UnsafeBufferPointer<Float>, _ elements: Range<Int>,
    _ dense: UnsafePointer<Vector.Scalar>, _ stride: Int, _ squaringValues: Bool,
    _ result: UnsafeMutablePointer<Vector.Scalar>, _ type: Vector.Type
  ) where Vector.Scalar: BinaryFloatingPoint {
    var sum = Vector.zero
    for position in elements {
      let value = Vector.Scalar(values[position])
      let factor = squaringValues ? value * value : value
      let row = UnsafeRawPointer(dense + Int(indices[position]) &* stride).loadUnaligned(as: Vector.self)
      sum += row * factor
    }
    UnsafeMutableRawPointer(result).storeBytes(of: sum, as: Vector.self)
  }

  /// Asks for where a row begins and ends.
  @inline(__always)
  static func prefetchOffset(_ matrix: CSRMatrix, row: Int) {
    matrix.rowOffsets.withUnsafeBufferPointer { prefetch($0, row..<row + 2) }
  }

  /// Asks for some elements.
  @inline(__always)
  static func prefetch<Element>(_ elements: UnsafeBufferPointer<Element>, _ range: Range<Int>) {
    guard let start = UnsafeRawPointer(elements.baseAddress), !range.isEmpty else { return }
    let size = MemoryLayout<Element>.stride
    for byte in Swift.stride(from: range.lowerBound &* size, to: range.upperBound &* size, by: 64) {
      dateline_prefetch(start + byte)
    }
    dateline_prefetch(start + (range.upperBound &* size &- 1))
  }

  /// Asks for a row itself.
  @inline(__always)
  static func prefetchElements(_ matrix: CSRMatrix, row: Int) {
    let elements = matrix.range(ofRow: row)
    matrix.columnIndices.withUnsafeBufferPointer { indices in
      matrix.values.withUnsafeBufferPointer { values in
        guard let indices = indices.baseAddress, let values = values.baseAddress else { return }
        for position in Swift.stride(from: elements.lowerBound, to: elements.upperBound, by: 16) {
          dateline_prefetch(indices + position)
          dateline_prefetch(values + position)
        }
      }
    }
  }

  /// dense[column] ← dense[column] + step · value, for the elements of one row.
  @inline(__always)
  static func add(_ matrix: CSRMatrix, row: Int, times step: Double, to dense: inout MutableSpan<Double>) {
    precondition(dense.count == matrix.columnCount, "sides that agree")
    matrix.columnIndices.withUnsafeBufferPointer { indices in
      matrix.values.withUnsafeBufferPointer { values in
        dense.withUnsafeMutableBufferPointer { dense in
          for position in matrix.range(ofRow: row) { dense[Int(indices[position])] += step * Double(values[position]) }
        }
      }
    }
  }

  /// Four sums side by side, so that no addition waits for the one before.
  @inline(__always)
  private static func dot<Scalar: BinaryFloatingPoint>(
    _ indices: UnsafeBufferPointer<UInt32>, _ values: UnsafeBufferPointer<Float>, _ elements: Range<Int>,
    _ dense: UnsafePointer<Scalar>, _ squaringValues: Bool
  ) -> Scalar {
    @inline(__always) func term(_ position: Int) -> Scalar {
      let value = Scalar(values[position])
      return (squaringValues ? value * value : value) * dense[Int(indices[position])]
    }
    var sums: (Scalar, Scalar, Scalar, Scalar) = (0, 0, 0, 0)
    var position = elements.lowerBound
    while position &+ 4 <= elements.upperBound {
      sums.0 += term(position)
      sums.1 += term(position &+ 1)
      sums.2 += term(position &+ 2)
      sums.3 += term(position &+ 3)
      position &+= 4
    }
    while position < elements.upperBound {
      sums.0 += term(position)
      position &+= 1
    }
    return (sums.0 + sums.1) + (sums.2 + sums.3)
  }
}
