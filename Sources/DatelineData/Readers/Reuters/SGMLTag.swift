/// The tags of one element, and where its content lies. Names are upper case, as Reuters-21578 writes them.
struct SGMLTag: Sendable {
  private let name: String
  private let start: [UInt8]
  /// `</NAME>`
  let close: [UInt8]

  init(_ name: String) {
    self.name = name
    start = Array("<\(name)".utf8)
    close = Array("</\(name)>".utf8)
  }

  /// Whether the opening tag stands at a place.
  func opens(_ bytes: Span<UInt8>, at place: Int) -> Bool {
    let behind = place + start.count
    guard bytes.hasBytes(start, at: place, before: bytes.count), behind < bytes.count else { return false }
    return bytes[behind] == UInt8(ascii: ">") || bytes[behind].isWhitespace
  }

  /// The content of the first such element in a range; `nil` where there is none.
  func content(_ bytes: Span<UInt8>, in range: Range<Int>) throws(RecordFault) -> Range<Int>? {
    try element(bytes, in: range)?.content
  }

  /// The first such element in a range, with its tags and without them; `nil` where there is none.
  func element(
    _ bytes: Span<UInt8>, in range: Range<Int>
  ) throws(RecordFault) -> (whole: Range<Int>, content: Range<Int>)? {
    var next = range.lowerBound
    while let place = bytes.first(start, in: next..<range.upperBound) {
      next = place + start.count
      guard opens(bytes, at: place) else { continue }
      guard let tagEnd = bytes.first(UInt8(ascii: ">"), in: next..<range.upperBound) else {
        throw RecordFault("<\(name) without >")
      }
      guard let end = bytes.first(close, in: tagEnd + 1..<range.upperBound) else {
        throw RecordFault("<\(name)> without </\(name)>")
      }
      return (place..<end + close.count, tagEnd + 1..<end)
    }
    return nil
  }
}

/// The attributes of an opening tag, with their values in double quotation marks.
struct SGMLAttributes {
  /// The tag.
  let range: Range<Int>

  /// The value of an attribute.
  func value(_ name: String, _ bytes: Span<UInt8>) -> Range<Int>? {
    let pattern = Array(" \(name)=\"".utf8)
    guard let place = bytes.first(pattern, in: range) else { return nil }
    let start = place + pattern.count
    return bytes.first(.quote, in: start..<range.upperBound).map { start..<$0 }
  }

  /// Whether an attribute has a value.
  func has(_ name: String, value wanted: String, _ bytes: Span<UInt8>) -> Bool {
    guard let value = value(name, bytes) else { return false }
    return value.count == wanted.utf8.count
      && bytes.hasBytes(Array(wanted.utf8), at: value.lowerBound, before: value.upperBound)
  }
}
