extension CSRMatrix {
  /// The elements that a sweep over a matrix in a temporary file has in memory at a time.
  static let blockSize = 1 << 20

  /// Whether the elements are in a temporary file (``SharedBufferBuilder``).
  public var isSpooled: Bool { columnIndices.isSpooled || values.isSpooled }

  /// Lets go of the memory of some rows, if the elements are in a temporary file; they are read again when needed.
  public func release(rows: Range<Int>) {
    if rows.isEmpty { return }
    let range = rowOffsets[rows.lowerBound]..<rowOffsets[rows.upperBound]
    columnIndices.release(range)
    values.release(range)
  }

  /// Hands over all rows in order, in blocks whose memory is let go of behind them. In memory that is one block.
  public func forEachBlock<Failure: Error>(_ body: (Range<Int>) throws(Failure) -> Void) throws(Failure) {
    guard isSpooled else {
      try body(0..<rowCount)
      return
    }
    var start = 0
    for row in 0..<rowCount where rowOffsets[row + 1] - rowOffsets[start] >= CSRMatrix.blockSize || row + 1 == rowCount
    {
      try body(start..<row + 1)
      release(rows: start..<row + 1)
      start = row + 1
    }
  }

  /// Hands over some rows, which ascend, in blocks whose memory is let go of behind them. In memory that is one block.
  public func forEachBlock<Failure: Error>(
    of rows: [Int32], _ body: (ArraySlice<Int32>) throws(Failure) -> Void
  ) throws(Failure) {
    guard isSpooled else {
      try body(rows[...])
      return
    }
    var start = 0
    for place in rows.indices {
      let span = Int(rows[start])..<Int(rows[place]) + 1
      guard
        rowOffsets[span.upperBound] - rowOffsets[span.lowerBound] >= CSRMatrix.blockSize || place + 1 == rows.count
      else { continue }
      try body(rows[start...place])
      release(rows: span)
      start = place + 1
    }
  }
}
