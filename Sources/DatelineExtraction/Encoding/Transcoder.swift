internal import Glibc

/// Makes UTF-8 of text in any encoding that the system's `iconv` knows; libxml2 uses the same.
enum Transcoder {
  /// The text as valid UTF-8. What is no text in its encoding becomes U+FFFD.
  ///
  /// - Returns: `nil` where the encoding is unknown.
  static func utf8(_ bytes: UnsafeBufferPointer<UInt8>, _ encoding: TextEncoding) -> [UInt8]? {
    if encoding == .utf8 { return Array(String(decoding: bytes, as: UTF8.self).utf8) }
    guard let descriptor = iconv_open("UTF-8", encoding.name), Int(bitPattern: descriptor) != -1 else { return nil }
    defer { iconv_close(descriptor) }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    var done = 0
    while done < bytes.count {
      done += convert(descriptor, bytes, from: done, into: &text)
    }
    return text
  }

  private static let chunk = 1 << 16

  /// Converts what fits into a chunk; returns how many bytes were taken.
  private static func convert(
    _ descriptor: iconv_t, _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, into text: inout [UInt8]
  ) -> Int {
    // An unfinished chunk is converted again with what follows, as the last chunk is with nothing.
    let length = min(chunk, bytes.count - start)
    var taken = 0
    var isDamaged = false
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4 * chunk) { output in
      guard let base = bytes.baseAddress, let outputBase = output.baseAddress else { return }
      var input: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: base + start)
        .assumingMemoryBound(to: CChar.self)
      var left = length
      var target: UnsafeMutablePointer<CChar>? = outputBase
      var room = output.count
      let status = iconv(descriptor, &input, &left, &target, &room)
      let produced = output.count - room
      text += UnsafeRawBufferPointer(start: outputBase, count: produced)
      taken = length - left
      // Either a sequence is wrong, or the end cuts one; at the end of the text this is wrong, too.
      isDamaged = status == -1 && (errno == EILSEQ || start + length == bytes.count || taken == 0)
    }
    if isDamaged, taken < length {
      text += [0xEF, 0xBF, 0xBD]
      taken += 1
    }
    return max(taken, 1)
  }
}
