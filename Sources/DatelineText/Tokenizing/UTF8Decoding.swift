/// The character at a place of a text and its length in bytes, or `nil` where the bytes are no valid UTF-8.
///
/// Overlong forms, surrogates and values beyond U+10FFFF are invalid (Unicode Standard, table 3-7).
func decodeUTF8(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (Unicode.Scalar, Int)? {
  guard position < bytes.count else { return nil }
  let first = UInt32(bytes[position])
  let length: Int
  var value: UInt32
  switch first {
  case 0..<0x80: return (Unicode.Scalar(UInt8(first)), 1)
  case 0xC2..<0xE0: (length, value) = (2, first & 0x1F)
  case 0xE0..<0xF0: (length, value) = (3, first & 0x0F)
  case 0xF0..<0xF5: (length, value) = (4, first & 0x07)
  default: return nil
  }
  guard position + length <= bytes.count else { return nil }
  for offset in 1..<length {
    let byte = UInt32(bytes[position + offset])
    guard byte & 0xC0 == 0x80 else { return nil }
    value = value << 6 | (byte & 0x3F)
  }
  let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
  guard value >= smallest, let scalar = Unicode.Scalar(value) else { return nil }
  return (scalar, length)
}
