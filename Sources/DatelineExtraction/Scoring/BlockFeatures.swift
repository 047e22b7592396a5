internal import Glibc

/// What a block tells of itself: its text, its links, and the elements around it.
struct BlockFeatures {
  let block: PageTree.Block
  let element: PageTree.Element
  /// The hints of the element, its parent and the parent of that.
  let nearHints: Hints
  let statistics: TextStatistics
  let hasClutterPhrase: Bool
  let linkShare: Float

  /// Longer text that has a phrase such as "sign up" in it is seldom an invitation.
  private static let longestClutter = 300

  init(_ tree: PageTree, _ block: PageTree.Block) {
    self.block = block
    element = tree.elements[Int(block.element)]
    let parent = tree.elements[Int(element.parent)]
    nearHints = element.hints.union(parent.hints).union(tree.elements[Int(parent.parent)].hints)
    (statistics, hasClutterPhrase) = tree.text.withUnsafeBufferPointer { text in
      let text = UnsafeBufferPointer(rebasing: text[block.text])
      let statistics = TextStatistics(text)
      return (statistics, statistics.length < BlockFeatures.longestClutter && ClutterPhrases.occur(in: text))
    }
    linkShare = min(1, Float(block.linkLength) / Float(max(1, block.text.count)))
  }

  /// How much of a story the block looks like by itself, in characters.
  var proseMass: Float {
    let length = Float(statistics.length)
    if length < 40 || linkShare > 0.5 { return 0 }
    let ending: Float = statistics.end == .sentence || statistics.end == .cut ? 1 : 0.4
    return powf(length, 0.9) * (1 - linkShare) * ending
  }

  func fill(_ row: inout FeatureRow) {
    fillText(&row)
    fillElements(&row)
  }

  private func fillText(_ row: inout FeatureRow) {
    let logLength = log1pf(Float(statistics.length))
    // Pieces of a line that may bend where the logarithm is 3, 4, 5 and 6.
    row.add("length<20", min(logLength, 3))
    row.add("length<55", min(max(logLength - 3, 0), 1))
    row.add("length<150", min(max(logLength - 4, 0), 1))
    row.add("length<400", min(max(logLength - 5, 0), 1))
    row.add("length>400", min(max(logLength - 6, 0), 2))
    row.add("links", linkShare)
    row.add("links>1/4", if: linkShare > 0.25)
    row.add("links>9/10", if: linkShare > 0.9)
    row.add("links×length", linkShare * logLength)
    let ends = statistics.end == .sentence || statistics.end == .cut
    row.add("full stop", if: ends)
    row.add("full stop, long", if: ends && statistics.length > 60)
    row.add("cut off", if: statistics.end == .cut)
    row.add("colon", if: statistics.end == .colon)
    row.add("sentences", log1pf(Float(statistics.sentences)))
    row.add("commas", log1pf(Float(statistics.commas)))
    let cased = statistics.smallWords + statistics.capitalWords
    row.add("small words", cased >= 3 ? Float(statistics.smallWords) / Float(cased) : 0.6)
    row.add("numbers", Float(statistics.numbers) / Float(max(1, statistics.words)))
    row.add("capitals only", if: cased >= 2 && statistics.smallWords == 0)
    row.add("separators", min(1, Float(statistics.separators) / Float(max(3, statistics.words))))
    row.add("phrase", if: hasClutterPhrase)
    row.add("bold", if: block.hasBold)
    row.add("italic", if: block.hasItalic)
  }

  private func fillElements(_ row: inout FeatureRow) {
    row.add("heading 1", if: element.headingLevel == 1)
    row.add("heading 2", if: element.headingLevel == 2)
    row.add("heading 3+", if: element.headingLevel > 2)
    for (index, place) in Places.all.enumerated() {
      row.add("in \(Places.names[index])", if: element.allPlaces.contains(place))
    }
    row.add("p", if: element.kind == .p)
    row.add("td", if: element.kind == .td || element.kind == .th)
    row.add("li", if: element.kind == .li)
    row.add("dd", if: element.kind == .dd || element.kind == .dt)
    row.add("div", if: element.kind == .div || element.kind == .section || element.kind == .body)
    row.add("has names", if: !element.hints.isEmpty)
    let (near, far) = (nearHints.rawValue, element.allHints.subtracting(nearHints).rawValue)
    for bit in 0..<Hints.count {
      row.add("near \(Hints.names[bit])", if: near >> UInt32(bit) & 1 == 1)
      row.add("far \(Hints.names[bit])", if: far >> UInt32(bit) & 1 == 1)
    }
  }
}
