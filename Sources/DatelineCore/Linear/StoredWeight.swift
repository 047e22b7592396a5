/// A number as weights are stored.
protocol StoredWeight: BitwiseCopyable, Sendable {
  /// The one that is nearest to a number, which is within its range.
  init(nearest number: Double)
  /// What it stands for.
  var number: Double { get }
}

extension StoredWeight {
  /// Eight numbers that stand one after another.
  ///
  /// Element by element: the compiler makes vector instructions of that, but not of a conversion of whole vectors.
  @inline(__always)
  static func eight(_ p: UnsafePointer<Self>) -> SIMD8<Double> {
    SIMD8(
      p[0].number, p[1].number, p[2].number, p[3].number, p[4].number, p[5].number, p[6].number, p[7].number)
  }

  /// Four numbers that stand one after another.
  @inline(__always)
  static func four(_ p: UnsafePointer<Self>) -> SIMD4<Double> {
    SIMD4(p[0].number, p[1].number, p[2].number, p[3].number)
  }
}

extension Float: StoredWeight {
  init(nearest number: Double) { self = Float(number) }

  @inline(__always) var number: Double { Double(self) }
}

extension Int16: StoredWeight {
  init(nearest number: Double) { self = Int16(Swift.max(-32767, Swift.min(32767, number.rounded()))) }

  @inline(__always) var number: Double { Double(self) }
}

/// A whole number q from -127 to 127 that stands for q·|q|: near zero, where most weights are, the steps are small.
struct SquaredInt8: StoredWeight {
  private let root: Int8

  /// What the largest one stands for.
  static let largest = 127 * 127

  init(nearest number: Double) {
    let size = number.magnitude.squareRoot().rounded(.down)
    // Halfway between two squares.
    let nearest = number.magnitude > size * size + size + 0.5 ? size + 1 : size
    root = Int8(number < 0 ? -min(127, nearest) : min(127, nearest))
  }

  @inline(__always)
  var number: Double {
    let root = Int32(root)
    return Double(root &* (root < 0 ? 0 &- root : root))
  }
}
