internal import Glibc

/// What a block's surroundings tell of it: where on the page the prose is, and how near to it the block stands.
///
/// Prose is measured for every element, with all that is inside of it. From the root on, the way leads into the child
/// that has three quarters of it, as long as there is one: the last such element is the page's main one. All sums go over
/// the elements and the blocks a fixed number of times.
struct ContextFeatures {
  /// The prose, the length and the linked length of all that is in an element.
  private struct Sum {
    var prose: Float = 0
    var length: Float = 0
    var linked: Float = 0

    static func += (sum: inout Sum, other: Sum) {
      sum.prose += other.prose
      sum.length += other.length
      sum.linked += other.linked
    }

    var proseShare: Float { prose / max(1, length) }
    var linkShare: Float { linked / max(1, length) }
  }

  private let tree: PageTree
  private let titleIndex: Int?
  private var sums: [Sum]
  private var main = 0
  /// For each element: the child of the main element that it stands in, or is; 0 where it is outside, or the main one.
  private var parts: [Int32]
  private var isInMain: [Bool]
  /// How deep the element is in which an element outside of the main one and the main one meet.
  private var meetingDepths: [Int32]
  /// For each block: whether it is prose for sure, and how many blocks before and behind it the next such one is.
  private var isProse: [Bool] = []
  private var distanceBefore: [Int] = []
  private var distanceBehind: [Int] = []
  private var firstProse = 0
  private var lastProse = 0
  /// The length and the prose of the blocks before each block.
  private var lengthBefore: [Float] = []
  private var proseBefore: [Float] = []

  /// - Parameter titleIndex: The block that is the headline.
  init(_ tree: PageTree, _ features: [BlockFeatures], titleIndex: Int?) {
    self.tree = tree
    self.titleIndex = titleIndex
    sums = [Sum](repeating: Sum(), count: tree.elements.count)
    parts = [Int32](repeating: 0, count: tree.elements.count)
    isInMain = [Bool](repeating: false, count: tree.elements.count)
    meetingDepths = [Int32](repeating: 0, count: tree.elements.count)
    sum(features)
    findMain()
    measureDistances(features)
  }

  private mutating func sum(_ features: [BlockFeatures]) {
    var (length, prose): (Float, Float) = (0, 0)
    for feature in features {
      let own = Float(feature.statistics.length)
      let mass = feature.proseMass
      sums[Int(feature.block.element)] += Sum(prose: mass, length: own, linked: feature.linkShare * own)
      lengthBefore.append(length)
      proseBefore.append(prose)
      length += own
      prose += mass
      isProse.append(own > 80 && mass >= 0.35 * own)
    }
    for index in (1..<max(1, sums.count)).reversed() { sums[Int(tree.elements[index].parent)] += sums[index] }
  }

  private mutating func findMain() {
    var heaviest = [Int](repeating: 0, count: tree.elements.count)
    for index in (1..<max(1, sums.count)).reversed() {
      let parent = Int(tree.elements[index].parent)
      let best = heaviest[parent]
      if best == 0 || sums[index].prose >= sums[best].prose { heaviest[parent] = index }
    }
    var isOnWay = [Bool](repeating: false, count: tree.elements.count)
    isOnWay[0] = true
    while heaviest[main] != 0, sums[heaviest[main]].prose >= 0.75 * sums[main].prose {
      main = heaviest[main]
      isOnWay[main] = true
    }
    for index in tree.elements.indices {
      let element = tree.elements[index]
      let parent = Int(element.parent)
      meetingDepths[index] = isOnWay[index] ? element.depth : meetingDepths[parent]
      isInMain[index] = index == main || isInMain[parent] && index > 0
      if isInMain[index], index != main { parts[index] = parent == main ? Int32(index) : parts[parent] }
    }
  }

  private mutating func measureDistances(_ features: [BlockFeatures]) {
    var distance = 99
    for index in features.indices {
      distance = isProse[index] ? 0 : distance + 1
      distanceBefore.append(distance)
    }
    distance = 99
    distanceBehind = distanceBefore
    for index in features.indices.reversed() {
      distance = isProse[index] ? 0 : distance + 1
      distanceBehind[index] = distance
    }
    let inMain = features.indices.filter { isProse[$0] && isInMain[Int(features[$0].block.element)] }
    firstProse = inMain.first ?? 0
    lastProse = inMain.last ?? features.count - 1
  }

  func fill(_ row: inout FeatureRow, at index: Int) {
    let element = Int(tree.blocks[index].element)
    let parent = Int(tree.elements[element].parent)
    let isInside = isInMain[element]
    fillMain(&row, element, isInside)
    fillSums(&row, "own", element)
    fillSums(&row, "parent", parent)
    fillSums(&row, "grandparent", Int(tree.elements[parent].parent))
    // The main element itself is no part of it, but what stands in it directly belongs to it.
    let part = isInside ? parts[element] == 0 ? main : Int(parts[element]) : nil
    let partSum = part.map { sums[$0] } ?? Sum()
    row.add("part prose", partSum.prose / max(1, sums[0].prose))
    row.add("part density", partSum.proseShare)
    row.add("part links", partSum.linkShare)
    row.add("part length", log1pf(partSum.length) / 8)
    row.add("before story", if: isInside && index < firstProse)
    row.add("behind story", if: isInside && index > lastProse)
    row.add("within story", if: isInside && index >= firstProse && index <= lastProse)
    fillPlace(&row, index)
  }

  private func fillMain(_ row: inout FeatureRow, _ element: Int, _ isInside: Bool) {
    let depth = tree.elements[element].depth
    let mainDepth = tree.elements[main].depth
    row.add("within main", if: isInside)
    row.add("within main directly", if: isInside && depth - mainDepth <= 1)
    row.add("depth in main", isInside ? Float(min(6, depth - mainDepth)) / 6 : 0)
    row.add("out of main", isInside ? 0 : Float(min(6, mainDepth - meetingDepths[element])) / 6)
  }

  private func fillSums(_ row: inout FeatureRow, _ name: @autoclosure () -> String, _ element: Int) {
    row.add("\(name()) prose", sums[element].prose / max(1, sums[0].prose))
    row.add("\(name()) density", sums[element].proseShare)
    row.add("\(name()) links", sums[element].linkShare)
  }

  private func fillPlace(_ row: inout FeatureRow, _ index: Int) {
    row.add("before title", if: titleIndex.map { index < $0 } ?? false)
    row.add("title to story", if: titleIndex.map { index > $0 && index < firstProse } ?? false)
    row.add("prose before", Float(min(6, distanceBefore[index])) / 6)
    row.add("prose behind", Float(min(6, distanceBehind[index])) / 6)
    row.add("between prose", if: distanceBefore[index] <= 2 && distanceBehind[index] <= 2)
    let share = proseBefore[index] / max(1, sums[0].prose)
    row.add("place", lengthBefore[index] / max(1, sums[0].length))
    row.add("place in prose", share)
    row.add("behind all prose", if: share > 0.98)
  }
}
