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

  /// Appends a string in quotation marks.
  ///
  /// - Parameter text: UTF-8.
  static func write(_ text: String.UTF8View, into bytes: inout [UInt8]) {
    // Most of what is written needs no escapes, so they are counted: room for the longest would be six times as much.
    let escapes = text.count { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
    bytes.append(addingCapacity: text.count + 5 * escapes + 2) { $0.append(jsonString: text) }
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
