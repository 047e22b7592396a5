/// A page in HTML: decides which of its blocks are the story.
struct HTMLPage {
  private let tree: PageTree

  init(_ tree: PageTree) { self.tree = tree }

  func extracted(explains: Bool) -> ExtractedPage {
    let picker = TitlePicker(tree)
    let titleIndex = picker.blockIndex()
    let decisions = decide(titleIndex, explains: explains)
    let metadata = tree.metadata
    var page = ExtractedPage(
      kind: .html, title: picker.title(titleIndex), body: body(decisions), date: metadata.date,
      language: metadata.language, site: metadata.site, blocks: [])
    if explains {
      page.blocks = decisions.indices.map { index in
        let role: PageBlock.Role = index == titleIndex ? .title : decisions[index].isKept ? .body : .dropped
        let reason = role == .title ? "the heading that the page's title repeats" : decisions[index].reason
        return PageBlock(
          text: String(decoding: tree.text[tree.blocks[index].text], as: UTF8.self), role: role, reason: reason)
      }
    }
    return page
  }

  private struct Decision {
    var isKept: Bool
    var reason: String
  }

  private func decide(_ titleIndex: Int?, explains: Bool) -> [Decision] {
    var features: [BlockFeatures] = []
    features.reserveCapacity(tree.blocks.count)
    for block in tree.blocks { features.append(BlockFeatures(tree, block)) }
    let context = ContextFeatures(tree, features, titleIndex: titleIndex)
    let model = PageModel.built
    var row = FeatureRow()
    var decisions: [Decision] = []
    decisions.reserveCapacity(features.count)
    for index in features.indices {
      row.removeAll()
      features[index].fill(&row)
      context.fill(&row, at: index)
      let isKept = model.score(row) > 0
      let reason = explains ? model.reason(row, isKept: isKept) : ""
      decisions.append(Decision(isKept: isKept && index != titleIndex, reason: reason))
    }
    return decisions
  }

  /// The text of the blocks that are kept.
  private func body(_ decisions: [Decision]) -> String {
    var body: [UInt8] = []
    var wasItem = false
    for (block, decision) in zip(tree.blocks, decisions) where decision.isKept {
      let isItem = tree.elements[Int(block.element)].kind == .li
      if !body.isEmpty { body += isItem && wasItem ? "\n".utf8 : "\n\n".utf8 }
      body += tree.text[block.text]
      wasItem = isItem
    }
    return String(decoding: body, as: UTF8.self)
  }
}
