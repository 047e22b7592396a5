/// The features of a document in any order, each with its value: a ``SparseVector`` that nobody has sorted, whose memory
/// is used again for the next document.
public struct FeatureList: Sendable {
  /// The number of features.
  public private(set) var count = 0
  // The first `count` of each are in use.
  private var indices: [UInt32] = []
  private var values: [Float] = []

  /// An empty list, which takes no memory yet.
  public init() {}

  /// Replaces all features by what `body` writes.
  ///
  /// - Parameters:
  ///   - count: The number of features.
  ///   - body: Writes a feature's number and its value at each place.
  public mutating func replace(
    count: Int, _ body: (_ indices: inout MutableSpan<UInt32>, _ values: inout MutableSpan<Float>) -> Void
  ) {
    reserve(count)
    FeatureList.write(&indices, &values, count, body)
    self.count = count
  }

  private static func write(
    _ indices: inout [UInt32], _ values: inout [Float], _ count: Int,
    _ body: (inout MutableSpan<UInt32>, inout MutableSpan<Float>) -> Void
  ) {
    indices.withUnsafeMutableBufferPointer { indices in
      values.withUnsafeMutableBufferPointer { values in
        var newIndices = MutableSpan(_unsafeElements: UnsafeMutableBufferPointer(rebasing: indices[..<count]))
        var newValues = MutableSpan(_unsafeElements: UnsafeMutableBufferPointer(rebasing: values[..<count]))
        body(&newIndices, &newValues)
      }
    }
  }

  /// Replaces all features by the elements of a vector. O(count).
  public mutating func replace(with row: SparseVector) {
    replace(count: row.count) { indices, values in
      for place in 0..<row.count {
        indices[place] = row.indices[place]
        values[place] = row.values[place]
      }
    }
  }

  /// Appends the elements of a vector, numbered from `first` on. O(count).
  public mutating func append(_ row: SparseVector, from first: UInt32) {
    reserve(count + row.count)
    for place in 0..<row.count {
      indices[count + place] = first + row.indices[place]
      values[count + place] = row.values[place]
    }
    count += row.count
  }

  private mutating func reserve(_ needed: Int) {
    let missing = needed - indices.count
    if missing <= 0 { return }
    let more = max(missing, indices.count, 64)
    indices += repeatElement(0, count: more)
    values += repeatElement(0, count: more)
  }

  /// The features and their values, for the length of `body`.
  @inline(__always)
  public func withSpans<Result>(_ body: (_ indices: Span<UInt32>, _ values: Span<Float>) -> Result) -> Result {
    body(indices.span.extracting(..<count), values.span.extracting(..<count))
  }
}
