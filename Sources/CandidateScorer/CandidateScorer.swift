import DatelineCore
import DatelineVectors

/// What `candidate-scorer` has learnt.
struct CandidateScorer: AdditiveClassifier {
  /// How many weights a label has besides those of the kinds: that of the first step's score, and a constant.
  static let furtherWeights = 2

  /// The model of all features, for the labels of the first level.
  let terms: any AdditiveClassifier
  let levels: LabelLevels
  /// Where the features of candidates are.
  let first: Int
  let kindCount: Int
  /// The candidate of each label; -1 for none.
  let candidateOfLabel: [Int32]
  /// For each label: the weights of the kinds, that of the first step's score, and a constant (``SharedWeights``).
  let weights: [Double]
  /// The labels of each candidate.
  private let labelsOfCandidate: [[Int]]

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
    let count = Int(candidateOfLabel.max() ?? -1) + 1
    var labels = [[Int]](repeating: [], count: max(0, count))
    for (label, candidate) in candidateOfLabel.enumerated() where candidate >= 0 {
      labels[Int(candidate)].append(label)
    }
    labelsOfCandidate = labels
  }

  var featureCount: Int { terms.featureCount }
  var labelCount: Int { candidateOfLabel.count }
  var featureRequests: RowRequests? { terms.featureRequests }
  var needsOrder: Bool { terms.needsOrder }

  /// The place of a label's weights.
  private func base(of label: Int) -> Int { label * (kindCount + CandidateScorer.furtherWeights) }

  func score(indices: Span<UInt32>, values: Span<Float>, into scores: inout MutableSpan<Double>) {
    var termScores = [Double](repeating: 0, count: terms.labelCount)
    var span = termScores.mutableSpan
    terms.score(indices: indices, values: values, into: &span)
    for label in 0..<labelCount {
      let base = base(of: label)
      scores[label] = weights[base + kindCount] * termScores[levels.tops[label]] + weights[base + kindCount + 1]
    }
    var place = indices.count
    while place > 0, Int(indices[place - 1]) >= first {
      place -= 1
      // In 32 bits, as processors take several times as long for a division in 64.
      let behind = UInt32(Int(indices[place]) - first)
      let (quotient, remainder) = behind.quotientAndRemainder(dividingBy: UInt32(kindCount))
      let (candidate, kind) = (Int(quotient), Int(remainder))
      // Behind the candidates there may be features of other extractors.
      guard candidate < labelsOfCandidate.count else { continue }
      for label in labelsOfCandidate[candidate] {
        scores[label] += weights[base(of: label) + kind] * Double(values[place])
      }
    }
  }

  func contribution(feature: Int, value: Float, label: Int) -> Double {
    let term = terms.contribution(feature: feature, value: value, label: levels.tops[label])
    var contribution = weights[base(of: label) + kindCount] * term
    if feature >= first {
      let (candidate, kind) = (feature - first).quotientAndRemainder(dividingBy: kindCount)
      if candidateOfLabel[label] == Int32(truncatingIfNeeded: candidate) {
        contribution += weights[base(of: label) + kind] * Double(value)
      }
    }
    return contribution
  }

  func constant(label: Int) -> Double {
    let base = base(of: label)
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
    let weights = try payloads.numbers(
      "candidates.weights", as: Double.self, count: levels.levels.count * (kindCount + CandidateScorer.furtherWeights))
    // Beyond numbers of single precision no sum of them is sure to be a number.
    guard weights.array().allSatisfy({ $0.magnitude <= Double(Float.greatestFiniteMagnitude) }) else {
      throw DatelineError(.invalidData, "a weight of a candidate that is no number, or too large: the file is damaged")
    }
    let candidateCount = (UInt64(terms.featureCount) - layout[0]) / layout[1]
    guard labels.array().allSatisfy({ $0 >= -1 && Int64($0) < Int64(candidateCount) }) else {
      throw DatelineError(.invalidData, "a label of a candidate that has no features: the file is damaged")
    }
    self.init(
      terms: terms, levels: levels, first: Int(layout[0]), kindCount: kindCount, candidateOfLabel: labels.array(),
      weights: weights.array())
  }
}
