/// Finds the headline of a page: the heading that says what the page calls itself, else what the page calls itself.
struct TitlePicker {
  private static let longestTitle = 400
  private static let mostWords = 40

  private let tree: PageTree
  private let pageTitle: WordSequence
  private let linkTitle: WordSequence
  private let titleWords: Set<UInt64>

  init(_ tree: PageTree) {
    self.tree = tree
    // A title that goes on for pages is none, and comparing must not take long.
    pageTitle = WordSequence(tree.metadata.title.prefix(1024))
    let linkTitle = tree.metadata.structuredTitle ?? tree.metadata.linkTitle ?? ""
    self.linkTitle = WordSequence(linkTitle.utf8.prefix(1024))
    titleWords = Set(pageTitle.words).union(self.linkTitle.words)
  }

  /// The block that is the headline; `nil` where none is.
  func blockIndex() -> Int? {
    var best: (score: Double, index: Int)?
    for (index, block) in tree.blocks.enumerated() where block.text.count <= TitlePicker.longestTitle {
      guard let score = score(block, index), score >= 1, score > best?.score ?? 0 else { continue }
      best = (score, index)
    }
    return best?.index
  }

  private func score(_ block: PageTree.Block, _ index: Int) -> Double? {
    let level = tree.elements[Int(block.element)].headingLevel
    // Most blocks end here.
    if level == 0, !titleWords.contains(WordSequence.first(tree.text[block.text])) { return nil }
    let words = WordSequence(tree.text[block.text])
    guard !words.words.isEmpty, words.words.count <= TitlePicker.mostWords else { return nil }
    let isLong = words.words.count >= 3 || block.text.count >= 8
    let isWhole = isLong && (words.occurs(in: pageTitle) || words.occurs(in: linkTitle))
    let share = Double(words.words.count { titleWords.contains($0) }) / Double(words.words.count)
    guard level == 1 || isWhole || level > 0 && share >= 0.5 else { return nil }
    let covered = Set(words.words).intersection(titleWords).count
    var score = [0, 1, 0.6, 0.3, 0.3, 0.3, 0.3][Int(level)]
    if isWhole { score += 1.2 * min(1, Double(words.words.count) / 4) }
    score += 0.6 * share + 1.5 * Double(covered) / Double(max(1, titleWords.count))
    // Links lead to other pages, which have the same words in their titles.
    if block.linkLength * 2 > block.text.count { score -= 0.6 }
    return score - 0.15 * Double(min(index, 200)) / 200
  }

  /// The headline as text; `nil` where the page has none.
  func title(_ blockIndex: Int?) -> String? {
    if let blockIndex {
      let bytes = tree.text[tree.blocks[blockIndex].text].map { $0 == UInt8(ascii: "\n") ? 0x20 : $0 }
      return String(decoding: bytes, as: UTF8.self)
    }
    let metadata = tree.metadata
    let text = metadata.structuredTitle ?? metadata.linkTitle ?? String(decoding: metadata.title, as: UTF8.self)
    let title = SiteSuffix.removed(from: text, site: metadata.site)
    return title.isEmpty ? nil : title
  }
}
