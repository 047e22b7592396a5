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

  /// The kind of a name in lower case, as libxml2 gives them.
  init(name: UnsafePointer<UInt8>) {
    let key = ElementKind.key(name)
    var slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> 56)
    while ElementKind.keys[slot] != key {
      if ElementKind.keys[slot] == 0 {
        self = .inline
        return
      }
      slot = (slot + 1) & 0xFF
    }
    self = ElementKind.kinds[slot]
  }

  /// The first eight bytes of a name and its length: no two names of the table agree in both.
  private static func key(_ name: UnsafePointer<UInt8>) -> UInt64 {
    var key: UInt64 = 0
    var length = 0
    while name[length] != 0, length < 16 {
      if length < 8 { key |= UInt64(name[length]) << UInt64(length * 8) }
      length += 1
    }
    return key ^ UInt64(length) << 59
  }

  /// A table with open addressing; 0 is a free slot.
  private static let (keys, kinds): ([UInt64], [ElementKind]) = {
    var keys = [UInt64](repeating: 0, count: 256)
    var kinds = [ElementKind](repeating: .inline, count: 256)
    for raw in ElementKind.script.rawValue...ElementKind.hgroup.rawValue {
      guard let kind = ElementKind(rawValue: raw) else { continue }
      let key = "\(kind)".withCString { $0.withMemoryRebound(to: UInt8.self, capacity: 16) { ElementKind.key($0) } }
      var slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> 56)
      while keys[slot] != 0 { slot = (slot + 1) & 0xFF }
      keys[slot] = key
      kinds[slot] = kind
    }
    return (keys, kinds)
  }()
}
