import DatelineCore
import DatelineVectors

/// What `candidate-scorer` has learnt.
struct CandidateScorer: AdditiveClassifier {
  /// The model of all features, for the labels of the first level.
  let terms: any AdditiveClassifier
  let levels: LabelLevels
  /// Where the features of candidates are.
  let first: Int
  let kindCount: Int
  /// The candidate of each label; -1 for none.
  let candidateOfLabel: [Int32]
  /// For each level: the weights of the kinds, that of the first step's score, and the constant.
  let weights: [Double]
  private let labelsOfCandidate: [Int32: [Int]]

  init(
    terms: any AdditiveClassifier, levels: LabelLevels, first: Int, kindCount: Int, candidateOfLabel: [Int32],
    weights: [Double]
  ) {
    self.terms = terms
    self.levels = levels
    self.first = first
    self.kindCount = kindCount
    self.candidateOfLabel = candidateOfLabel
    self.weights = weights
    var labels: [Int32: [Int]] = [:]
    for (label, candidate) in candidateOfLabel.enumerated() where candidate >= 0 {
      labels[candidate, default: []].append(label)
    }
    labelsOfCandidate = labels
  }

  var featureCount: Int { terms.featureCount }
  var labelCount: Int { candidateOfLabel.count }
  var featureRequests: RowRequests? { terms.featureRequests }

  /// The place of a level's weights.
  private func base(ofLevel level: Int) -> Int { level * (kindCount + 2) }

  func score(indices: Span<UInt32>, values: Span<Float>, into scores: inout MutableSpan<Double>) {
    var termScores = [Double](repeating: 0, count: terms.labelCount)
    var span = termScores.mutableSpan
    terms.score(indices: indices, values: values, into: &span)
    for label in 0..<labelCount {
      let base = base(ofLevel: levels.levels[label])
      scores[label] = weights[base + kindCount] * termScores[levels.tops[label]] + weights[base + kindCount + 1]
    }
    var place = indices.count
    // The features of candidates are the last ones, or there are others behind them.
    while place > 0, Int(indices[place - 1]) >= first {
      place -= 1
      let (candidate, kind) = (Int(indices[place]) - first).quotientAndRemainder(dividingBy: kindCount)
      for label in labelsOfCandidate[Int32(truncatingIfNeeded: candidate)] ?? [] {
        scores[label] += weights[base(ofLevel: levels.levels[label]) + kind] * Double(values[place])
      }
    }
  }

  func contribution(feature: Int, value: Float, label: Int) -> Double {
    let base = base(ofLevel: levels.levels[label])
    let term = terms.contribution(feature: feature, value: value, label: levels.tops[label])
    var contribution = weights[base + kindCount] * term
    if feature >= first {
      let (candidate, kind) = (feature - first).quotientAndRemainder(dividingBy: kindCount)
      if candidateOfLabel[label] == Int32(truncatingIfNeeded: candidate) {
        contribution += weights[base + kind] * Double(value)
      }
    }
    return contribution
  }

  func constant(label: Int) -> Double {
    let base = base(ofLevel: levels.levels[label])
    return weights[base + kindCount] * terms.constant(label: levels.tops[label]) + weights[base + kindCount + 1]
  }

  func payloads() throws(DatelineError) -> [Payload] {
    try terms.payloads() + [
      Payload(name: "candidates.layout", [UInt64(first), UInt64(kindCount)]),
      Payload(name: "candidates.labels", candidateOfLabel), Payload(name: "candidates.weights", weights),
    ]
  }

  /// Brings a model back.
  init(_ payloads: Payloads, terms: any AdditiveClassifier, levels: LabelLevels) throws(DatelineError) {
    let layout = try payloads.numbers("candidates.layout", as: UInt64.self, count: 2)
    guard layout[0] <= UInt64(terms.featureCount), (1...10_000).contains(layout[1]) else {
      throw DatelineError(.invalidData, "candidates of \(layout[1]) kinds behind \(layout[0]) features: damaged")
    }
    let kindCount = Int(layout[1])
    let labels = try payloads.numbers("candidates.labels", as: Int32.self, count: levels.levels.count)
    let weights = try payloads.numbers("candidates.weights", as: Double.self, count: levels.count * (kindCount + 2))
    guard weights.array().allSatisfy(\.isFinite) else {
      throw DatelineError(.invalidData, "a weight of a candidate that is no number: the file is damaged")
    }
    self.init(
      terms: terms, levels: levels, first: Int(layout[0]), kindCount: kindCount, candidateOfLabel: labels.array(),
      weights: weights.array())
  }
}
