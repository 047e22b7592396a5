/// What writes JSON piece by piece into room that was made for it beforehand: for those who write a line a document, and
/// know its members. Appending to an array for each piece takes many times as long.
extension OutputSpan where Element == UInt8 {
  /// The most bytes that a string of so many takes, quotation marks included: an escape takes six.
  public static func jsonStringRoom(_ byteCount: Int) -> Int { 6 * byteCount + 2 }
  /// The most bytes that a number rounded to millionths takes: those of a double.
  public static var jsonNumberRoom: Int { 32 }

  /// Appends text that stands in the program, as it is.
  @inlinable @inline(__always)
  public mutating func append(text: StaticString) {
    append(bytes: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends bytes as they are.
  @inlinable @inline(__always)
  public mutating func append(bytes: UnsafeBufferPointer<UInt8>) {
    precondition(bytes.count <= freeCapacity, "room was made")
    withUnsafeMutableBufferPointer { output, count in
      UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(output)[count...])
        .copyMemory(from: UnsafeRawBufferPointer(bytes))
      count &+= bytes.count
    }
  }

  /// Appends a string in quotation marks.
  ///
  /// - Parameter text: UTF-8.
  public mutating func append(jsonString text: some Sequence<UInt8>) {
    if text.withContiguousStorageIfAvailable({ append(jsonString: $0.span) }) == nil {
      append(jsonString: Array(text).span)
    }
  }

  /// Appends a string in quotation marks.
  ///
  /// - Parameter text: UTF-8.
  public mutating func append(jsonString text: Span<UInt8>) {
    withUnsafeMutableBufferPointer { output, count in
      var place = count
      func put(_ byte: UInt8) {
        precondition(place < output.count, "room was made")
        output.initializeElement(at: place, to: byte)
        place &+= 1
      }
      put(UInt8(ascii: "\""))
      for index in text.indices {
        let byte = text[index]
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
          put(byte)
          continue
        }
        put(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): put(byte)
        case UInt8(ascii: "\n"): put(UInt8(ascii: "n"))
        case UInt8(ascii: "\r"): put(UInt8(ascii: "r"))
        case UInt8(ascii: "\t"): put(UInt8(ascii: "t"))
        default:
          put(UInt8(ascii: "u"))
          put(UInt8(ascii: "0"))
          put(UInt8(ascii: "0"))
          put(UInt8(ascii: "0") + byte >> 4)
          put(byte & 15 < 10 ? UInt8(ascii: "0") + byte & 15 : UInt8(ascii: "a") + byte & 15 - 10)
        }
      }
      put(UInt8(ascii: "\""))
      count = place
    }
  }

  /// Appends a number rounded to six digits behind the point: what `JSONValue.write((number * 1e6).rounded() / 1e6, into:)`
  /// does, and for a probability in a fraction of the time.
  public mutating func append(roundedToMillionths number: Double) {
    let millionths = (number * 1e6).rounded()
    // Smaller numbers are written with an exponent.
    guard millionths >= 100, millionths < 1e6 else {
      var bytes: [UInt8] = []
      JSONValue.write(millionths / 1e6, into: &bytes)
      return bytes.withUnsafeBufferPointer { append(bytes: $0) }
    }
    append(text: "0.")
    var rest = UInt32(millionths)
    while rest > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / 100_000))
      rest = rest % 100_000 * 10
    }
  }
}
