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

  private init(start: UInt, rowSize: UInt) {
    self.start = start
    self.rowSize = rowSize
  }

  /// Requests where there is no table: for something that is always there, so that nobody has to ask which they are.
  public static var none: RowRequests {
    RowRequests(start: UInt(bitPattern: ("" as StaticString).utf8Start), rowSize: 0)
  }

  /// Asks for the beginning of a row.
  @inlinable @inline(__always)
  public func ask(for row: Int) { dateline_prefetch(address(of: row)) }

  /// Asks for the beginning and the end of a row, which are all of it where it is no longer than a line of the cache.
  @inlinable @inline(__always)
  public func askForWhole(_ row: Int) {
    let start = address(of: row)
    dateline_prefetch(start)
    dateline_prefetch(UnsafeRawPointer(bitPattern: UInt(bitPattern: start) &+ rowSize &- 1))
  }

  @inlinable @inline(__always)
  func address(of row: Int) -> UnsafeRawPointer? {
    UnsafeRawPointer(bitPattern: start &+ UInt(bitPattern: row) &* rowSize)
  }
}
