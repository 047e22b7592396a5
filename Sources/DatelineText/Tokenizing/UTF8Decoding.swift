/// The character at a place of a text and its length in bytes, or `nil` where the bytes are no valid UTF-8.
///
/// Overlong forms, surrogates and values beyond U+10FFFF are invalid (Unicode Standard, table 3-7).
@inline(__always)
func decodeUTF8(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (Unicode.Scalar, Int)? {
  let left = bytes.count - position
  guard left > 0 else { return nil }
  func continuation(_ offset: Int) -> UInt32 { UInt32(bytes[position + offset]) ^ 0x80 }
  let first = UInt32(bytes[position])
  let value: UInt32
  let length: Int
  switch first {
  case 0..<0x80:
    (value, length) = (first, 1)
  case 0xC2..<0xE0:
    guard left > 1, continuation(1) < 0x40 else { return nil }
    (value, length) = ((first & 0x1F) << 6 | continuation(1), 2)
  case 0xE0..<0xF0:
    guard left > 2, continuation(1) | continuation(2) < 0x40 else { return nil }
    (value, length) = ((first & 0x0F) << 12 | continuation(1) << 6 | continuation(2), 3)
    if value < 0x800 { return nil }
  case 0xF0..<0xF5:
    guard left > 3, continuation(1) | continuation(2) | continuation(3) < 0x40 else { return nil }
    (value, length) = (
      (first & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6 | continuation(3), 4
    )
    if value < 0x10000 { return nil }
  default:
    return nil
  }
  guard let scalar = Unicode.Scalar(value) else { return nil }
  return (scalar, length)
}
