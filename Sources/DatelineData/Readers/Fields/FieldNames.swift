/// The names of a plan's fields, one behind the other: records are compared with them without counting references to
/// each, which threads would wait for.
struct FieldNames: Sendable {
  private let text: [UInt8]
  /// Where each name ends in ``text``.
  private let ends: [Int]

  init(_ names: [[UInt8]]) {
    text = Array(names.joined())
    ends = names.reduce(into: []) { $0.append(($0.last ?? 0) + $1.count) }
  }

  /// The field whose name stands in a range of other bytes.
  @inline(__always)
  func field(named name: Range<Int>, of bytes: Span<UInt8>) -> Int? {
    let (text, ends) = (text.span, ends.span)
    var start = 0
    for field in ends.indices {
      let end = ends[field]
      if end &- start == name.count,
        bytes.hasBytes(text.extracting(start..<end), at: name.lowerBound, before: name.upperBound)
      {
        return field
      }
      start = end
    }
    return nil
  }
}
