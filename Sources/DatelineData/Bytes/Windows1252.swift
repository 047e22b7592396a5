/// Windows-1252, which is Latin-1 with letters and typographic signs in place of 32 control codes. What is labelled
/// Latin-1 is read as this, as web browsers do (WHATWG Encoding, "windows-1252").
enum Windows1252 {
  /// The code points of 0x80...0x9F; five bytes are unassigned and stay the control codes that they are in Latin-1.
  private static let upper: [UInt16] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D,
    0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0x009D, 0x017E, 0x0178,
  ]

  /// The text as UTF-8.
  static func decode(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(range.count + range.count / 16)
    for place in range {
      let byte = bytes[place]
      if byte < 0x80 {
        text.append(byte)
        continue
      }
      let code = byte < 0xA0 ? upper[Int(byte) - 0x80] : UInt16(byte)
      if code < 0x800 {
        text.append(UInt8(0xC0 | code >> 6))
      } else {
        text.append(UInt8(0xE0 | code >> 12))
        text.append(UInt8(0x80 | (code >> 6 & 0x3F)))
      }
      text.append(UInt8(0x80 | (code & 0x3F)))
    }
    return text
  }
}
