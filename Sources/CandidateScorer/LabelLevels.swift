import DatelineCore

/// The levels of a domain's labels: those with no label above them in the domain are on the first.
struct LabelLevels {
  /// Each label's level, from 0.
  let levels: [Int]
  /// For each label, the number among the labels of the first level of the label above all others, or of itself.
  let tops: [Int]
  /// The labels of the first level, by their numbers in the domain.
  let firstLevel: [Int]

  init(_ domain: Domain) {
    var (levels, firstLevel): ([Int], [Int]) = ([], [])
    var topOfLabel: [Label] = []
    for (number, label) in domain.labels.enumerated() {
      let above = label.ancestors.filter { domain.index(of: $0) != nil }
      levels.append(above.count)
      topOfLabel.append(above.last ?? label)
      if above.isEmpty { firstLevel.append(number) }
    }
    var numbers: [Label: Int] = [:]
    for (number, label) in firstLevel.enumerated() { numbers[domain.labels[label]] = number }
    self.levels = levels
    self.firstLevel = firstLevel
    tops = topOfLabel.map { numbers[$0] ?? 0 }
  }

  /// How many levels there are.
  var count: Int { (levels.max() ?? 0) + 1 }

  /// The labels of the first level, as a domain.
  func firstLevel(of domain: Domain) throws(DatelineError) -> Domain {
    try Domain(facet: domain.facet, kind: domain.kind, labels: firstLevel.map { domain.labels[$0] })
  }
}
