import TestSupport
import DatelineCore
import DatelineEvaluation
import Testing

@Suite struct CalibratorTests {
  private func table(_ data: JSONValue, _ kind: Domain.Kind) throws -> ScoreTable {
    var targets = Targets()
    for gold in try #require(try data[required: "gold"].elements) {
      targets.append(try gold.integer.map { [$0] } ?? gold.ints)
    }
    return try ScoreTable(
      kind: kind, labelCount: data[required: "labels"].int, scores: data[required: "scores"].doubles, targets: targets,
      weights: data["weights"]?.elements?.compactMap(\.number))
  }

  @Test(arguments: 0..<3) func vectorScalingAgreesWithSciPy(index: Int) throws {
    let data = try reference("exclusive_calibration")[index]
    let calibrator = Calibrator(fitting: try table(data, .exclusive), method: .vectorScaling)
    #expect(calibrator.name == "vector-scaling")
    let slope = try data[required: "slope"].double
    #expect((calibrator.slopes[0] / slope - 1).magnitude < 1e-6, "\(calibrator.slopes) instead of \(slope)")
    for (found, expected) in zip(calibrator.offsets, try data[required: "offsets"].doubles) {
      #expect(close(found, expected, 1e-6), "\(found) instead of \(expected)")
    }
  }

  @Test(arguments: 0..<2) func plattScalingAgreesWithSciPy(index: Int) throws {
    let data = try reference("multi_label_calibration")[index]
    let calibrator = Calibrator(fitting: try table(data, .multiLabel))
    #expect(calibrator.name == "platt")
    for (found, expected) in zip(calibrator.slopes, try data[required: "slopes"].doubles) {
      #expect(close(found, expected, 1e-6), "\(found) instead of \(expected)")
    }
    for (found, expected) in zip(calibrator.offsets, try data[required: "offsets"].doubles) {
      #expect(close(found, expected, 1e-6), "\(found) instead of \(expected)")
    }
  }

  /// Scores of a seeded model that is right more often than not.
  private func random(
    _ kind: Domain.Kind, documents: Int, labels: Int, scale: Double = 1, shift: Double = 0, seed: UInt64
  ) throws -> ScoreTable {
    var random = Random(seed: seed)
    var targets = Targets()
    var scores: [Double] = []
    for _ in 0..<documents {
      let gold = kind == .exclusive ? [random.below(labels)] : (0..<labels).filter { _ in random.below(5) == 0 }
      targets.append(gold)
      for label in 0..<labels { scores.append(shift + scale * (random.normal() + (gold.contains(label) ? 1.5 : 0))) }
    }
    return try ScoreTable(kind: kind, labelCount: labels, scores: scores, targets: targets)
  }

  @Test("scaled and shifted scores give the same probabilities", arguments: [Domain.Kind.exclusive, .multiLabel])
  func scaleDoesNotMatter(kind: Domain.Kind) throws {
    let plain = try random(kind, documents: 80, labels: 3, seed: 5)
    let expected = try plain.calibrated(by: Calibrator(fitting: plain)).scores
    for (scale, shift) in [(1e6, 0.0), (1e-6, 0), (3, -40), (1e200, 0)] {
      let other = try random(kind, documents: 80, labels: 3, scale: scale, shift: shift, seed: 5)
      let found = try other.calibrated(by: Calibrator(fitting: other)).scores
      #expect(zip(found, expected).allSatisfy { close($0, $1, 1e-7) }, "scale \(scale), shift \(shift)")
    }
  }

  @Test("a document's weight is worth its repetitions", arguments: [Domain.Kind.exclusive, .multiLabel])
  func weightsAreRepetitions(kind: Domain.Kind) throws {
    let table = try random(kind, documents: 40, labels: 3, seed: 8)
    let weights = (0..<40).map { Double($0 % 4) }
    let repeated = (0..<40).flatMap { [Int](repeating: $0, count: $0 % 4) }
    let weighted = Calibrator(
      fitting: try ScoreTable(
        kind: kind, labelCount: 3, scores: table.scores, targets: table.targets, weights: weights))
    let plain = Calibrator(
      fitting: try ScoreTable(
        kind: kind, labelCount: 3, scores: repeated.flatMap { table.scores[$0 * 3..<$0 * 3 + 3] },
        targets: table.targets.selecting(repeated)))
    #expect(zip(weighted.slopes, plain.slopes).allSatisfy { close($0, $1) })
    #expect(zip(weighted.offsets, plain.offsets).allSatisfy { close($0, $1) })
  }

  @Test("manyfold labels get one temperature") func temperature() throws {
    let table = try random(.exclusive, documents: 300, labels: 201, seed: 3)
    let calibrator = Calibrator(fitting: table, method: .vectorScaling)
    #expect(calibrator.name == "temperature")
    #expect(calibrator.offsets == [Double](repeating: 0, count: 201))
    // The log loss is lowest where its derivative by the slope vanishes: it must rise on both sides.
    func loss(_ factor: Double) throws -> Double {
      let other = try Calibrator(
        kind: .exclusive, name: "temperature", slopes: [calibrator.slopes[0] * factor], offsets: calibrator.offsets)
      let probabilities = try table.calibrated(by: other).scores
      var counts = EvaluationCounts(try domain(.exclusive, count: 201))
      for document in 0..<table.count {
        let row = Array(probabilities[document * 201..<(document + 1) * 201])
        try counts.add(gold: table.targets[document].map { Int($0) }, predicted: [0], probabilities: row.span)
      }
      return counts.logLoss
    }
    let best = try loss(1)
    #expect(try loss(0.9) > best)
    #expect(try loss(1.1) > best)
  }

  @Test func probabilitiesSumToOne() throws {
    var random = Random(seed: 11)
    for trial in 0..<200 {
      let labels = 1 + random.below(300)
      let scale = [1e-3, 1, 100, 1e6, 1e300][random.below(5)]
      let calibrator = try Calibrator(
        kind: .exclusive, name: "none", slopes: [0.1 + 3 * random.unit()],
        offsets: (0..<labels).map { _ in random.normal() })
      let result = calibrator.probabilities((0..<labels).map { _ in scale * random.normal() })
      #expect((result.reduce(0, +) - 1).magnitude < 1e-12, "seed 11, trial \(trial)")
      #expect(result.allSatisfy { $0 >= 0 && $0 <= 1 }, "seed 11, trial \(trial)")
    }
  }

  @Test("any score gives a probability", arguments: [Domain.Kind.exclusive, .multiLabel])
  func hostileScores(kind: Domain.Kind) {
    let values: [Double] = [.nan, .infinity, -.infinity, 1e308, -1e308, 0, 1e6, -1e6]
    let calibrator = Calibrator.none(kind: kind, labelCount: 2)
    for first in values {
      for second in values {
        let result = calibrator.probabilities([first, second])
        #expect(result.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(first) \(second): \(result)")
        if kind == .exclusive { #expect(close(result[0] + result[1], 1), "\(first) \(second): \(result)") }
      }
    }
  }

  @Test func withoutCalibration() {
    let exclusive = Calibrator.none(kind: .exclusive, labelCount: 2).probabilities([0, 1.0986122886681098])
    #expect(close(exclusive[0], 0.25) && close(exclusive[1], 0.75))
    let other = Calibrator.none(kind: .multiLabel, labelCount: 2).probabilities([0, -1.0986122886681098])
    #expect(close(other[0], 0.5) && close(other[1], 0.25))
  }

  @Test("JSON brings every bit back", arguments: [Domain.Kind.exclusive, .multiLabel])
  func roundTrip(kind: Domain.Kind) throws {
    let calibrator = Calibrator(fitting: try random(kind, documents: 50, labels: 4, seed: 21))
    let text = calibrator.json.text
    let domain = try domain(kind, count: 4)
    let back = try Calibrator(json: JSONValue(parsing: Array(text.utf8)), domain: domain)
    #expect(back == calibrator)
    #expect(zip(back.offsets, calibrator.offsets).allSatisfy { $0.bitPattern == $1.bitPattern })
    #expect(back.json.text == text)
  }

  @Test func damagedJSONIsRefused() throws {
    let domain = try domain(.exclusive, count: 2)
    for text in [
      "{}", "null", #"{"method":"x","kind":"exclusive","slopes":[1],"offsets":[0]}"#,
      #"{"method":"x","kind":"multi-label","slopes":[1,1],"offsets":[0,0]}"#,
      #"{"method":"x","kind":"exclusive","slopes":[0],"offsets":[0,0]}"#,
      #"{"method":"x","kind":"exclusive","slopes":[-1],"offsets":[0,0]}"#,
      #"{"method":"x","kind":"exclusive","slopes":[1,1],"offsets":[0,0]}"#,
      #"{"method":"x","kind":"exclusive","slopes":[1],"offsets":[0,"a"]}"#,
      #"{"method":"x","kind":"exclusive","slopes":[1],"offsets":[0,null]}"#,
    ] {
      #expect(throws: DatelineError.self, "\(text)") {
        try Calibrator(json: JSONValue(parsing: Array(text.utf8)), domain: domain)
      }
    }
  }
}
