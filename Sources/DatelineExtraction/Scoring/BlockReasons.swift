/// Finds the reasons for what became of the blocks of a page.
///
/// All blocks have much in common, which decides nothing among them. So the reason is what tells a block from the mean of
/// the page's blocks most, in the direction of the decision.
struct BlockReasons {
  private var contributions: [[Float]] = []

  mutating func add(_ row: FeatureRow, _ model: PageModel) { contributions.append(model.contributions(row)) }

  /// The reasons, in words.
  func words(_ isKept: [Bool]) -> [String] {
    var mean = [Float](repeating: 0, count: PageModel.featureNames.count)
    for row in contributions {
      for index in mean.indices { mean[index] += row[index] / Float(contributions.count) }
    }
    var reasons: [String] = []
    for (row, isKept) in zip(contributions, isKept) {
      var strongest = (index: 0, difference: -Float.infinity)
      for index in mean.indices {
        let difference = isKept ? row[index] - mean[index] : mean[index] - row[index]
        // What speaks for a block is no reason to drop it, even where it speaks more for others.
        if isKept ? row[index] <= 0 : row[index] >= 0 { continue }
        if difference > strongest.difference { strongest = (index, difference) }
      }
      reasons.append(FeatureWords.words(PageModel.featureNames[strongest.index]))
    }
    return reasons
  }
}
