/// Tells HTML from text.
enum FormatRecognizer {
  /// How many of the first bytes are looked at.
  private static let windowLength = 1 << 14
  /// Text in which so many tags stand is no text about tags.
  private static let manyTags = 12

  /// Whether bytes are HTML: they begin with a tag and have more of them, or they are full of tags.
  static func isHTML(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let window = UnsafeBufferPointer(rebasing: bytes.prefix(windowLength))
    guard var place = window.first(UInt8(ascii: "<"), from: 0) else { return false }
    let isFirst = window[..<place].allSatisfy { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    var tags = 0
    var closingTags = 0
    var beginsWithTag = false
    while true {
      switch tag(in: window, at: place + 1) {
      // Behind other text it may be what the text is about.
      case .document:
        if isFirst, tags == 0, closingTags == 0 { return true }
        tags += 1
      case .opening:
        tags += 1
        if isFirst, tags == 1, closingTags == 0 { beginsWithTag = true }
      case .closing: closingTags += 1
      case .none: break
      }
      if beginsWithTag, closingTags > 0 || tags > 1 { return true }
      if tags + closingTags >= manyTags, closingTags > 0 || tags == manyTags { return true }
      guard let next = window.first(UInt8(ascii: "<"), from: place + 1) else { return false }
      place = next
    }
  }

  private enum Tag { case none, opening, closing, document }

  /// What stands behind a `<`.
  private static func tag(in window: UnsafeBufferPointer<UInt8>, at start: Int) -> Tag {
    var place = start
    let isClosing = place < window.count && window[place] == UInt8(ascii: "/")
    if isClosing || place < window.count && window[place] == UInt8(ascii: "!") { place += 1 }
    var name: [UInt8] = []
    while place < window.count, name.count < 12 {
      let letter = window[place] | 0x20
      let isDigit = letter >= 0x30 && letter <= 0x39 && !name.isEmpty
      guard letter >= 0x61 && letter <= 0x7A || isDigit else { break }
      name.append(letter)
      place += 1
    }
    guard place < window.count, window[place] <= 0x20 || [0x3E, 0x2F].contains(window[place]) else { return .none }
    if documentNames.contains(name) { return .document }
    name.append(0)
    let isKnown = name.withUnsafeBufferPointer { $0.baseAddress.map { ElementKind(name: $0) != .inline } ?? false }
    return isKnown || name == spanName ? isClosing ? .closing : .opening : .none
  }

  private static let spanName = Array("span\0".utf8)
  private static let documentNames = ["doctype", "html", "head", "body"].map { Array($0.utf8) }
}
