import DatelineCore
import DatelineVectors
import Testing

@Suite struct SparseLinearClassifierTests {
  /// w(feature, label) for every pair, row after row, and a classifier of these weights.
  private func random(
    _ generator: inout SeededGenerator, features: Int, labels: Int, hasDefaults: Bool, groups: Int
  ) -> (model: SparseLinearClassifier, weights: [Double]) {
    func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in .random(in: -1...1, using: &generator) } }
    let (bias, slopes, shifts) = (numbers(labels), numbers(labels), numbers(labels))
    let defaults = numbers(hasDefaults ? features : 0).map { Float($0) }
    let groupOfFeature =
      groups > 0 ? (0..<features).map { _ in UInt32.random(in: 0..<UInt32(groups), using: &generator) } : []
    let rows = numbers(groups * labels).map { Float($0) }
    var starts: [UInt64] = [0]
    var cellLabels: [UInt32] = []
    var cells: [Float] = []
    var weights: [Double] = []
    for feature in 0..<features {
      for label in 0..<labels {
        var weight = shifts[label]
        if hasDefaults { weight += slopes[label] * Double(defaults[feature]) }
        if groups > 0 { weight += Double(rows[Int(groupOfFeature[feature]) * labels + label]) }
        if Int.random(in: 0..<4, using: &generator) == 0 {
          cells.append(.random(in: -1...1, using: &generator))
          cellLabels.append(UInt32(label))
          weight += Double(cells[cells.count - 1])
        }
        weights.append(weight)
      }
      starts.append(UInt64(cells.count))
    }
    let model = SparseLinearClassifier(
      bias: bias, slopes: slopes, shifts: shifts, defaults: SharedBuffer(defaults),
      groups: SharedBuffer(groupOfFeature), rows: SharedBuffer(rows), starts: SharedBuffer(starts),
      labels: SharedBuffer(cellLabels), cells: SharedBuffer(cells))
    return (model, weights)
  }

  @Test(arguments: [false, true], [0, 1, 5]) func scoreIsTheSumOfItsParts(hasDefaults: Bool, groups: Int) {
    for seed: UInt64 in 1...20 {
      var generator = SeededGenerator(seed: seed)
      let (model, weights) = random(&generator, features: 30, labels: 9, hasDefaults: hasDefaults, groups: groups)
      #expect(model.featureCount == 30 && model.labelCount == 9)
      for feature in 0..<30 {
        for label in 0..<9 {
          #expect(abs(model.weight(feature: feature, label: label) - weights[feature * 9 + label]) < 1e-14)
          #expect(
            model.contribution(feature: feature, value: 3, label: label)
              == 3 * model.weight(feature: feature, label: label))
        }
      }
      let indices = (0..<30).filter { _ in Bool.random(using: &generator) }.map { UInt32($0) }
      let values = indices.map { _ in Float.random(in: -2...2, using: &generator) }
      for isPresence in [false, true] {
        var scores = [Double](repeating: .nan, count: 9)
        var span = scores.mutableSpan
        if isPresence {
          model.score(presentIndices: indices.span, into: &span)
        } else {
          model.score(indices: indices.span, values: values.span, into: &span)
        }
        for label in 0..<9 {
          let sum = zip(indices, values).reduce(model.constant(label: label)) {
            $0 + (isPresence ? 1 : Double($1.1)) * weights[Int($1.0) * 9 + label]
          }
          #expect(abs(scores[label] - sum) < 1e-12, "seed \(seed), label \(label)")
        }
      }
      #expect(model.scores(indices: [], values: []) == model.bias)
    }
  }

  @Test(arguments: [0, 3]) func payloadsBringItBack(groups: Int) throws {
    var generator = SeededGenerator(seed: 8)
    let model = random(&generator, features: 7, labels: 4, hasDefaults: groups > 0, groups: groups).model
    let again = try SparseLinearClassifier(Payloads(model.payloads()), domain: domain(["a", "b", "c", "d"]))
    #expect(again.payloads().map(\.bytes) == model.payloads().map(\.bytes))
    #expect(again.scores(indices: [1, 4], values: [2, 1]) == model.scores(indices: [1, 4], values: [2, 1]))
  }
}
