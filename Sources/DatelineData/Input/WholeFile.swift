public import DatelineCore

/// Reads files that have to be in memory as a whole.
public enum WholeFile {
  /// How much room there is for a file at first; it doubles.
  private static let firstRoom = 1 << 18

  /// The bytes of a file, decompressed where it is gzip, and without the byte order mark of UTF-8. O(bytes).
  ///
  /// - Parameters:
  ///   - path: `nil` for standard input.
  ///   - limit: The most bytes that there may be, decompressed.
  /// - Throws: ``DatelineCore/DatelineError/Code/missingInput`` when it is not there,
  ///   ``DatelineCore/DatelineError/Code/inputOutput`` when it cannot be read,
  ///   ``DatelineCore/DatelineError/Code/invalidData`` when it is longer than the limit, damaged, or compressed with
  ///   something else.
  public static func read(_ path: String?, limit: Int) throws(DatelineError) -> [UInt8] {
    let file = path ?? "stdin"
    let input = try InputStream(file: file, path: path)
    var room = firstRoom
    var bytes: [UInt8] = []
    repeat {
      bytes = try input.read(upTo: min(room, limit + 1), behind: bytes[...])
      if bytes.count > limit {
        throw DatelineError(
          .invalidData, "over \(limit) bytes, which is more than this can be: is it the right file?",
          at: .init(file: file))
      }
      room *= 2
    } while bytes.count == room / 2
    return bytes
  }
}
