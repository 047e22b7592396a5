import DatelineCore
import DatelineVectors
import Testing

@Suite struct LinearClassifierTests {
  private func random(
    _ generator: inout SeededGenerator, features: Int, labels: Int, columns: Int,
    precision: LinearWeights.Precision = .single
  ) -> LinearClassifier {
    let elements = (0..<features * columns).map { _ in Float.random(in: -1...1, using: &generator) }
    return LinearClassifier(
      labelCount: labels,
      weights: LinearWeights(SharedBuffer(elements), columnCount: columns).selecting(precision: precision),
      bias: (0..<columns).map { _ in .random(in: -1...1, using: &generator) })
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 20, 33, 40], LinearWeights.Precision.allCases)
  func scoreIsTheSumOfItsParts(columns: Int, precision: LinearWeights.Precision) {
    let seed: UInt64 = 31
    var generator = SeededGenerator(seed: seed)
    for round in 0..<20 {
      let labels = columns == 1 && round % 2 == 0 ? 2 : columns
      let model = random(&generator, features: 30, labels: labels, columns: columns, precision: precision)
      let indices = (0..<30).filter { _ in Bool.random(using: &generator) }
      let values = indices.map { _ in Float.random(in: -2...2, using: &generator) }
      let scores = model.scores(indices: indices.map { UInt32($0) }, values: values)
      #expect(scores.count == labels)
      for label in 0..<labels {
        var sum = model.constant(label: label)
        for (index, value) in zip(indices, values) {
          sum += Double(value) * model.weight(feature: index, label: label)
        }
        #expect(abs(scores[label] - sum) < 1e-13, "seed \(seed)")
      }
    }
  }

  @Test func twoLabelsOnOneColumn() {
    let model = LinearClassifier(
      labelCount: 2, weights: LinearWeights(SharedBuffer([1, -2, 4]), columnCount: 1), bias: [0.5])
    #expect(model.columnCount == 1)
    #expect(model.scores(indices: [], values: []) == [-0.25, 0.25])
    #expect(model.scores(indices: [0, 2], values: [2, 1]) == [-3.25, 3.25])
    #expect(model.weight(feature: 1, label: 0) == 1 && model.weight(feature: 1, label: 1) == -1)
  }

  @Test(arguments: [(2, 1), (2, 2), (4, 4)], LinearWeights.Precision.allCases)
  func payloadsBringItBack(shape: (labels: Int, columns: Int), precision: LinearWeights.Precision) throws {
    let (labels, columns) = shape
    var generator = SeededGenerator(seed: 8)
    let model = random(&generator, features: 7, labels: labels, columns: columns, precision: precision)
    let domain = try domain((0..<labels).map { "l\($0)" })
    let again = try LinearClassifier(Payloads(model.payloads()), domain: domain)
    #expect(again.featureCount == 7 && again.labelCount == labels && again.bias == model.bias)
    #expect(again.weights.precision == precision && again.weights.array() == model.weights.array())
  }

  @Test func hostileParts() throws {
    func refusal(
      shape: [UInt64], bias: [Double], weights: Int, labels: Int = 2, _ kind: Domain.Kind = .exclusive,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let parts = [
        Payload(name: "linear.shape", shape), Payload(name: "linear.bias", bias),
        Payload(name: "linear.weights", [Float](repeating: 1, count: weights)),
      ]
      let error = failure(sourceLocation: sourceLocation) { () throws(DatelineError) in
        try LinearClassifier(Payloads(parts), domain: domain((0..<labels).map { "l\($0)" }, kind))
      }
      #expect(error.code == .invalidData, sourceLocation: sourceLocation)
    }
    refusal(shape: [], bias: [0, 0], weights: 2)
    refusal(shape: [1, 2], bias: [0, 0], weights: 2)
    for bits in [0, 1, 8, 16, 31, 64, .max] as [UInt64] { refusal(shape: [1, 2, 2, bits], bias: [0, 0], weights: 2) }
    refusal(shape: [1, 2, 2, 32, 0], bias: [0, 0], weights: 2)
    refusal(shape: [1, 3, 3, 32], bias: [0, 0, 0], weights: 3)
    refusal(shape: [1, 2, 0, 32], bias: [], weights: 0)
    refusal(shape: [1, 2, 3, 32], bias: [0, 0, 0], weights: 3)
    refusal(shape: [1, 2, 1, 32], bias: [0], weights: 1, .multiLabel)
    refusal(shape: [1, 3, 1, 32], bias: [0], weights: 1, labels: 3)
    refusal(shape: [1, 2, 2, 32], bias: [0], weights: 2)
    refusal(shape: [1, 2, 2, 32], bias: [0, .nan], weights: 2)
    refusal(shape: [1, 2, 2, 32], bias: [0, .infinity], weights: 2)
    refusal(shape: [1, 2, 2, 32], bias: [0, 0], weights: 1)
    refusal(shape: [0, 2, 2, 32], bias: [0, 0], weights: 1)
    for features in [.max, 1 << 63, 1 << 62, (1 << 32) + 1, 1 << 32] as [UInt64] {
      refusal(shape: [features, 2, 2, 32], bias: [0, 0], weights: 2)
      refusal(shape: [1, features, features, 32], bias: [0, 0], weights: 2)
      refusal(shape: [1, 2, features, 32], bias: [0, 0], weights: 2)
    }
  }

  @Test func missingAndTornParts() throws {
    let weights = LinearWeights(SharedBuffer([1, 2]), columnCount: 2).selecting(precision: .half)
    let parts = LinearClassifier(labelCount: 2, weights: weights, bias: [0, 0]).payloads()
    for missing in parts.indices {
      var rest = parts
      rest.remove(at: missing)
      let error = failure { () throws(DatelineError) in
        try LinearClassifier(Payloads(rest), domain: domain(["a", "b"]))
      }
      #expect(error.message.contains("no part \"\(parts[missing].name)\""))
      var torn = parts
      torn[missing] = Payload(name: parts[missing].name, bytes: Array(parts[missing].bytes.dropLast()))
      #expect(throws: DatelineError.self) { try LinearClassifier(Payloads(torn), domain: domain(["a", "b"])) }
    }
  }
}
