/// Bytes that come one after another: a file, standard input, or what either decompresses to.
protocol ByteSource: AnyObject {
  /// Fills memory from its start and returns how many bytes came; 0 at the end, and only there.
  func read(into memory: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int
}

/// Why bytes stopped coming. Whoever knows the file makes an error of it.
enum SourceFailure: Error {
  /// The system says no: the number of the error.
  case system(Int32)
  /// What should be gzip is not.
  case damaged(String)
}
