internal import DatelineCore

/// Finds out how the bytes of a text are encoded.
///
/// In this order: a byte order mark; bytes that are UTF-8 whatever is declared, as no other text is by accident; what
/// `<meta>` or an XML declaration says; the usual encoding of the language that the page declares; the letters that are
/// frequent in its bytes; Windows-1252.
struct EncodingSniffer {
  /// How far declarations are looked for, and how much of the text is looked at for its letters.
  private static let declarationLength = 8192
  private static let sampleLength = 1 << 16

  let bytes: UnsafeBufferPointer<UInt8>
  /// Whether a declaration may stand in the bytes.
  let isMarkup: Bool

  /// The encoding; `nil` for bytes that are valid UTF-8 as they are.
  func sniff() -> TextEncoding? {
    if bytes.count >= 2 {
      let (first, second) = (bytes[0], bytes[1])
      if first == 0xFF && second == 0xFE { return TextEncoding(name: "UTF-16LE") }
      if first == 0xFE && second == 0xFF { return TextEncoding(name: "UTF-16BE") }
      // Both can be told from binary data by their first two letters.
      if bytes.count >= 4, bytes.count.isMultiple(of: 2) {
        if first != 0, second == 0, bytes[2] != 0, bytes[3] == 0 { return TextEncoding(name: "UTF-16LE") }
        if first == 0, second != 0, bytes[2] == 0, bytes[3] != 0 { return TextEncoding(name: "UTF-16BE") }
      }
    }
    if isUTF8 { return nil }
    if bytes.hasPrefix("\u{FEFF}", at: 0) { return .utf8 }
    if let declared { return declared }
    if isNearlyUTF8 { return .utf8 }
    return encodingOfLanguage ?? FrequentLetters(sample).encoding ?? .windows1252
  }

  private var sample: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes.prefix(EncodingSniffer.sampleLength))
  }

  private var isUTF8: Bool { bytes.span.firstInvalidUTF8(in: bytes.indices) == nil }

  /// Whether most of what is beyond ASCII is UTF-8: a text with some damage, or put together from two sources.
  private var isNearlyUTF8: Bool {
    var (valid, invalid, place) = (0, 0, 0)
    let sample = sample
    while place < sample.count {
      let byte = sample[place]
      place += 1
      if byte < 0x80 { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 0
      let end = place + length - 1
      if length > 0, end <= sample.count, sample[place..<end].allSatisfy({ $0 & 0xC0 == 0x80 }) {
        valid += 1
        place = end
      } else {
        invalid += 1
      }
    }
    return valid > 4 * invalid
  }

  /// What `<meta charset>`, `<meta http-equiv>` or an XML declaration says.
  private var declared: TextEncoding? {
    guard isMarkup else { return nil }
    let head = bytes.prefix(EncodingSniffer.declarationLength).map { $0 | ($0 >= 0x41 && $0 <= 0x5A ? 0x20 : 0) }
    return head.withUnsafeBufferPointer { head in
      EncodingSniffer.value(of: "charset", in: head) ?? EncodingSniffer.value(of: "encoding", in: head)
    }.flatMap { TextEncoding(label: $0) }
  }

  private var encodingOfLanguage: TextEncoding? {
    guard isMarkup else { return nil }
    let head = Array(bytes.prefix(EncodingSniffer.declarationLength))
    let language = head.withUnsafeBufferPointer { EncodingSniffer.value(of: "lang", in: $0) }?.lowercased() ?? ""
    return EncodingSniffer.usual[String(language.prefix(2))].map { TextEncoding(name: $0) }
  }

  /// The encodings that are usual where none is declared (HTML standard, section 13.2.3.2).
  private static let usual: [String: String] = [
    "ru": "WINDOWS-1251", "uk": "WINDOWS-1251", "be": "WINDOWS-1251", "bg": "WINDOWS-1251", "mk": "WINDOWS-1251",
    "sr": "WINDOWS-1251", "el": "WINDOWS-1253", "tr": "WINDOWS-1254", "he": "WINDOWS-1255", "ar": "WINDOWS-1256",
    "fa": "WINDOWS-1256", "lt": "WINDOWS-1257", "lv": "WINDOWS-1257", "et": "WINDOWS-1257", "vi": "WINDOWS-1258",
    "th": "WINDOWS-874", "pl": "ISO-8859-2", "hu": "ISO-8859-2", "cs": "WINDOWS-1250", "sk": "WINDOWS-1250",
    "sl": "ISO-8859-2", "hr": "WINDOWS-1250", "ro": "ISO-8859-2", "zh": "GB18030", "ja": "CP932", "ko": "UHC",
  ]

  /// What follows a name and `=`, with or without quotation marks.
  private static func value(of name: StaticString, in head: UnsafeBufferPointer<UInt8>) -> String? {
    var start = 0
    while let hit = head.first(name, from: start) {
      start = hit + name.utf8CodeUnitCount
      var place = start
      func skip(_ isSkipped: (UInt8) -> Bool) { while place < head.count, isSkipped(head[place]) { place += 1 } }
      skip { $0 <= 0x20 }
      guard place < head.count, head[place] == UInt8(ascii: "=") else { continue }
      place += 1
      skip { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
      let label = head[place...].prefix(40).prefix { byte in
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x3A || byte == 0x2D || byte == 0x5F
      }
      if !label.isEmpty { return String(decoding: label, as: UTF8.self) }
    }
    return nil
  }
}
