extension JSONValue {
  /// The value as text on one line.
  public var text: String {
    var bytes: [UInt8] = []
    write(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The value as text on several lines, indented by two spaces a level.
  public var indentedText: String {
    var bytes: [UInt8] = []
    write(into: &bytes, indentation: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the value as UTF-8.
  ///
  /// - Parameters:
  ///   - bytes: Receives the text.
  ///   - indentation: The level to indent by; `nil` for one line.
  public func write(into bytes: inout [UInt8], indentation: Int? = nil) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let flag): bytes += (flag ? "true" : "false").utf8
    case .number(let number): JSONValue.write(number, into: &bytes)
    case .string(let text): JSONValue.write(text.utf8, into: &bytes)
    case .array(let elements):
      JSONValue.write("[", "]", elements.count, indentation, into: &bytes) { index, inner, bytes in
        elements[index].write(into: &bytes, indentation: inner)
      }
    case .object(let members):
      JSONValue.write("{", "}", members.count, indentation, into: &bytes) { index, inner, bytes in
        JSONValue.write(members[index].name.utf8, into: &bytes)
        bytes += (inner == nil ? ":" : ": ").utf8
        members[index].value.write(into: &bytes, indentation: inner)
      }
    }
  }

  /// Appends a number: whole ones below 2⁵⁴ without a fraction, others with as many digits as bring the same double back.
  /// JSON has no infinities: they and NaN become `null`.
  public static func write(_ number: Double, into bytes: inout [UInt8]) {
    if !number.isFinite {
      bytes += "null".utf8
    } else if number == number.rounded(), number.magnitude < 0x1p54 {
      bytes += "\(Int64(number))".utf8
    } else {
      bytes += "\(number)".utf8
    }
  }

  /// Appends a number rounded to six digits behind the point: what `write((number * 1e6).rounded() / 1e6, into:)` does,
  /// and for a probability in a fraction of the time.
  public static func write(roundedToMillionths number: Double, into bytes: inout [UInt8]) {
    let millionths = (number * 1e6).rounded()
    // Smaller numbers are written with an exponent.
    guard millionths >= 100, millionths < 1e6 else { return write(millionths / 1e6, into: &bytes) }
    bytes.append(addingCapacity: 8) { bytes in
      bytes.append(UInt8(ascii: "0"))
      bytes.append(UInt8(ascii: "."))
      var rest = UInt32(millionths)
      while rest > 0 {
        bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / 100_000))
        rest = rest % 100_000 * 10
      }
    }
  }

  /// Appends a string in quotation marks.
  ///
  /// - Parameter text: UTF-8.
  public static func write(_ text: some Sequence<UInt8>, into bytes: inout [UInt8]) {
    if text.withContiguousStorageIfAvailable({ write($0.span, into: &bytes) }) == nil {
      write(Array(text).span, into: &bytes)
    }
  }

  /// Appends a string in quotation marks.
  ///
  /// - Parameter text: UTF-8.
  public static func write(_ text: Span<UInt8>, into bytes: inout [UInt8]) {
    text.withUnsafeBufferPointer { text in
      bytes.append(quotationMark)
      var written = 0
      for place in text.indices where needsEscape(text[place]) {
        bytes += text[written..<place]
        writeEscape(text[place], into: &bytes)
        written = place + 1
      }
      bytes += UnsafeBufferPointer(rebasing: text[written...])
      bytes.append(quotationMark)
    }
  }

  @inline(__always)
  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == quotationMark || byte == backslash
  }

  private static let quotationMark = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")

  private static func writeEscape(_ byte: UInt8, into bytes: inout [UInt8]) {
    switch byte {
    case quotationMark: bytes += "\\\"".utf8
    case backslash: bytes += "\\\\".utf8
    case UInt8(ascii: "\n"): bytes += "\\n".utf8
    case UInt8(ascii: "\r"): bytes += "\\r".utf8
    case UInt8(ascii: "\t"): bytes += "\\t".utf8
    default:
      bytes += "\\u00".utf8
      bytes.append(hexadecimal[Int(byte >> 4)])
      bytes.append(hexadecimal[Int(byte & 15)])
    }
  }

  private static func write(
    _ open: String, _ close: String, _ count: Int, _ indentation: Int?, into bytes: inout [UInt8],
    _ element: (Int, Int?, inout [UInt8]) -> Void
  ) {
    bytes += open.utf8
    for index in 0..<count {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      if let indentation {
        bytes.append(UInt8(ascii: "\n"))
        bytes += repeatElement(UInt8(ascii: " "), count: 2 * (indentation + 1))
      }
      element(index, indentation.map { $0 + 1 }, &bytes)
    }
    if let indentation, count > 0 {
      bytes.append(UInt8(ascii: "\n"))
      bytes += repeatElement(UInt8(ascii: " "), count: 2 * indentation)
    }
    bytes += close.utf8
  }
}

private let hexadecimal = Array("0123456789abcdef".utf8)
