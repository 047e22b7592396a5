/// A line of text without tags, and what it looks like.
struct TextLine {
  enum Kind {
    case blank
    /// A long line that ends as sentences do.
    case prose
    /// A short one that ends as sentences do, such as a quotation.
    case sentence
    /// It ends in dots, as teasers do.
    case cut
    /// One to three words, as in menus.
    case menu
    /// Others: headlines, the names of authors, lines of a poem.
    case fragment
  }

  let range: Range<Int>
  let kind: Kind
  let length: Int
  /// Whether it asks for cookies, a subscription or the like.
  let isNotice: Bool
  /// Whether it begins with a bullet or a number, as items of lists do.
  let isItem: Bool
  let endsInColon: Bool
  /// The words of its beginning, to compare headlines with.
  let words: WordSequence

  private static let comparedLength = 2000

  init(_ text: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) {
    var line = line
    while let first = line.first, text[first] <= 0x20 { line = first + 1..<line.upperBound }
    while let last = line.last, text[last] <= 0x20 { line = line.lowerBound..<last }
    range = line
    let bytes = UnsafeBufferPointer(rebasing: text[line])
    let statistics = TextStatistics(bytes)
    length = statistics.length
    isNotice = Notices.occur(in: bytes)
    isItem = TextLine.isItem(bytes)
    endsInColon = bytes.last == UInt8(ascii: ":")
    words = WordSequence(bytes.prefix(TextLine.comparedLength))
    kind = TextLine.kind(statistics)
  }

  private static func kind(_ statistics: TextStatistics) -> Kind {
    if statistics.length == 0 { return .blank }
    switch statistics.end {
    case .cut: return .cut
    case .sentence: return statistics.length >= 60 ? .prose : .sentence
    case .colon where statistics.length >= 60: return .prose
    case .colon, .none:
      // A paragraph may lack its stop, or have it before a source in brackets.
      if statistics.length >= 120, statistics.sentences >= 1 || statistics.commas >= 2 { return .prose }
      return statistics.words <= 3 && statistics.length <= 30 && statistics.end == .none ? .menu : .fragment
    }
  }

  private static func isItem(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count > 2 else { return false }
    switch bytes[0] {
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"): return bytes[1] == 0x20 || bytes[1] == 0x09
    case 0xC2: return bytes[1] == 0xB7
    case 0xE2: return bytes.hasPrefix("•", at: 0) || bytes.hasPrefix("–", at: 0) || bytes.hasPrefix("—", at: 0)
    default:
      let digits = bytes.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
      guard digits > 0, digits < 4, digits + 1 < bytes.count else { return false }
      return [UInt8(ascii: "."), UInt8(ascii: ")")].contains(bytes[digits]) && bytes[digits + 1] == 0x20
    }
  }
}

/// Sentences that sites say of themselves. A story may have such words too, so they count at its borders only.
private enum Notices {
  private static let matcher = PatternMatcher(
    [
      "use cookies", "uses cookies", "cookie policy", "cookie settings", "accept cookies", "all cookies",
      "our cookies", "privacy policy", "privacy notice", "terms of use", "terms of service", "terms and conditions",
      "all rights reserved", "newsletter", "sign up for", "sign up to", "subscribe", "follow us", "log in", "sign in",
      "read more", "skip to content", "skip to main", "share this", "advertisement", "most read", "most popular",
      "trending", "related stories", "related articles", "more from", "recommended", "load more", "back to top",
      "cookies verwenden", "verwendet cookies", "datenschutz", "alle rechte vorbehalten", "utilise des cookies",
      "utilisons des cookies", "tous droits réservés", "utiliza cookies", "utilizamos cookies",
      "todos los derechos reservados", "utilizza i cookie", "tutti i diritti riservati", "wszelkie prawa zastrzeżone",
      "все права защищены", "файлы cookie", "μπορείτε να διαβάσετε", "版权所有",
    ].map { (pattern: $0, flags: 1) })

  static func occur(in line: UnsafeBufferPointer<UInt8>) -> Bool {
    var walk = PatternMatcher.Walk()
    for byte in line.prefix(600) {
      matcher.step(&walk, byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      if walk.flags != 0 { return true }
    }
    return false
  }
}
