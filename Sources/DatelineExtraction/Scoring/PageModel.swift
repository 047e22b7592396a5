/// A linear model that tells the blocks of a story from all others.
///
/// It is learnt from pages whose story was cut out by hand (`Tools/page-model`). Weights that would speak for clutter,
/// such as a positive one for a menu, are kept at zero when it is learnt, as they could only be accidents of the pages.
struct PageModel: Sendable {
  /// The weights, in the order in which ``BlockFeatures`` and ``ContextFeatures`` fill a row.
  private let weights: [Float]
  private let bias: Float

  static let built = PageModel()

  private init() {
    var known = PageWeights.table
    weights = PageModel.featureNames.map { known.removeValue(forKey: $0) ?? 0 }
    bias = known.removeValue(forKey: "bias") ?? 0
    precondition(known.isEmpty, "PageWeights names features that do not exist: learn the model again")
  }

  /// The score of a block: positive for text of the story.
  @inline(__always)
  func score(_ row: FeatureRow) -> Float {
    precondition(row.values.count == weights.count, "as many features as weights")
    var sum = bias
    for index in weights.indices { sum += weights[index] * row.values[index] }
    return sum
  }

  /// What each feature adds to a score.
  func contributions(_ row: FeatureRow) -> [Float] {
    var contributions = row.values
    for index in weights.indices { contributions[index] *= weights[index] }
    return contributions
  }

  /// The names of all features, in order.
  static let featureNames: [String] = {
    var tree = PageTree()
    tree.blocks = [PageTree.Block(element: 0, text: 0..<0, linkLength: 0, hasBold: false, hasItalic: false)]
    var row = FeatureRow(keepsNames: true)
    let features = tree.blocks.map { BlockFeatures(tree, $0) }
    features[0].fill(&row)
    ContextFeatures(tree, features, titleIndex: nil).fill(&row, at: 0)
    return row.names
  }()
}
