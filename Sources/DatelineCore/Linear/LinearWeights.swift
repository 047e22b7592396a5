public import DatelineVectors

/// The weights of a linear classifier, features × columns, in 32, 16 or 8 bits each: fewer bits make a smaller file, and
/// scoring waits less for memory.
///
/// A weight is what is stored times the scale of its column. In 16 bits it is off by at most 1/65,534 of the column's
/// largest weight. In 8 bits, where q²/127² with the sign of q is stored as q, it is off by at most a hundredth of the
/// largest weight, and small weights by far less.
public struct LinearWeights: Sendable {
  /// Bits a weight.
  public enum Precision: Int, Sendable, CaseIterable {
    /// Single precision.
    case single = 32
    /// Whole numbers from -32,767 to 32,767.
    case half = 16
    /// Squares of whole numbers from -127 to 127, with their signs.
    case quarter = 8
  }

  enum Storage: Sendable {
    case single(SharedBuffer<Float>)
    case half(SharedBuffer<Int16>)
    case quarter(SharedBuffer<SquaredInt8>)
  }

  /// The number of features.
  public let featureCount: Int
  /// The number of columns.
  public let columnCount: Int
  let storage: Storage
  /// By column; ones for single precision.
  let scales: [Double]

  /// Weights of the given numbers, in single precision.
  ///
  /// - Parameters:
  ///   - elements: Features × columns.
  ///   - columnCount: At least 1.
  public init(_ elements: SharedBuffer<Float>, columnCount: Int) {
    precondition(columnCount > 0 && elements.count % columnCount == 0, "features × columns weights")
    featureCount = elements.count / columnCount
    self.columnCount = columnCount
    storage = .single(elements)
    scales = Array(repeating: 1, count: columnCount)
  }

  private init(featureCount: Int, scales: [Double], storage: Storage) {
    self.featureCount = featureCount
    columnCount = scales.count
    self.scales = scales
    self.storage = storage
  }

  /// Bits a weight.
  public var precision: Precision {
    switch storage {
    case .single: .single
    case .half: .half
    case .quarter: .quarter
    }
  }

  /// What asks for the weights of a feature.
  var requests: RowRequests {
    switch storage {
    case .single(let elements): RowRequests(elements, rowLength: columnCount)
    case .half(let elements): RowRequests(elements, rowLength: columnCount)
    case .quarter(let elements): RowRequests(elements, rowLength: columnCount)
    }
  }

  /// One weight.
  public subscript(feature: Int, column: Int) -> Double {
    let place = feature * columnCount + column
    let element =
      switch storage {
      case .single(let elements): elements[place].number
      case .half(let elements): elements[place].number
      case .quarter(let elements): elements[place].number
      }
    return scales[column] * element
  }

  /// All weights, features × columns. O(n) in time and memory.
  public func array() -> [Double] {
    (0..<featureCount).flatMap { feature in (0..<columnCount).map { self[feature, $0] } }
  }

  /// The weights of some features, in fewer bits or as many. O(features × columns).
  ///
  /// - Parameters:
  ///   - features: Numbers of features, in the order in which they are wanted; `nil` for all.
  ///   - precision: Bits a weight.
  public func selecting(_ features: [Int]? = nil, precision: Precision) -> LinearWeights {
    if precision == .single {
      let features = features ?? Array(0..<featureCount)
      let elements = features.flatMap { feature in (0..<columnCount).map { Float(self[feature, $0]) } }
      return LinearWeights(SharedBuffer(elements), columnCount: columnCount)
    }
    switch storage {
    case .single(let elements): return stored(elements, features, precision)
    case .half(let elements): return stored(elements, features, precision)
    case .quarter(let elements): return stored(elements, features, precision)
    }
  }

  /// Weights in 16 or 8 bits.
  private func stored(
    _ elements: SharedBuffer<some StoredWeight>, _ features: [Int]?, _ precision: Precision
  ) -> LinearWeights {
    let count = features?.count ?? featureCount
    let oldScales = scales
    var largest = [Double](repeating: 0, count: columnCount)
    elements.withUnsafeBufferPointer { elements in
      for place in 0..<count {
        let row = (features?[place] ?? place) * columnCount
        for column in 0..<columnCount {
          largest[column] = max(largest[column], abs(oldScales[column] * elements[row + column].number))
        }
      }
    }
    let steps = precision == .half ? Double(Int16.max) : Double(SquaredInt8.largest)
    let scales = largest.map { $0 > 0 ? $0 / steps : 1 }
    func rounded<Element: StoredWeight>(_ type: Element.Type) -> SharedBuffer<Element> {
      SharedBuffer(count: count * columnCount) { target in
        elements.withUnsafeBufferPointer { elements in
          for place in 0..<count {
            let row = (features?[place] ?? place) * columnCount
            for column in 0..<columnCount {
              let number = oldScales[column] * elements[row + column].number
              target.initializeElement(at: place * columnCount + column, to: Element(nearest: number / scales[column]))
            }
          }
        }
      }
    }
    return LinearWeights(
      featureCount: count, scales: scales,
      storage: precision == .half ? .half(rounded(Int16.self)) : .quarter(rounded(SquaredInt8.self)))
  }

  /// `linear.weights` with the numbers as they are stored, and, but for single precision, `linear.scales`.
  func payloads() -> [Payload] {
    let scales = Payload(name: "linear.scales", scales)
    return switch storage {
    case .single(let elements): [Payload(name: "linear.weights", elements)]
    case .half(let elements): [scales, Payload(name: "linear.weights", elements)]
    case .quarter(let elements): [scales, Payload(name: "linear.weights", elements)]
    }
  }

  /// Brings weights back from the parts that ``payloads()`` gave.
  ///
  /// - Parameters:
  ///   - featureCount: The number of features.
  ///   - columnCount: The number of columns; the product of both is within the range of numbers.
  ///   - precision: Bits a weight.
  init(_ payloads: Payloads, featureCount: Int, columnCount: Int, precision: Precision) throws(DatelineError) {
    let count = featureCount * columnCount
    let scales =
      precision == .single
      ? Array(repeating: 1, count: columnCount)
      : try payloads.numbers("linear.scales", as: Double.self, count: columnCount).array()
    guard scales.allSatisfy(\.isFinite) else {
      throw DatelineError(.invalidData, "a scale of the weights is not a number: the file is damaged")
    }
    let name = "linear.weights"
    let storage: Storage =
      switch precision {
      case .single: .single(try payloads.numbers(name, as: Float.self, count: count))
      case .half: .half(try payloads.numbers(name, as: Int16.self, count: count))
      case .quarter: .quarter(try payloads.numbers(name, as: SquaredInt8.self, count: count))
      }
    self.init(featureCount: featureCount, scales: scales, storage: storage)
  }
}
