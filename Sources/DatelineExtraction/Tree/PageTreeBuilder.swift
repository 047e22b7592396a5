/// Makes a ``PageTree`` of the start tags, end tags and text that a parser meets.
struct PageTreeBuilder {
  /// An open element, inline ones too.
  private struct Open {
    let kind: ElementKind
    let role: Role
  }

  private enum Role {
    case plain, link, skipped
    /// An element of the tree.
    case block
  }

  /// No page that is meant to be read has more. What is beyond belongs to the element around it, or to the last block.
  private static let maximumElements = 1 << 18
  private static let maximumBlocks = 1 << 18

  private(set) var tree = PageTree()
  private var buffer = PageTextBuffer()
  private var open: [Open] = []
  private var element: Int32 = 0
  private var skipping = 0
  private var linksOpen = 0
  private var isInTitle = false
  private var hasBold = false
  private var hasItalic = false
  private var isFinished = false

  /// The tree of all that came.
  mutating func finish() -> PageTree {
    isFinished = true
    endBlock()
    tree.text = buffer.bytes
    return tree
  }

  mutating func start(_ kind: ElementKind, _ attributes: SAXAttributes) {
    let note = kind.isBlock ? BlockNote(attributes) : nil
    if skipping > 0 || kind.isSkipped || note?.isHidden ?? false {
      skipping += 1
      open.append(Open(kind: kind, role: .skipped))
      return
    }
    var role = Role.plain
    switch kind {
    case .br: if buffer.addBreak() == 2 { endBlock() }
    case .title: isInTitle = true
    case .html: tree.metadata.readLanguage(attributes)
    case .meta: tree.metadata.readMeta(attributes)
    case .time: tree.metadata.readTime(attributes)
    case .a:
      if attributes.has("href") {
        linksOpen += 1
        role = .link
      }
    case .b, .strong: hasBold = true
    case .em, .i: hasItalic = true
    default:
      if let note {
        endBlock()
        if tree.elements.count < PageTreeBuilder.maximumElements {
          role = .block
          openElement(kind, note.hints)
        }
      }
    }
    open.append(Open(kind: kind, role: role))
  }

  mutating func end(_ kind: ElementKind) {
    if let top = open.last, top.kind == kind {
      open.removeLast()
      close(top)
      return
    }
    // Tags that overlap. What was never opened ends nothing.
    guard let last = open.lastIndex(where: { $0.kind == kind }) else { return }
    for index in (last..<open.count).reversed() { close(open[index]) }
    open.removeSubrange(last...)
  }

  mutating func text(_ text: UnsafeBufferPointer<UInt8>) {
    if isInTitle {
      tree.metadata.addTitle(text)
    } else if skipping == 0 {
      buffer.append(text, isLink: linksOpen > 0)
    }
  }

  private mutating func close(_ closed: Open) {
    switch closed.role {
    case .skipped: skipping -= 1
    case .link: linksOpen -= 1
    case .block:
      endBlock()
      element = tree.elements[Int(element)].parent
    case .plain: if closed.kind == .title { isInTitle = false } else if closed.kind.isBlock { endBlock() }
    }
  }

  private mutating func openElement(_ kind: ElementKind, _ hints: Hints) {
    let parent = tree.elements[Int(element)]
    // A heading may have an element or two around its text.
    var headingLevel = kind.headingLevel
    if headingLevel == 0 { headingLevel = parent.kind.headingLevel }
    if headingLevel == 0 { headingLevel = tree.elements[Int(parent.parent)].kind.headingLevel }
    tree.elements.append(
      PageTree.Element(
        parent: element, depth: parent.depth + 1, kind: kind, hints: hints, allHints: parent.allHints.union(hints),
        allPlaces: parent.allPlaces.union(Places(kind)), headingLevel: headingLevel))
    element = Int32(tree.elements.count - 1)
  }

  private mutating func endBlock() {
    if tree.blocks.count == PageTreeBuilder.maximumBlocks - 1, !isFinished {
      _ = buffer.addBreak()
      return
    }
    defer { (hasBold, hasItalic) = (false, false) }
    let linkLength = buffer.linkLength
    let text = buffer.endBlock()
    if text.isEmpty { return }
    tree.blocks.append(
      PageTree.Block(element: element, text: text, linkLength: linkLength, hasBold: hasBold, hasItalic: hasItalic))
  }
}
