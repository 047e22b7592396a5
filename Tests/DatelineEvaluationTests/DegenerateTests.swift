import DatelineCore
import DatelineEvaluation
import Testing

/// Data at the edges: nothing may trap, and nothing that is no number may leave.
@Suite struct DegenerateTests {
  private func check(_ table: ScoreTable, _ name: String) throws {
    let calibrator = Calibrator(fitting: table)
    #expect(calibrator.slopes.allSatisfy { $0 > 0 && $0.isFinite }, "\(name): \(calibrator)")
    #expect(calibrator.offsets.allSatisfy { $0.isFinite }, "\(name): \(calibrator)")
    let probabilities = try table.calibrated(by: calibrator)
    #expect(probabilities.scores.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(name)")
    var thresholds = Thresholds.common(labelCount: table.labelCount)
    if table.kind == .multiLabel {
      for objective in [ThresholdObjective.microF1, .macroF1, .balanced, .precision(0.9)] {
        for pseudo in [0.0, 4] {
          thresholds = Thresholds(fitting: probabilities, objective: objective, options: .init(pseudoPositives: pseudo))
          #expect(thresholds.values.allSatisfy { $0 >= 0 && $0.isFinite }, "\(name) \(objective): \(thresholds)")
        }
      }
    }
    let domain = try domain(table.kind, count: table.labelCount)
    var counts = EvaluationCounts(domain)
    for document in 0..<table.count {
      let row = Array(probabilities.scores[document * table.labelCount..<(document + 1) * table.labelCount])
      try counts.add(
        gold: table.targets[document].map { Int($0) }, predicted: Array(thresholds.apply(row).prefix(1)),
        probabilities: row.span)
    }
    let evaluation = Evaluation(counts, seconds: 0)
    for text in [evaluation.json.text, calibrator.json.text, thresholds.json.text] {
      #expect(!text.contains("nan") && !text.contains("inf"), "\(name): \(text)")
    }
    #expect(!calibrator.json.hasNull && !thresholds.json.hasNull, "\(name)")
    _ = evaluation.text
  }

  @Test func exclusive() throws {
    func table(_ labels: Int, _ scores: [Double], _ gold: [Int], _ weights: [Double]? = nil) throws -> ScoreTable {
      try ScoreTable(
        kind: .exclusive, labelCount: labels, scores: scores, targets: Targets(exclusive: gold), weights: weights)
    }
    try check(table(1, [3, 4], [0, 0]), "one label")
    try check(table(3, [], []), "no documents")
    try check(table(2, [1, 2], [0], [0]), "no weight")
    try check(table(2, [1, 2], [0]), "one document, wrong")
    try check(table(2, [1, 1, 1, 1, 1, 1], [0, 0, 1]), "all scores equal")
    try check(table(3, [1, 1, 1, 5, 5, 5], [0, 0]), "equal within documents")
    try check(table(2, [0.1, 0.1, 0.1, 0.1], [0, 0]), "one label never occurs")
    try check(table(2, [1, 0, 0, 1, 1, 0, 0, 1], [0, 1, 0, 1]), "always right")
    try check(table(2, [0, 1, 1, 0, 0, 1, 1, 0], [0, 1, 0, 1]), "always wrong")
    try check(table(3, [1e6, -1e6, 0, 0, 1e6, -1e6, -1e6, 0, 1e6], [0, 1, 1]), "huge scores")
    try check(table(2, [1e308, -1e308, -1e308, 1e308], [0, 0]), "beyond the range")
    try check(table(2, [0x1p-1040, 0, 0, 0x1p-1040], [0, 0]), "subnormal")
  }

  @Test func multiLabel() throws {
    func table(_ labels: Int, _ scores: [Double], _ gold: [[Int]], _ weights: [Double]? = nil) throws -> ScoreTable {
      var targets = Targets()
      for labels in gold { targets.append(labels) }
      return try ScoreTable(
        kind: .multiLabel, labelCount: labels, scores: scores, targets: targets, weights: weights)
    }
    try check(table(1, [3, 4], [[0], []]), "one label")
    try check(table(2, [], []), "no documents")
    try check(table(2, [1, 2], [[0]], [0]), "no weight")
    try check(table(2, [1, 2, 3, 4], [[], []]), "no positives")
    try check(table(2, [1, 2, 3, 4], [[0, 1], [0, 1]]), "no negatives")
    try check(table(2, [1, 2, 3, 4], [[0], [0]]), "a label without positives")
    try check(table(2, [1, 1, 1, 1], [[0], []]), "all scores equal")
    try check(table(1, [0.1, 0.1, 0.1], [[0], [], []]), "equal scores that are no binary fractions")
    try check(table(1, [1e6, -1e6, 1e6], [[0], [], [0]]), "huge scores")
    try check(table(1, [-1e6, 1e6, -1e6], [[0], [], [0]]), "huge scores, always wrong")
    try check(table(2, [1e308, -1e308, -1e308, 1e308], [[0], [1]]), "beyond the range")
  }

  @Test func alwaysWrongKeepsTheOrder() throws {
    let table = try ScoreTable(
      kind: .exclusive, labelCount: 2, scores: [0, 1, 1, 0, 0, 1], targets: Targets(exclusive: [0, 1, 0]))
    let result = Calibrator(fitting: table).probabilities([0, 1])
    let other = Calibrator(fitting: table).probabilities([1, 0])
    #expect(other[0] > result[0])
  }

  @Test func equalScoresGiveBaseRates() throws {
    var targets = Targets()
    for document in 0..<100 { targets.append(document < 30 ? [0] : []) }
    for score in [0, 7, -1e6, 0.1] {
      let table = try ScoreTable(
        kind: .multiLabel, labelCount: 1, scores: [Double](repeating: score, count: 100), targets: targets)
      let probability = Calibrator(fitting: table).probabilities([score])[0]
      #expect((probability - 0.3).magnitude < 0.02, "\(probability)")
    }
  }

  @Test func noDocuments() throws {
    for kind in [Domain.Kind.exclusive, .multiLabel] {
      let evaluation = Evaluation(EvaluationCounts(try domain(kind, ["a", "b"])), seconds: 0)
      #expect(evaluation.json["accuracy"] == .null)
      #expect(evaluation.json["documents"] == 0)
      #expect(evaluation.json["macro"]?["f1"] == 0)
      #expect(evaluation.text.contains("n/a"))
      _ = try JSONValue(parsing: Array(evaluation.json.text.utf8))
    }
  }

  @Test func brokenProbabilitiesDoNotTrap() throws {
    for kind in [Domain.Kind.exclusive, .multiLabel] {
      var counts = EvaluationCounts(try domain(kind, ["a", "b"]))
      try counts.add(gold: [0], predicted: [1], probabilities: [.nan, .infinity].span)
      try counts.add(gold: [0], predicted: [1], probabilities: [-.infinity, -1].span)
      #expect(Evaluation(counts, seconds: .nan).json["log_loss"]?.number?.isFinite == true)
      #expect(Evaluation(counts, seconds: .nan).json["seconds"] == .null)
    }
  }

  @Test func brokenTablesAreRefused() {
    let one = Targets(exclusive: [0])
    #expect(throws: DatelineError.self) {
      try ScoreTable(kind: .exclusive, labelCount: 2, scores: [1, .nan], targets: one)
    }
    #expect(throws: DatelineError.self) { try ScoreTable(kind: .exclusive, labelCount: 2, scores: [1], targets: one) }
    #expect(throws: DatelineError.self) { try ScoreTable(kind: .exclusive, labelCount: 0, scores: [], targets: one) }
    #expect(throws: DatelineError.self) {
      try ScoreTable(kind: .exclusive, labelCount: 2, scores: [1, 2], targets: Targets(exclusive: [2]))
    }
    #expect(throws: DatelineError.self) {
      try ScoreTable(kind: .exclusive, labelCount: 2, scores: [1, 2], targets: one, weights: [-1])
    }
    var none = Targets()
    none.append([])
    #expect(throws: DatelineError.self) {
      try ScoreTable(kind: .exclusive, labelCount: 2, scores: [1, 2], targets: none)
    }
  }
}
