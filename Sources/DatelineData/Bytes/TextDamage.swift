internal import DatelineCore

/// What makes bytes unfit to be text.
struct TextDamage {
  enum Kind: Equatable {
    /// A NUL, which text never holds and binary files nearly always do.
    case nul
    /// Bytes that are no UTF-8.
    case invalidUTF8(first: UInt8)
  }

  /// Where it is.
  let offset: Int
  /// What it is.
  let kind: Kind

  /// The first damage in a range, or `nil`.
  ///
  /// - Parameter requiresUTF8: Whether bytes above ASCII must be UTF-8; else only NUL is damage.
  static func first(in bytes: Span<UInt8>, _ range: Range<Int>, requiresUTF8: Bool) -> TextDamage? {
    let nul = bytes.first(0, in: range).map { TextDamage(offset: $0, kind: .nul) }
    guard requiresUTF8 else { return nul }
    let end = nul?.offset ?? range.upperBound
    if let place = bytes.firstInvalidUTF8(in: range.lowerBound..<end) {
      return TextDamage(offset: place, kind: .invalidUTF8(first: bytes[place]))
    }
    return nul
  }

  /// What was found and what to do.
  var message: String {
    switch kind {
    case .nul:
      "a NUL byte, which text does not hold: is this a binary file, or UTF-16? (iconv -f utf-16 -t utf-8 converts it)"
    case .invalidUTF8(let byte):
      "the byte 0x\(String(byte, radix: 16, uppercase: true)) is not UTF-8: where the file is Latin-1 or Windows-1252, say --encoding latin-1"
    }
  }
}
