import CPrefetch
import DatelineVectors

/// Weights, and the squares of their prior's scales, for a few labels a feature: side by side, so that all that a
/// document needs of a feature comes from memory together.
///
/// A feature has a record: its weights in single precision, then the squared scales in 16 bits (the upper half of a
/// single). The number of labels is rounded up to an even one, and records fill half a line of 64 bytes, or whole ones: of
/// up to ten labels that is one line, where two arrays would take three or four.
struct ScaledRows {
  /// Labels, rounded up to an even number.
  let width: Int
  /// Bytes.
  private let recordSize: Int
  private let featureCount: Int
  private let memory: MutableSpool<SIMD16<Float>>

  /// Weights of zero.
  ///
  /// - Parameters:
  ///   - squaredScales: By features × stride; each is one that ``rounded(_:)`` gave.
  ///   - stride: At least as large as `labelCount`.
  ///   - labelCount: The labels.
  init(squaredScales: [Float], stride: Int, labelCount: Int) {
    let width = labelCount + labelCount % 2
    let needed = 6 * width
    let recordSize = needed <= 32 ? 32 : (needed + 63) / 64 * 64
    let featureCount = squaredScales.count / stride
    memory = MutableSpool(zeros: (featureCount * recordSize + 63) / 64)
    memory.withUnsafeMutableBufferPointer {
      let memory = UnsafeMutableRawBufferPointer($0)
      for feature in 0..<featureCount {
        for label in 0..<labelCount {
          memory.storeBytes(
            of: UInt16(squaredScales[feature * stride + label].bitPattern >> 16),
            toByteOffset: feature * recordSize + 4 * width + 2 * label, as: UInt16.self)
        }
      }
    }
    self.width = width
    self.recordSize = recordSize
    self.featureCount = featureCount
  }

  /// A scale to eight binary digits, which is what a record has room for.
  static func rounded(_ squaredScale: Float) -> Float {
    Float(bitPattern: (squaredScale.bitPattern &+ 0x8000) & 0xFFFF_0000)
  }

  /// The weights by themselves, by features × stride.
  func weights(stride: Int, labelCount: Int) -> [Float] {
    var weights = [Float](repeating: 0, count: featureCount * stride)
    forEachWeight(labelCount) { feature, label, weight, _ in weights[feature &* stride &+ label] = weight }
    return weights
  }

  /// ½ Σ w²/R²
  func penalty(labelCount: Int) -> Double {
    var sum = 0.0
    forEachWeight(labelCount) { _, _, weight, squaredScale in
      sum += Double(weight) * Double(weight) / Double(squaredScale)
    }
    return 0.5 * sum
  }

  @inline(__always)
  private func forEachWeight(_ labelCount: Int, _ body: (Int, Int, Float, Float) -> Void) {
    memory.withUnsafeBufferPointer { memory in
      guard let base = UnsafeRawPointer(memory.baseAddress) else { return }
      for feature in 0..<featureCount {
        let record = base + feature &* recordSize
        let weights = record.assumingMemoryBound(to: Float.self)
        let scales = (record + 4 &* width).assumingMemoryBound(to: UInt16.self)
        for label in 0..<labelCount {
          body(feature, label, weights[label], Float(bitPattern: UInt32(scales[label]) &<< 16))
        }
      }
    }
  }

  /// Asks for the records of a row's features.
  @inline(__always)
  func prefetch(_ rows: CSRMatrix, row: Int) {
    let elements = rows.range(ofRow: row)
    memory.withUnsafeBufferPointer { memory in
      rows.columnIndices.withUnsafeBufferPointer { indices in
        guard let base = UnsafeRawPointer(memory.baseAddress) else { return }
        for position in elements {
          let record = base + Int(indices[position]) &* recordSize
          var offset = 0
          while offset < recordSize {
            dateline_prefetch(record + offset)
            offset &+= 64
          }
        }
      }
    }
  }

  /// sums[label] ← Σ value · weight, for the elements of one row.
  ///
  /// - Parameter sums: ``width`` numbers.
  @inline(__always)
  func multiply(_ rows: CSRMatrix, row: Int, into sums: inout [Float]) {
    precondition(sums.count == width, "a sum a label")
    memory.withUnsafeBufferPointer { memory in
      rows.columnIndices.withUnsafeBufferPointer { indices in
        rows.values.withUnsafeBufferPointer { values in
          sums.withUnsafeMutableBytes { sums in
            guard let base = UnsafeRawPointer(memory.baseAddress) else {
              for place in sums.indices { sums[place] = 0 }
              return
            }
            let elements = rows.range(ofRow: row)
            @inline(__always) func block<Vector: SIMD>(_ column: Int, _ type: Vector.Type)
            where Vector.Scalar == Float {
              var sum = Vector.zero
              for position in elements {
                let place = Int(indices[position]) &* recordSize &+ 4 &* column
                sum += (base + place).loadUnaligned(as: Vector.self) * values[position]
              }
              sums.storeBytes(of: sum, toByteOffset: 4 &* column, as: Vector.self)
            }
            var column = 0
            while column < width {
              switch width &- column {
              case 8...:
                block(column, SIMD8<Float>.self)
                column &+= 8
              case 4...:
                block(column, SIMD4<Float>.self)
                column &+= 4
              default:
                block(column, SIMD2<Float>.self)
                column &+= 2
              }
            }
          }
        }
      }
    }
  }

  /// weight ← weight + step · squared scale · value, for the elements of one row.
  ///
  /// - Parameter steps: ``width`` numbers.
  @inline(__always)
  func add(_ rows: CSRMatrix, row: Int, times steps: [Float]) {
    precondition(steps.count == width, "a step a label")
    let (width, recordSize) = (width, recordSize)
    memory.withUnsafeMutableBufferPointer { memory in
      rows.columnIndices.withUnsafeBufferPointer { indices in
        rows.values.withUnsafeBufferPointer { values in
          steps.withUnsafeBytes { steps in
            guard let base = UnsafeMutableRawPointer(memory.baseAddress), let steps = steps.baseAddress else { return }
            for position in rows.range(ofRow: row) {
              let value = values[position]
              let record = base + Int(indices[position]) &* recordSize
              let scales = (record + 4 &* width).assumingMemoryBound(to: UInt16.self)
              @inline(__always) func scale(_ label: Int) -> Float { Float(bitPattern: UInt32(scales[label]) &<< 16) }
              var column = 0
              while column &+ 4 <= width {
                let scale = SIMD4(scale(column), scale(column &+ 1), scale(column &+ 2), scale(column &+ 3))
                let target = record + 4 &* column
                let step = (steps + 4 &* column).loadUnaligned(as: SIMD4<Float>.self) * value
                let old = target.loadUnaligned(as: SIMD4<Float>.self)
                target.storeBytes(of: old + step * scale, as: SIMD4<Float>.self)
                column &+= 4
              }
              if column < width {
                let target = record + 4 &* column
                let step = (steps + 4 &* column).loadUnaligned(as: SIMD2<Float>.self) * value
                let old = target.loadUnaligned(as: SIMD2<Float>.self)
                target.storeBytes(of: old + step * SIMD2(scale(column), scale(column &+ 1)), as: SIMD2<Float>.self)
              }
            }
          }
        }
      }
    }
  }
}
