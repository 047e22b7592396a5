/// A vector most of whose elements are zero: the indices of the others, ascending, and their values.
public struct SparseVector: Sendable, Equatable {
  /// The positions of the stored elements, strictly ascending.
  public private(set) var indices: [UInt32]
  /// The stored elements; as many as there are ``indices``.
  public private(set) var values: [Float]

  /// An empty vector: all elements are zero.
  public init() {
    indices = []
    values = []
  }

  /// A vector of the given elements.
  ///
  /// - Parameters:
  ///   - indices: Strictly ascending positions.
  ///   - values: As many values as there are positions.
  public init(indices: [UInt32], values: [Float]) {
    precondition(indices.count == values.count, "a sparse vector needs as many values as indices")
    precondition(
      zip(indices, indices.dropFirst()).allSatisfy { $0 < $1 }, "the indices of a sparse vector must ascend strictly")
    self.indices = indices
    self.values = values
  }

  /// The number of stored elements.
  public var count: Int { indices.count }

  /// Appends an element behind the last one. Amortised O(1).
  ///
  /// - Parameters:
  ///   - index: A position beyond the last stored one.
  ///   - value: The element.
  public mutating func append(index: UInt32, value: Float) {
    precondition(indices.last.map { $0 < index } ?? true, "the indices of a sparse vector must ascend strictly")
    indices.append(index)
    values.append(value)
  }

  /// Appends the elements of another vector, at positions from `first` on: beyond the last stored one. O(count).
  public mutating func append(_ other: SparseVector, from first: UInt32) {
    guard let next = other.indices.first else { return }
    precondition(
      indices.last.map { $0 < first + next } ?? true, "the indices of a sparse vector must ascend strictly")
    for index in other.indices { indices.append(first + index) }
    values += other.values
  }

  /// Replaces all elements by what `body` appends to the emptied arrays, whose memory is reused. O(count).
  ///
  /// - Parameter body: Appends strictly ascending positions, and as many values.
  public mutating func replace(_ body: (_ indices: inout [UInt32], _ values: inout [Float]) -> Void) {
    removeAll()
    body(&indices, &values)
    precondition(indices.count == values.count, "a sparse vector needs as many values as indices")
    precondition(indicesAscend, "the indices of a sparse vector must ascend strictly")
  }

  /// Replaces all elements by as many as there will be, whose memory is reused. O(count).
  ///
  /// - Parameter body: Writes strictly ascending positions, and a value for each.
  public mutating func replace(
    count: Int, _ body: (_ indices: inout MutableSpan<UInt32>, _ values: inout MutableSpan<Float>) -> Void
  ) {
    SparseVector.resize(&indices, to: count, filler: 0)
    SparseVector.resize(&values, to: count, filler: 0)
    SparseVector.write(&indices, &values, body)
    precondition(indicesAscend, "the indices of a sparse vector must ascend strictly")
  }

  private static func write(
    _ indices: inout [UInt32], _ values: inout [Float],
    _ body: (inout MutableSpan<UInt32>, inout MutableSpan<Float>) -> Void
  ) {
    var newIndices = indices.mutableSpan
    var newValues = values.mutableSpan
    body(&newIndices, &newValues)
  }

  private static func resize<Element>(_ elements: inout [Element], to count: Int, filler: Element) {
    let missing = count - elements.count
    if missing < 0 {
      elements.removeLast(-missing)
    } else if missing > 0 {
      elements.append(addingCapacity: missing) { $0.append(repeating: filler, count: missing) }
    }
  }

  /// All neighbours are compared, without a branch: so several are at once.
  private var indicesAscend: Bool {
    indices.withUnsafeBufferPointer { indices in
      var ascend = true
      for place in 1..<max(1, indices.count) { ascend = (indices[place &- 1] < indices[place]) && ascend }
      return ascend
    }
  }

  /// Removes all elements and keeps the memory.
  public mutating func removeAll() {
    indices.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// The inner product with a dense vector. O(count).
  ///
  /// - Parameter dense: A vector longer than the last index.
  public func dot(_ dense: [Double]) -> Double {
    var sum = 0.0
    for position in indices.indices { sum += Double(values[position]) * dense[Int(indices[position])] }
    return sum
  }

  /// Adds `alpha` times this vector to a dense one. O(count).
  public func axpy(_ alpha: Double, into dense: inout [Double]) {
    for position in indices.indices { dense[Int(indices[position])] += alpha * Double(values[position]) }
  }

  /// Multiplies all elements by `alpha`. O(count).
  public mutating func scale(by alpha: Float) {
    for position in values.indices { values[position] *= alpha }
  }

  /// The Euclidean norm, summed in double precision. O(count).
  public var norm: Double { values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot() }
}
