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
  private let memory: MutableBuffer<SIMD16<Float>>

  /// Weights of zero.
  ///
  /// - Parameters:
  ///   - squaredScales: By features × stride; each is one that ``rounded(_:)`` gave.
  ///   - stride: At least as large as `labelCount`.
  ///   - labelCount: The labels.
  init(squaredScales: [Float], stride: Int, labelCount: Int) {
    let width = labelCount + labelCount % 2
    let recordSize = ScaledRows.recordSize(labelCount)
    let featureCount = squaredScales.count / stride
    memory = MutableBuffer(zeros: (featureCount * recordSize + 63) / 64)
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

  /// The bytes of a feature's record.
  static func recordSize(_ labelCount: Int) -> Int {
    let needed = 6 * (labelCount + labelCount % 2)
    return needed <= 32 ? 32 : (needed + 63) / 64 * 64
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
            /// Two blocks of labels in one sweep over the row.
            @inline(__always) func blocks<First: SIMD, Second: SIMD>(
              _ column: Int, _ first: First.Type, _ second: Second.Type
            ) -> Int where First.Scalar == Float, Second.Scalar == Float {
              var (one, other) = (First.zero, Second.zero)
              for position in elements {
                let record = base + (Int(indices[position]) &* recordSize &+ 4 &* column)
                let value = values[position]
                one += record.loadUnaligned(as: First.self) * value
                other += (record + 4 &* First.scalarCount).loadUnaligned(as: Second.self) * value
              }
              sums.storeBytes(of: one, toByteOffset: 4 &* column, as: First.self)
              sums.storeBytes(of: other, toByteOffset: 4 &* (column &+ First.scalarCount), as: Second.self)
              return column &+ First.scalarCount &+ Second.scalarCount
            }
            @inline(__always) func block<Vector: SIMD>(_ column: Int, _ type: Vector.Type) -> Int
            where Vector.Scalar == Float {
              var sum = Vector.zero
              for position in elements {
                let place = Int(indices[position]) &* recordSize &+ 4 &* column
                sum += (base + place).loadUnaligned(as: Vector.self) * values[position]
              }
              sums.storeBytes(of: sum, toByteOffset: 4 &* column, as: Vector.self)
              return column &+ Vector.scalarCount
            }
            var column = 0
            while column < width {
              column =
                switch width &- column {
                case 16...: blocks(column, SIMD8<Float>.self, SIMD8<Float>.self)
                case 12...: blocks(column, SIMD8<Float>.self, SIMD4<Float>.self)
                case 10...: blocks(column, SIMD8<Float>.self, SIMD2<Float>.self)
                case 8...: block(column, SIMD8<Float>.self)
                case 6...: blocks(column, SIMD4<Float>.self, SIMD2<Float>.self)
                case 4...: block(column, SIMD4<Float>.self)
                default: block(column, SIMD2<Float>.self)
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
            let elements = rows.range(ofRow: row)
            /// Up to ten labels in one sweep over the row, with their steps in registers.
            @inline(__always) func blocks(_ column: Int, fours: Int, hasTwo: Bool) -> Int {
              let first = (steps + 4 &* column).loadUnaligned(as: SIMD4<Float>.self)
              let second = fours > 1 ? (steps + (4 &* column &+ 16)).loadUnaligned(as: SIMD4<Float>.self) : .zero
              let tail = 16 &* fours
              let third = hasTwo ? (steps + (4 &* column &+ tail)).loadUnaligned(as: SIMD2<Float>.self) : .zero
              for position in elements {
                let record = base + Int(indices[position]) &* recordSize
                let target = record + 4 &* column
                let scales = record + (4 &* width &+ 2 &* column)
                let value = values[position]
                ScaledRows.add(first * value, scales, target)
                if fours > 1 { ScaledRows.add(second * value, scales + 8, target + 16) }
                if hasTwo { ScaledRows.add(third * value, scales + 8 &* fours, target + tail) }
              }
              return column &+ 4 &* fours &+ (hasTwo ? 2 : 0)
            }
            var column = 0
            while column < width {
              switch width &- column {
              case 10: column = blocks(column, fours: 2, hasTwo: true)
              case 8...: column = blocks(column, fours: 2, hasTwo: false)
              case 6...: column = blocks(column, fours: 1, hasTwo: true)
              case 4...: column = blocks(column, fours: 1, hasTwo: false)
              default:
                let step = (steps + 4 &* column).loadUnaligned(as: SIMD2<Float>.self)
                for position in elements {
                  let record = base + Int(indices[position]) &* recordSize
                  let scales = record + (4 &* width &+ 2 &* column)
                  ScaledRows.add(step * values[position], scales, record + 4 &* column)
                }
                column &+= 2
              }
            }
          }
        }
      }
    }
  }

  /// Four weights ← themselves + steps · squared scales.
  @inline(__always)
  private static func add(
    _ steps: SIMD4<Float>, _ scales: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer
  ) {
    let scales = scales.assumingMemoryBound(to: UInt16.self)
    // Element by element: the compiler makes vector instructions of that, but not of a conversion of whole vectors.
    @inline(__always) func scale(_ label: Int) -> Float { Float(bitPattern: UInt32(scales[label]) &<< 16) }
    let old = target.loadUnaligned(as: SIMD4<Float>.self)
    target.storeBytes(of: old + steps * SIMD4(scale(0), scale(1), scale(2), scale(3)), as: SIMD4<Float>.self)
  }

  /// Two weights ← themselves + steps · squared scales.
  @inline(__always)
  private static func add(
    _ steps: SIMD2<Float>, _ scales: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer
  ) {
    let scales = scales.assumingMemoryBound(to: UInt16.self)
    @inline(__always) func scale(_ label: Int) -> Float { Float(bitPattern: UInt32(scales[label]) &<< 16) }
    let old = target.loadUnaligned(as: SIMD2<Float>.self)
    target.storeBytes(of: old + steps * SIMD2(scale(0), scale(1)), as: SIMD2<Float>.self)
  }
}
