/// What the attributes of a block's start tag say, as far as anybody asks.
///
/// Most of a page's markup is attributes, and each costs the parser several copies and comparisons. So they go round it:
/// what they say is read before, and the parser gets a single attribute, whose name is the note. References to characters
/// in their values are not resolved: names and styles are written without.
struct BlockNote {
  /// What the names in the attributes hint at.
  private(set) var hints: Hints = []
  /// Whether the element is not shown.
  private(set) var isHidden = false

  /// The note on a start tag. Of several attributes with one name the first counts, as in browsers.
  init(reading tag: inout StartTag) {
    var seen = StartTag.Seen()
    while let attribute = tag.next() {
      guard let name = Name(attribute), seen.insert(name.rawValue) else { continue }
      switch name {
      case .class, .id, .role, .itemprop: hints.formUnion(Hints(names: attribute.value))
      case .hidden: isHidden = true
      case .style: isHidden = isHidden || BlockNote.hides(attribute.value)
      }
    }
  }

  /// The note in the attributes that the parser reports.
  init(_ attributes: SAXAttributes) {
    guard let name = attributes.firstName else { return }
    isHidden = name[0] == BlockNote.hiddenSign
    guard name[0] == BlockNote.hintSign else { return }
    var (bits, place): (UInt32, Int) = (0, 1)
    while name[place] >= BlockNote.zero, name[place] < BlockNote.zero + 16 {
      bits = bits << 4 | UInt32(name[place] - BlockNote.zero)
      place += 1
    }
    hints = Hints(rawValue: bits)
  }

  /// Appends the attribute that says so, with a space before it; nothing where there is nothing to say.
  func append(to markup: inout [UInt8]) {
    if !isHidden, hints.isEmpty { return }
    markup.append(0x20)
    if isHidden { return markup.append(BlockNote.hiddenSign) }
    markup.append(BlockNote.hintSign)
    for shift in stride(from: 28, through: 0, by: -4) where hints.rawValue &>> shift != 0 {
      markup.append(BlockNote.zero + UInt8(hints.rawValue &>> shift & 15))
    }
  }

  private static let hiddenSign = UInt8(ascii: "x")
  private static let hintSign = UInt8(ascii: "h")
  /// Digits are letters, as a name is of letters.
  private static let zero = UInt8(ascii: "a")

  private enum Name: Int {
    case `class`, id, role, itemprop, hidden, style

    init?(_ attribute: StartTag.Attribute) {
      switch attribute.name.count {
      case 2 where attribute.has(name: "id"): self = .id
      case 4 where attribute.has(name: "role"): self = .role
      case 5 where attribute.has(name: "class"): self = .class
      case 5 where attribute.has(name: "style"): self = .style
      case 6 where attribute.has(name: "hidden"): self = .hidden
      case 8 where attribute.has(name: "itemprop"): self = .itemprop
      default: return nil
      }
    }
  }

  /// Whether a style has `display:none` or `visibility:hidden`.
  private static func hides(_ style: UnsafeBufferPointer<UInt8>) -> Bool {
    var walk = PatternMatcher.Walk()
    for byte in style where byte > 0x20 { hiding.step(&walk, byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte) }
    return walk.flags != 0
  }

  private static let hiding = PatternMatcher([("display:none", 1), ("visibility:hidden", 1)])
}
