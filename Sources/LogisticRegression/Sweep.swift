import DatelineVectors

/// The two inner loops of training: all rows times the weights, and all columns times the residuals.
enum Sweep {
  /// margins[row] ← weightsᵀ · row + constants, for some rows.
  static func rows(
    _ matrix: CSRMatrix, _ rows: Range<Int>, _ weights: Span<Double>, _ constants: Span<Double>,
    into margins: inout MutableSpan<Double>
  ) {
    let columns = constants.count
    matrix.columnIndices.withUnsafeBufferPointer { indices in
      matrix.values.withUnsafeBufferPointer { values in
        weights.withUnsafeBufferPointer { weights in
          margins.withUnsafeMutableBufferPointer { margins in
            for row in rows {
              let range = matrix.range(ofRow: row)
              let out = (row - rows.lowerBound) * columns
              if columns == 1 {
                var sum = constants[0]
                for position in range { sum += Double(values[position]) * weights[Int(indices[position])] }
                margins[out] = sum
                continue
              }
              for column in 0..<columns { margins[out + column] = constants[column] }
              for position in range {
                let value = Double(values[position])
                let start = Int(indices[position]) * columns
                for column in 0..<columns { margins[out + column] += value * weights[start + column] }
              }
            }
          }
        }
      }
    }
  }

  /// result[feature] ← Σ value · residuals[document] over the documents with the feature, for some features.
  ///
  /// - Parameter matrix: Features × documents.
  static func columns(
    _ matrix: CSRMatrix, _ features: Range<Int>, _ residuals: Span<Double>, columnCount columns: Int,
    squaringValues: Bool, into result: inout MutableSpan<Double>
  ) {
    matrix.columnIndices.withUnsafeBufferPointer { documents in
      matrix.values.withUnsafeBufferPointer { values in
        residuals.withUnsafeBufferPointer { residuals in
          result.withUnsafeMutableBufferPointer { result in
            for feature in features {
              let range = matrix.range(ofRow: feature)
              let out = (feature - features.lowerBound) * columns
              if columns == 1 {
                var sum = 0.0
                for position in range {
                  let value = Double(values[position])
                  sum += (squaringValues ? value * value : value) * residuals[Int(documents[position])]
                }
                result[out] = sum
                continue
              }
              for column in 0..<columns { result[out + column] = 0 }
              for position in range {
                let value = Double(values[position])
                let factor = squaringValues ? value * value : value
                let start = Int(documents[position]) * columns
                for column in 0..<columns { result[out + column] += factor * residuals[start + column] }
              }
            }
          }
        }
      }
    }
  }
}
