import TestSupport
import DatelineCore
import DatelineEvaluation
import Testing

@Suite struct ThresholdsTests {
  private static let plain = ThresholdOptions(fbr: 0, pseudoPositives: 0)

  /// A small table whose probabilities repeat often.
  private func table(_ random: inout Random, documents: Int, labels: Int) throws -> ScoreTable {
    var targets = Targets()
    var scores: [Double] = []
    for _ in 0..<documents {
      let gold = (0..<labels).filter { _ in random.below(3) == 0 }
      targets.append(gold)
      for label in 0..<labels {
        scores.append(Double(min(random.below(8) + (gold.contains(label) ? 3 : 0), 10)) / 10)
      }
    }
    return try ScoreTable(kind: .multiLabel, labelCount: labels, scores: scores, targets: targets)
  }

  /// True positives, predictions and positives of some labels at their thresholds.
  private func counts(_ table: ScoreTable, _ thresholds: [(label: Int, value: Double)]) -> (Int, Int, Int) {
    var (hits, predicted, positives) = (0, 0, 0)
    for document in 0..<table.count {
      for (label, value) in thresholds {
        let given = table.scores[document * table.labelCount + label] >= value
        let gold = table.targets.contains(label, document: document)
        hits += given && gold ? 1 : 0
        predicted += given ? 1 : 0
        positives += gold ? 1 : 0
      }
    }
    return (hits, predicted, positives)
  }

  private func f1(_ counts: (Int, Int, Int)) -> Double {
    counts.1 + counts.2 == 0 ? 0 : 2 * Double(counts.0) / Double(counts.1 + counts.2)
  }

  /// All thresholds that tell tenths apart.
  private let candidates = (0...11).map { Double($0) / 10 - 0.05 }.map { max($0, 0) }

  @Test(arguments: 1...20) func macroIsTheBestOfEachLabel(seed: Int) throws {
    var random = Random(seed: UInt64(seed))
    let table = try table(&random, documents: 12, labels: 3)
    let thresholds = Thresholds(fitting: table, objective: .macroF1, options: Self.plain)
    for label in 0..<3 {
      let found = f1(counts(table, [(label, thresholds.values[label])]))
      let best = candidates.map { f1(counts(table, [(label, $0)])) }.max() ?? 0
      #expect(found == best, "seed \(seed), label \(label): \(found) instead of \(best)")
    }
  }

  @Test(arguments: 1...20) func microCannotBeBetteredByOneLabel(seed: Int) throws {
    var random = Random(seed: UInt64(seed))
    let table = try table(&random, documents: 12, labels: 3)
    let values = Thresholds(fitting: table, objective: .microF1, options: Self.plain).values
    func micro(_ values: [Double]) -> Double { f1(counts(table, values.enumerated().map { ($0, $1) })) }
    let found = micro(values)
    for label in 0..<3 {
      for candidate in candidates {
        var other = values
        other[label] = candidate
        #expect(micro(other) <= found + 1e-12, "seed \(seed), label \(label), \(candidate)")
      }
    }
    for candidate in candidates { #expect(micro([candidate, candidate, candidate]) <= found + 1e-12, "seed \(seed)") }
  }

  @Test(arguments: 1...20) func precisionIsKeptWithTheMostPredictions(seed: Int) throws {
    var random = Random(seed: UInt64(seed))
    let table = try table(&random, documents: 15, labels: 3)
    for floor in [0.5, 0.75, 1] {
      let thresholds = Thresholds(fitting: table, objective: .precision(floor), options: Self.plain)
      for label in 0..<3 {
        let found = counts(table, [(label, thresholds.values[label])])
        var best = 0
        for candidate in candidates {
          let (hits, predicted, _) = counts(table, [(label, candidate)])
          if hits > 0, Double(hits) >= floor * Double(predicted) { best = max(best, predicted) }
        }
        #expect(found.1 == best, "seed \(seed), label \(label), \(floor): \(found) instead of \(best)")
      }
    }
  }

  @Test(arguments: 1...10) func balancedWithoutPseudoPositivesIsMacro(seed: Int) throws {
    var random = Random(seed: UInt64(seed))
    let table = try table(&random, documents: 20, labels: 3)
    #expect(
      Thresholds(fitting: table, objective: .balanced, options: Self.plain)
        == Thresholds(fitting: table, objective: .macroF1, options: Self.plain), "seed \(seed)")
  }

  @Test(arguments: 1...10) func balancedIsTheBestSmoothedF1(seed: Int) throws {
    var random = Random(seed: UInt64(seed))
    let table = try table(&random, documents: 20, labels: 3)
    let values = Thresholds(fitting: table, objective: .balanced, options: .init(pseudoPositives: 5)).values
    func smoothed(_ label: Int, _ value: Double) -> Double {
      let own = counts(table, [(label, value)])
      let all = counts(table, (0..<3).map { ($0, value) })
      let share = 5 / Double(all.2)
      let hits = Double(own.0) + share * Double(all.0)
      let predicted = Double(own.1) + share * Double(all.1)
      return 2 * hits / (Double(own.2) + 5 + predicted)
    }
    for label in 0..<3 {
      let own = Set((0..<20).map { table.scores[$0 * 3 + label] }).sorted()
      // Thresholds lie between the label's own scores, so only those are rivals.
      let edges: [Double] = [0] + own + [1]
      let rivals: [Double] = edges.indices.dropLast().map { (edges[$0] + edges[$0 + 1]) / 2 }
      let best = rivals.map { smoothed(label, $0) }.max() ?? 0
      #expect(close(smoothed(label, values[label]), best), "seed \(seed), label \(label)")
    }
  }

  @Test func rareLabelsMoveToTheCommonThreshold() throws {
    // Label 0 has 40 positives and sets the common threshold; label 1 has a single one, with a low probability.
    var targets = Targets()
    var scores: [Double] = []
    for document in 0..<100 {
      targets.append((document < 40 ? [0] : []) + (document == 99 ? [1] : []))
      scores += [document < 40 ? 0.7 : 0.3, document == 99 ? 0.2 : 0.1]
    }
    let table = try ScoreTable(kind: .multiLabel, labelCount: 2, scores: scores, targets: targets)
    // Half way between the log-odds of 0.15 and those of 0.5, which are 0: the odds are a square root.
    let odds = (0.15 / 0.85).squareRoot()
    for objective in [ThresholdObjective.macroF1, .microF1] {
      let free = Thresholds(fitting: table, objective: objective, options: Self.plain).values
      #expect(close(free[0], 0.5) && close(free[1], 0.15), "\(objective): \(free)")
      let bound = Thresholds(fitting: table, objective: objective, options: .init(fbr: 0, pseudoPositives: 1)).values
      #expect(close(bound[0], 0.5) && close(bound[1], odds / (1 + odds)), "\(objective): \(bound)")
    }
    let balanced = Thresholds(fitting: table, objective: .balanced, options: .init(pseudoPositives: 50)).values
    #expect(balanced[1] > 0.2)
  }

  @Test func hopelessLabelsAreRaisedToTheirHighestScore() throws {
    var targets = Targets()
    let scores = (0..<40).map { Double($0) / 50 }
    for document in 0..<40 { targets.append(document == 0 ? [0] : []) }
    let table = try ScoreTable(kind: .multiLabel, labelCount: 1, scores: scores, targets: targets)
    let values = Thresholds(fitting: table, objective: .macroF1, options: .init(fbr: 0.1, pseudoPositives: 0)).values
    #expect(values == [39.0 / 50])
    #expect(Thresholds(fitting: table, objective: .macroF1, options: Self.plain).values == [0])
  }

  @Test func aLabelThatCannotReachThePrecisionIsNeverGiven() throws {
    var targets = Targets()
    for labels in [[], [], [0]] { targets.append(labels) }
    let table = try ScoreTable(kind: .multiLabel, labelCount: 1, scores: [1, 1, 0.5], targets: targets)
    let thresholds = Thresholds(fitting: table, objective: .precision(0.9), options: Self.plain)
    #expect(thresholds.apply([1]) == [])
  }

  @Test func documentsWithoutWeightAreNoEvidence() throws {
    var targets = Targets()
    for labels in [[0], [], [0]] { targets.append(labels) }
    let table = try ScoreTable(
      kind: .multiLabel, labelCount: 1, scores: [0.9, 0.5, 0.4], targets: targets, weights: [0, 1, 1])
    let thresholds = Thresholds(fitting: table, objective: .precision(0.9), options: Self.plain)
    #expect(thresholds.apply([0.9]) == [])
  }

  @Test func ofEquallyGoodThresholdsTheHighestIsTaken() throws {
    // One of two positives without a mistake, or both with two mistakes: F1 is two thirds either way.
    var targets = Targets()
    for labels in [[0], [], [], [0]] { targets.append(labels) }
    let table = try ScoreTable(kind: .multiLabel, labelCount: 1, scores: [0.9, 0.7, 0.6, 0.5], targets: targets)
    for objective in [ThresholdObjective.macroF1, .microF1, .balanced] {
      let values = Thresholds(fitting: table, objective: objective, options: Self.plain).values
      #expect(close(values[0], 0.8), "\(objective): \(values)")
    }
  }

  @Test func weightsAreRepetitions() throws {
    var random = Random(seed: 77)
    let table = try table(&random, documents: 20, labels: 3)
    let repeated = (0..<20).flatMap { [Int](repeating: $0, count: $0 % 3) }
    let weighted = try ScoreTable(
      kind: .multiLabel, labelCount: 3, scores: table.scores, targets: table.targets,
      weights: (0..<20).map { Double($0 % 3) })
    let plain = try ScoreTable(
      kind: .multiLabel, labelCount: 3, scores: repeated.flatMap { table.scores[$0 * 3..<$0 * 3 + 3] },
      targets: table.targets.selecting(repeated))
    for objective in [ThresholdObjective.microF1, .macroF1, .balanced, .precision(0.8)] {
      let first = Thresholds(fitting: weighted, objective: objective).values
      let second = Thresholds(fitting: plain, objective: objective).values
      for label in 0..<3 {
        // Documents without weight can lie between two thresholds: what is predicted counts, not the number.
        let a = counts(plain, [(label, first[label])])
        let b = counts(plain, [(label, second[label])])
        #expect(a == b, "\(objective), label \(label): \(first) \(second)")
      }
    }
  }

  @Test func applying() throws {
    let thresholds = try Thresholds([0.5, 0.25, 1.5])
    #expect(thresholds.apply([0.5, 0.2, 1]) == [0])
    #expect(thresholds.apply([0.4, 0.25, 1]) == [1])
    #expect(throws: DatelineError.self) { try Thresholds([0.5, .nan]) }
    #expect(throws: DatelineError.self) { try Thresholds([-0.1]) }
    let domain = try domain(.multiLabel, count: 3)
    let back = try Thresholds(json: JSONValue(parsing: Array(thresholds.json.text.utf8)), domain: domain)
    #expect(back == thresholds)
    #expect(throws: DatelineError.self) { try Thresholds(json: [0.5], domain: domain) }
  }

  @Test func objectives() throws {
    for text in ["micro-f1", "macro-f1", "balanced", "precision:0.9"] {
      #expect(try ThresholdObjective(text).description == text)
    }
    for text in ["", "f1", "precision", "precision:0", "precision:1.1", "precision:nan", "balanced:", "micro-f1:1"] {
      #expect(throws: DatelineError.self, "\(text)") { try ThresholdObjective(text) }
    }
  }
}
