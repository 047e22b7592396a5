/// The escapes of JSON strings (RFC 8259, section 7).
enum JSONEscapes {
  /// What is wrong with an escape, or `nil`. Half of a surrogate pair is no fault: it becomes U+FFFD.
  ///
  /// - Parameters:
  ///   - place: The place behind a backslash.
  ///   - end: Where the string ends at the latest.
  static func fault(_ bytes: Span<UInt8>, at place: Int, end: Int) -> RecordFault? {
    guard place < end else { return RecordFault("a string without an end") }
    switch bytes[place] {
    case .quote, .backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"):
      return nil
    case UInt8(ascii: "u"):
      return codeUnit(bytes, at: place + 1, end: end) == nil
        ? RecordFault("\\u without four hexadecimal digits in a string") : nil
    default:
      return RecordFault("an unknown escape in a string: a backslash itself is written \\\\")
    }
  }

  /// Appends a string whose escapes have been checked. O(n).
  static func decode(_ bytes: Span<UInt8>, _ range: Range<Int>, into text: inout [UInt8]) {
    var start = range.lowerBound
    let end = range.upperBound
    while let backslash = bytes.first(.backslash, in: start..<end), backslash + 1 < end {
      text.append(bytes, start..<backslash)
      start = backslash + 2
      switch bytes[backslash + 1] {
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "n"): text.append(.newline)
      case UInt8(ascii: "r"): text.append(.carriageReturn)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "u"):
        let (scalar, next) = scalar(bytes, at: start, end: end)
        text.append(contentsOf: String(Character(scalar)).utf8)
        start = next
      case let byte: text.append(byte)
      }
    }
    text.append(bytes, start..<end)
  }

  /// The scalar of the digits behind `\u`, with the second half of a surrogate pair where there is one.
  private static func scalar(_ bytes: Span<UInt8>, at place: Int, end: Int) -> (Unicode.Scalar, next: Int) {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    guard let unit = codeUnit(bytes, at: place, end: end) else { return (replacement, min(place + 4, end)) }
    if let scalar = Unicode.Scalar(unit) { return (scalar, place + 4) }
    if unit < 0xDC00, place + 5 < end, bytes[place + 4] == .backslash, bytes[place + 5] == UInt8(ascii: "u"),
      let low = codeUnit(bytes, at: place + 6, end: end), (0xDC00..<0xE000).contains(low)
    {
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
      return (scalar ?? replacement, place + 10)
    }
    return (replacement, place + 4)
  }

  /// The number that four hexadecimal digits write.
  private static func codeUnit(_ bytes: Span<UInt8>, at place: Int, end: Int) -> UInt32? {
    guard place + 4 <= end else { return nil }
    var unit: UInt32 = 0
    for digit in place..<place + 4 {
      let byte = bytes[digit]
      let letter = byte.asciiLowercased
      if byte.isDigit {
        unit = unit << 4 | UInt32(byte - 0x30)
      } else if letter >= UInt8(ascii: "a"), letter <= UInt8(ascii: "f") {
        unit = unit << 4 | UInt32(letter - UInt8(ascii: "a") + 10)
      } else {
        return nil
      }
    }
    return unit
  }
}
