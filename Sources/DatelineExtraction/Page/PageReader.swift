internal import DatelineCore

/// Makes a ``PageTree`` of the markup of a page.
enum PageReader {
  /// - Parameter page: Valid UTF-8.
  static func tree(_ page: UnsafeBufferPointer<UInt8>) throws(DatelineError) -> PageTree {
    let cleaned = MarkupCleaner.clean(page)
    var tree = try HTMLParser.parse(cleaned)
    for script in cleaned.structured { tree.metadata.readStructured(script[...]) }
    return tree
  }
}

extension [UInt8] {
  /// The bytes as a buffer, for work that may throw.
  func withBuffer<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(DatelineError) -> Result
  ) throws(DatelineError) -> Result {
    try withUnsafeBufferPointer { (buffer) throws(DatelineError) in try body(buffer) }
  }
}
