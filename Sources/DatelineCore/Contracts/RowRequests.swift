public import CPrefetch
public import DatelineVectors

/// Asks memory for rows of a table some time before they are read, so that whoever reads them does not wait.
///
/// Nothing is read: asking for a row that is not there, or not there any more, does nothing.
public struct RowRequests: Sendable {
  @usableFromInline let start: UInt
  @usableFromInline let rowSize: UInt

  /// Requests for the rows of a table.
  ///
  /// - Parameters:
  ///   - table: The rows, one behind the other.
  ///   - rowLength: How many elements a row has.
  public init<Element>(_ table: SharedBuffer<Element>, rowLength: Int = 1) {
    start = table.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    rowSize = UInt(rowLength * MemoryLayout<Element>.stride)
  }

  /// Asks for the beginning of a row.
  @inlinable @inline(__always)
  public func ask(for row: Int) {
    dateline_prefetch(UnsafeRawPointer(bitPattern: start &+ UInt(bitPattern: row) &* rowSize))
  }
}
