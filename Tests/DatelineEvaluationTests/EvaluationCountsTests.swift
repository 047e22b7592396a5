import TestSupport
import DatelineCore
import DatelineEvaluation
import Testing

@Suite struct EvaluationCountsTests {
  /// One document as it is counted.
  private struct Example {
    var gold: [Label]
    var predicted: [Int]
    var probabilities: [Double]
  }

  private func examples(_ domain: Domain, count: Int, _ random: inout Random) throws -> [Example] {
    let known = domain.labels
    let unknown = try ["A/x", "label-0001/below", "zzz"].map { try Label($0) }
    return (0..<count).map { _ in
      func label() -> Label { random.below(8) == 0 ? unknown[random.below(3)] : known[random.below(known.count)] }
      var probabilities = known.map { _ in random.unit() }
      var gold = [label()]
      var predicted = [random.below(known.count)]
      switch domain.kind {
      case .exclusive:
        let sum = probabilities.reduce(0, +)
        probabilities = probabilities.map { $0 / sum }
        if random.below(10) == 0 { predicted = [] }
      case .multiLabel:
        gold = (0..<random.below(4)).map { _ in label() }
        predicted = (0..<random.below(3)).map { _ in random.below(known.count) }
      }
      return Example(gold: gold, predicted: predicted, probabilities: probabilities)
    }
  }

  private func counted(_ domain: Domain, _ examples: some Sequence<Example>) throws -> EvaluationCounts {
    var counts = EvaluationCounts(domain)
    for example in examples {
      try counts.add(gold: example.gold, predicted: example.predicted, probabilities: example.probabilities.span)
    }
    return counts
  }

  @Test("any split and order of merging gives equal counts", arguments: [Domain.Kind.exclusive, .multiLabel], 1...8)
  func merging(kind: Domain.Kind, seed: Int) throws {
    var random = Random(seed: UInt64(seed))
    let domain = try domain(kind, ["label-0001/a", "label-0001/b", "label-0002", "label-0003/c/d"])
    let examples = try examples(domain, count: 60, &random)
    let whole = try counted(domain, examples)
    var parts = [[Example]](repeating: [], count: 1 + random.below(6))
    for example in examples { parts[random.below(parts.count)].append(example) }
    parts.shuffle(using: &random)
    var merged = EvaluationCounts(domain)
    for part in parts { merged.merge(try counted(domain, part)) }
    #expect(merged == whole, "seed \(seed)")
    #expect(
      Evaluation(merged, seconds: 2).json.text == Evaluation(whole, seconds: 2).json.text, "seed \(seed)")
    #expect(Evaluation(merged, seconds: 2).text == Evaluation(whole, seconds: 2).text, "seed \(seed)")
    #expect(whole.documents == 60)
  }

  @Test func untrainedLabelsAreFalseNegatives() throws {
    let domain = try domain(.exclusive, ["b", "d"])
    var counts = EvaluationCounts(domain)
    try counts.add(gold: [Label("c")], predicted: [1], probabilities: [0.25, 0.75].span)
    try counts.add(gold: [Label("b")], predicted: [0], probabilities: [0.5, 0.5].span)
    try counts.add(gold: [Label("d")], predicted: [] as [Int], probabilities: [0.5, 0.5].span)
    let evaluation = Evaluation(counts, seconds: 0)
    #expect(evaluation.labels.map(\.label.path) == ["b", "c", "d"])
    #expect(evaluation.labels.map(\.trained) == [true, false, true])
    #expect(evaluation.labels.map(\.support) == [1, 1, 1])
    #expect(evaluation.labels.map(\.falsePositives) == [0, 0, 1])
    #expect(evaluation.labels.map(\.falseNegatives) == [0, 1, 1])
    #expect(evaluation.confusionMatrix == [[1, 0, 0], [0, 0, 1], [0, 0, 0]])
    #expect(close(evaluation.accuracy, 1.0 / 3))
    #expect(evaluation.withheld == 1)
    #expect(evaluation.documentsWithUntrainedLabels == 1)
    // The document of the unknown label has no probability for it and stays out of the log loss.
    #expect(close(evaluation.logLoss, 0.6931471805599453))
    #expect(close(evaluation.micro.precision, 0.5))
    #expect(close(evaluation.micro.recall, 1.0 / 3))
  }

  @Test func topLevelAccuracy() throws {
    let domain = try domain(.exclusive, ["Asia/India", "Europe/France", "Europe/Spain"])
    var counts = EvaluationCounts(domain)
    let even = [0.3, 0.3, 0.4]
    try counts.add(gold: [Label("Europe/France")], predicted: [2], probabilities: even.span)
    try counts.add(gold: [Label("Europe/Italy")], predicted: [2], probabilities: even.span)
    try counts.add(gold: [Label("Africa")], predicted: [2], probabilities: even.span)
    try counts.add(gold: [Label("Asia/India")], predicted: [0], probabilities: even.span)
    let evaluation = Evaluation(counts, seconds: 0)
    #expect(close(evaluation.accuracy, 0.25))
    #expect(evaluation.topLevelAccuracy == 0.75)
    #expect(evaluation.json["top_level_accuracy"] == 0.75)
  }

  @Test func topLevelAccuracyOfSets() throws {
    let domain = try domain(.multiLabel, ["Asia/India", "Europe/France", "Europe/Spain"])
    var counts = EvaluationCounts(domain)
    let even = [0.3, 0.3, 0.4]
    try counts.add(gold: [Label("Europe/France"), Label("Europe/Spain")], predicted: [2], probabilities: even.span)
    try counts.add(gold: [Label("Europe/France")], predicted: [0, 2], probabilities: even.span)
    try counts.add(gold: [] as [Label], predicted: [] as [Int], probabilities: even.span)
    try counts.add(gold: [Label("Africa")], predicted: [] as [Int], probabilities: even.span)
    #expect(Evaluation(counts, seconds: 0).topLevelAccuracy == 0.5)
    #expect(Evaluation(counts, seconds: 0).accuracy == 0.25)
  }

  @Test func exclusiveLabelsNeedExactlyOne() throws {
    var counts = EvaluationCounts(try domain(.exclusive, ["a", "b"]))
    for gold in [[], ["a", "b"], ["a", "x"]] {
      let labels = try gold.map { try Label($0) }
      #expect(throws: DatelineError.self) {
        try counts.add(gold: labels, predicted: [0], probabilities: [0.5, 0.5].span)
      }
    }
    #expect(counts.documents == 0)
    try counts.add(gold: [Label("a"), Label("a")], predicted: [0], probabilities: [0.5, 0.5].span)
    #expect(counts.correct == 1)
  }

  @Test func binsHoldTheirUpperEnd() {
    var histogram = CalibrationHistogram()
    for confidence in [0, 1.0 / 15, 1.0 / 15 + 1e-9, 1, 2, .nan] { histogram.add(confidence: confidence, hit: false) }
    #expect(histogram.bins.map(\.count) == [3, 1] + [Int](repeating: 0, count: 12) + [2])
  }
}
