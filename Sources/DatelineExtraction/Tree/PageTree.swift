/// The blocks of text of a page, and the elements around them.
///
/// Elements stand in the order of their start tags, so a parent stands before its children.
struct PageTree {
  /// An element that begins and ends blocks.
  struct Element {
    let parent: Int32
    let depth: Int32
    let kind: ElementKind
    /// Its own hints.
    let hints: Hints
    /// The hints of the element and of all around it.
    let allHints: Hints
    /// The places that the element and all around it are.
    let allPlaces: Places
    /// The level of the nearest heading, this element or its parent's parent at most; 0 where there is none.
    let headingLevel: UInt8
  }

  /// A run of text with no block's border in it.
  struct Block {
    /// The innermost element.
    let element: Int32
    /// Where the text is.
    let text: Range<Int>
    /// How many bytes of the text stand in links.
    let linkLength: Int
    let hasBold: Bool
    let hasItalic: Bool
  }

  /// Where a value came from that stands in the head of a page or in an attribute.
  var metadata = PageMetadata()
  var elements: [Element] = [
    Element(parent: 0, depth: 0, kind: .root, hints: [], allHints: [], allPlaces: [], headingLevel: 0)
  ]
  var blocks: [Block] = []
  /// The text of all blocks, UTF-8, whitespace collapsed; a newline is a `br`.
  var text: [UInt8] = []
}
