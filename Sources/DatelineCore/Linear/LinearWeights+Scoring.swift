import DatelineVectors

extension LinearWeights {
  /// Adds a document's weights up.
  ///
  /// The columns are taken in blocks of eight or four that stay in registers, up to two blocks at a time, the last one
  /// reaching back into the one before where the columns are no whole blocks. Every column's sum is taken in the order of
  /// the features.
  ///
  /// - Parameters:
  ///   - indices: The document's features.
  ///   - value: The value of the feature at a place among these.
  ///   - sums: Receives a sum a column.
  @inline(__always)
  func add(_ indices: Span<UInt32>, into sums: inout MutableSpan<Double>, _ value: (Int) -> Double) {
    switch storage {
    case .single(let elements): add(elements, indices, into: &sums, value)
    case .half(let elements): add(elements, indices, into: &sums, value)
    case .quarter(let elements): add(elements, indices, into: &sums, value)
    }
  }

  @inline(__always)
  private func add<Element: StoredWeight>(
    _ elements: SharedBuffer<Element>, _ indices: Span<UInt32>, into sums: inout MutableSpan<Double>,
    _ value: (Int) -> Double
  ) {
    let columns = columnCount
    precondition(sums.count >= columns, "a sum a column")
    elements.withSpan { elements in
      elements.withUnsafeBufferPointer { elements in
        guard let base = elements.baseAddress else {
          for column in 0..<columns { sums[column] = 0 }
          return
        }
        // Whatever a caller hands over, nothing outside of the weights is read. The rows are not asked for here: what finds
        // a document's features has done so (``requests``).
        var largest: UInt32 = 0
        for position in indices.indices { largest = max(largest, indices[position]) }
        precondition(indices.isEmpty || largest < featureCount, "a feature of the model")
        if columns >= 8 {
          var first = 0
          while first < columns {
            let one = min(first, columns &- 8)
            var left = SIMD8<Double>.zero
            if columns &- first > 12 {
              let other = min(first &+ 8, columns &- 8)
              var right = SIMD8<Double>.zero
              for position in indices.indices {
                let row = base + Int(indices[position]) &* columns
                let value = value(position)
                left += Element.eight(row + one) * value
                right += Element.eight(row + other) * value
              }
              for column in 0..<8 { sums[other &+ column] = right[column] * scales[other &+ column] }
            } else {
              // What is left is at most four.
              let other = columns &- 4
              var right = SIMD4<Double>.zero
              for position in indices.indices {
                let row = base + Int(indices[position]) &* columns
                let value = value(position)
                left += Element.eight(row + one) * value
                right += Element.four(row + other) * value
              }
              for column in 0..<4 { sums[other &+ column] = right[column] * scales[other &+ column] }
            }
            for column in 0..<8 { sums[one &+ column] = left[column] * scales[one &+ column] }
            first &+= 16
          }
        } else if columns >= 4 {
          let other = columns &- 4
          var (left, right) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
          for position in indices.indices {
            let row = base + Int(indices[position]) &* columns
            let value = value(position)
            left += Element.four(row) * value
            right += Element.four(row + other) * value
          }
          for column in 0..<4 {
            sums[column] = left[column] * scales[column]
            sums[other &+ column] = right[column] * scales[other &+ column]
          }
        } else {
          for column in 0..<columns {
            var sum = 0.0
            for position in indices.indices {
              sum += base[Int(indices[position]) &* columns &+ column].number * value(position)
            }
            sums[column] = sum * scales[column]
          }
        }
      }
    }
  }
}
