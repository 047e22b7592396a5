/// A page in HTML: decides which of its blocks are the story.
struct HTMLPage {
  private let tree: PageTree

  init(_ tree: PageTree) { self.tree = tree }

  func extracted(explains: Bool) -> ExtractedPage {
    let picker = TitlePicker(tree)
    let titleIndex = picker.blockIndex()
    let (scores, reasons) = scores(titleIndex, explains: explains)
    let isKept = decisions(scores, titleIndex)
    let metadata = tree.metadata
    var page = ExtractedPage(
      kind: .html, title: picker.title(titleIndex), body: body(isKept), date: metadata.date,
      language: metadata.language, site: metadata.site, blocks: [])
    if explains {
      page.blocks = zip(tree.blocks.indices, reasons.words(isKept)).map { index, reason in
        let text = String(decoding: tree.text[tree.blocks[index].text], as: UTF8.self)
        if index == titleIndex {
          return PageBlock(text: text, role: .title, reason: "says what the page calls itself")
        }
        return PageBlock(text: text, role: isKept[index] ? .body : .dropped, reason: reason)
      }
    }
    return page
  }

  /// The scores of all blocks: positive for text of the story.
  private func scores(_ titleIndex: Int?, explains: Bool) -> (scores: [Float], reasons: BlockReasons) {
    var features: [BlockFeatures] = []
    features.reserveCapacity(tree.blocks.count)
    for block in tree.blocks { features.append(BlockFeatures(tree, block)) }
    let context = ContextFeatures(tree, features, titleIndex: titleIndex)
    let model = PageModel.built
    var row = FeatureRow()
    var scores: [Float] = []
    var reasons = BlockReasons()
    scores.reserveCapacity(features.count)
    for index in features.indices {
      row.removeAll()
      features[index].fill(&row)
      context.fill(&row, at: index)
      scores.append(model.score(row))
      if explains { reasons.add(row, model) }
    }
    return (scores, reasons)
  }

  /// Whether each block is kept. The items of a list stay together, and a heading stays with what it heads.
  private func decisions(_ scores: [Float], _ titleIndex: Int?) -> [Bool] {
    var isKept = scores.map { $0 > 0 }
    if let titleIndex { isKept[titleIndex] = false }
    for items in lists() {
      var (sum, length): (Float, Float) = (0, 0)
      for index in items {
        sum += scores[index] * Float(tree.blocks[index].text.count)
        length += Float(tree.blocks[index].text.count)
      }
      for index in items where index != titleIndex { isKept[index] = sum > 0 && length > 0 }
    }
    for index in isKept.indices.reversed() where isKept[index] {
      if tree.elements[Int(tree.blocks[index].element)].headingLevel == 0 { break }
      isKept[index] = false
    }
    return isKept
  }

  /// The blocks that are items of the same list, list by list.
  private func lists() -> [[Int]] {
    var lists: [[Int]] = []
    var open: Int32 = -1
    for (index, block) in tree.blocks.enumerated() {
      let element = tree.elements[Int(block.element)]
      guard element.kind == .li else {
        open = -1
        continue
      }
      if element.parent == open { lists[lists.count - 1].append(index) } else { lists.append([index]) }
      open = element.parent
    }
    return lists
  }

  /// The text of the blocks that are kept.
  private func body(_ isKept: [Bool]) -> String {
    var body: [UInt8] = []
    var wasItem = false
    for (block, isKept) in zip(tree.blocks, isKept) where isKept {
      let isItem = tree.elements[Int(block.element)].kind == .li
      if !body.isEmpty { body += isItem && wasItem ? "\n".utf8 : "\n\n".utf8 }
      body += tree.text[block.text]
      wasItem = isItem
    }
    return String(decoding: body, as: UTF8.self)
  }
}
