import CPrefetch
import DatelineVectors

/// The weights of one label and the squares of their prior's scales, side by side: what a document needs of a feature
/// comes from memory together.
///
/// Both are in single precision. A weight is a sum of steps, and what their rounding costs is of second order in the
/// objective: the descent still comes to relative gaps far below those at which it hands over to Newton's method.
struct ScaledWeights {
  /// A weight and a squared scale a feature.
  private let records: MutableBuffer<SIMD2<Float>>

  /// Weights of zero.
  init(squaredScales: [Float]) {
    records = MutableBuffer(zeros: squaredScales.count)
    records.withUnsafeMutableBufferPointer { records in
      for feature in squaredScales.indices { records[feature].y = squaredScales[feature] }
    }
  }

  /// The number of features.
  var count: Int { records.count }

  /// The weights by themselves.
  func array() -> [Float] { records.withUnsafeBufferPointer { $0.map { $0.x } } }

  /// The squared scale of a feature.
  func squaredScale(_ feature: Int) -> Float { records[feature].y }

  /// ½ Σ w²/R²
  func penalty() -> Double {
    records.withUnsafeBufferPointer { records in
      0.5 * records.reduce(0) { $0 + Double($1.x) * Double($1.x) / Double($1.y) }
    }
  }

  /// Asks for what a row will need, so that it is there when the row's turn comes.
  @inline(__always)
  func prefetch(_ rows: CSRMatrix, row: Int) {
    records.withUnsafeBufferPointer { records in
      rows.columnIndices.withUnsafeBufferPointer { indices in
        guard let base = records.baseAddress else { return }
        for position in rows.range(ofRow: row) { dateline_prefetch(base + Int(indices[position])) }
      }
    }
  }

  /// Σ value · weight over one row; four sums side by side, so that no addition waits for the one before.
  @inline(__always)
  func dot(_ rows: CSRMatrix, row: Int) -> Double {
    records.withUnsafeBufferPointer { records in
      rows.columnIndices.withUnsafeBufferPointer { indices in
        rows.values.withUnsafeBufferPointer { values in
          let elements = rows.range(ofRow: row)
          @inline(__always) func term(_ position: Int) -> Double {
            Double(values[position]) * Double(records[Int(indices[position])].x)
          }
          var sums: (Double, Double, Double, Double) = (0, 0, 0, 0)
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
    }
  }

  /// Σ scale · value² over one row.
  func squaredNorm(_ rows: CSRMatrix, row: Int) -> Double {
    records.withUnsafeBufferPointer { records in
      rows.columnIndices.withUnsafeBufferPointer { indices in
        rows.values.withUnsafeBufferPointer { values in
          var sum = 0.0
          for position in rows.range(ofRow: row) {
            let value = Double(values[position])
            sum += value * value * Double(records[Int(indices[position])].y)
          }
          return sum
        }
      }
    }
  }

  /// weight ← weight + step · scale · value, for the elements of one row.
  @inline(__always)
  func add(_ rows: CSRMatrix, row: Int, times step: Double) {
    let step = Float(step)
    records.withUnsafeMutableBufferPointer { records in
      rows.columnIndices.withUnsafeBufferPointer { indices in
        rows.values.withUnsafeBufferPointer { values in
          for position in rows.range(ofRow: row) {
            let record = records[Int(indices[position])]
            records[Int(indices[position])].x = record.x + step * values[position] * record.y
          }
        }
      }
    }
  }
}
