import DatelineCore

/// The parts of a model in one run of bytes, as the host keeps them: for each its name and its content, with their
/// lengths before them.
enum PayloadBundle {
  static func bytes(of payloads: [Payload]) -> [UInt8] {
    var bytes: [UInt8] = []
    func append(_ number: Int) { withUnsafeBytes(of: UInt64(number).littleEndian) { bytes += $0 } }
    append(payloads.count)
    for payload in payloads {
      append(payload.name.utf8.count)
      bytes += payload.name.utf8
      append(payload.bytes.count)
      bytes += payload.bytes
    }
    return bytes
  }

  /// The parts again.
  ///
  /// - Throws: `DatelineError.Code.invalidData` for bytes that are anything else, however hostile.
  static func payloads(of bytes: UnsafeRawBufferPointer) throws(DatelineError) -> Payloads {
    var rest = bytes[...]
    func take(_ count: UInt64) throws(DatelineError) -> Slice<UnsafeRawBufferPointer> {
      guard count <= UInt64(rest.count) else {
        throw DatelineError(.invalidData, "a model that ends too early: the file is damaged")
      }
      let part = rest.prefix(Int(count))
      rest = rest.dropFirst(Int(count))
      return part
    }
    func number() throws(DatelineError) -> UInt64 {
      let part = try take(8)
      return UInt64(littleEndian: UnsafeRawBufferPointer(rebasing: part).loadUnaligned(as: UInt64.self))
    }
    var parts: [Payload] = []
    for _ in 0..<(try number()) {
      let name = String(decoding: try take(try number()), as: UTF8.self)
      guard !parts.contains(where: { $0.name == name }) else {
        throw DatelineError(.invalidData, "a model with two parts of one name: the file is damaged")
      }
      parts.append(Payload(name: name, bytes: Array(try take(try number()))))
    }
    guard rest.isEmpty else {
      throw DatelineError(.invalidData, "\(rest.count) bytes behind the model's end: the file is damaged")
    }
    return Payloads(parts)
  }
}
