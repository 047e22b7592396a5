/// Goes over the lines of a piece of a file.
struct Lines {
  /// The number of the line that ``next(_:)`` gave last.
  private(set) var number: Int
  private var start = 0

  /// - Parameter firstLine: The number of the first line.
  init(firstLine: Int) { number = firstLine - 1 }

  /// The next line, without its end (`\n` or `\r\n`); `nil` behind the last one.
  @inline(__always)
  mutating func next(_ bytes: Span<UInt8>) -> Range<Int>? {
    guard start < bytes.count else { return nil }
    let line = start
    var end = bytes.first(.newline, in: line..<bytes.count) ?? bytes.count
    start = end + 1
    number += 1
    if end > line, bytes[end - 1] == .carriageReturn { end -= 1 }
    return line..<end
  }

  /// Where the last whole line ends, behind its `\n`; at the end of a file the last line needs none.
  static func endOfLast(in bytes: [UInt8], atEnd: Bool) -> Int {
    if atEnd { return bytes.count }
    let span = bytes.span
    return span.last(.newline, in: span.indices).map { $0 + 1 } ?? 0
  }
}
