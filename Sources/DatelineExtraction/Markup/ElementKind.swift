/// The elements of HTML that matter for finding a story. All others are inline: their text belongs to what is around.
enum ElementKind: UInt8 {
  case inline, root
  // Their text is none of the page's.
  case script, style, noscript, template, svg, math, iframe, object, select, option, datalist, button, textarea, canvas
  case audio, video, map, applet, embed
  // They say something about the page or its text.
  case html, head, title, meta, link, base, br, a, b, strong, em, i, time
  // Each begins and ends a block of text.
  case body, p, div, section, article, main, header, footer, nav, aside, h1, h2, h3, h4, h5, h6, ul, ol, li, dl, dt, dd
  case table, caption, thead, tbody, tfoot, tr, td, th, blockquote, pre, form, fieldset, legend, figure, figcaption
  case address, hr, center, details, summary, dialog, menu, hgroup

  /// Whether its content is no text of the page.
  var isSkipped: Bool { rawValue >= ElementKind.script.rawValue && rawValue <= ElementKind.embed.rawValue }
  /// Whether text before it and text inside of it are two blocks.
  var isBlock: Bool { rawValue >= ElementKind.body.rawValue }

  /// 1 for `h1` to 6 for `h6`; 0 for others.
  var headingLevel: UInt8 {
    let level = rawValue &- ElementKind.h1.rawValue
    return level < 6 ? level + 1 : 0
  }

  /// The kind of the name that begins at a place, in any case.
  init(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    var key = Key()
    var place = start
    while place < bytes.count, !ElementKind.endsName(bytes[place]), key.add(bytes[place] | 0x20) { place += 1 }
    self.init(key)
  }

  /// Whether a byte is behind the name of an element.
  static func endsName(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") }

  /// The kind of a name in lower case, as libxml2 gives them.
  init(name: UnsafePointer<UInt8>) {
    var key = Key()
    var place = 0
    while name[place] != 0, key.add(name[place]) { place += 1 }
    self.init(key)
  }

  private init(_ key: Key) {
    var slot = key.slot
    while ElementKind.keys[slot] != key.value {
      if ElementKind.keys[slot] == 0 {
        self = .inline
        return
      }
      slot = (slot + 1) & 0xFF
    }
    self = ElementKind.kinds[slot]
  }

  /// The first eight bytes of a name and its length: no two names of the table agree in both.
  private struct Key {
    private var bytes: UInt64 = 0
    private var length: UInt64 = 0

    /// Takes a letter; tells whether more are of interest.
    @inline(__always)
    mutating func add(_ letter: UInt8) -> Bool {
      if length < 8 { bytes |= UInt64(letter) << (length * 8) }
      length += 1
      return length < 16
    }

    var value: UInt64 { bytes ^ length << 59 }
    var slot: Int { Int((value &* 0x9E37_79B9_7F4A_7C15) >> 56) }
  }

  /// A table with open addressing; 0 is a free slot.
  private static let (keys, kinds): ([UInt64], [ElementKind]) = {
    var keys = [UInt64](repeating: 0, count: 256)
    var kinds = [ElementKind](repeating: .inline, count: 256)
    for raw in ElementKind.script.rawValue...ElementKind.hgroup.rawValue {
      guard let kind = ElementKind(rawValue: raw) else { continue }
      var key = Key()
      for letter in "\(kind)".utf8 { _ = key.add(letter) }
      var slot = key.slot
      while keys[slot] != 0 { slot = (slot + 1) & 0xFF }
      keys[slot] = key.value
      kinds[slot] = kind
    }
    return (keys, kinds)
  }()
}
