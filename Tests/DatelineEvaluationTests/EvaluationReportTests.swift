import DatelineCore
import DatelineEvaluation
import Testing

@Suite struct EvaluationReportTests {
  /// Counts of labels that are always predicted right, with the given numbers of documents.
  private func counts(_ domain: Domain, support: [Int]) throws -> EvaluationCounts {
    var counts = EvaluationCounts(domain)
    for (label, support) in support.enumerated() {
      var probabilities = [Double](repeating: 0, count: domain.count)
      probabilities[label] = 1
      for _ in 0..<support { try counts.add(gold: [label], predicted: [label], probabilities: probabilities.span) }
    }
    return counts
  }

  @Test func membersComeInTheirOrder() throws {
    let json = Evaluation(try counts(domain(.exclusive, ["a", "b"]), support: [2, 1]), seconds: 0.5).json
    #expect(
      json.members.map(\.name).prefix(11) == [
        "facet", "documents", "accuracy", "macro", "micro", "labels", "confusion", "log_loss", "calibration_error",
        "baseline_accuracy", "seconds",
      ])
    #expect(
      json["labels"]?.elements?.first?.members.map(\.name) == [
        "label", "precision", "recall", "f1", "support", "true_positives", "false_positives", "false_negatives",
        "trained",
      ])
    #expect(json["macro"]?.members.map(\.name) == ["precision", "recall", "f1"])
    #expect(json["seconds"] == 0.5)
    #expect(json["confusion"] == [[2, 0], [0, 1]])
  }

  @Test func manyLabelsAreListedAsCells() throws {
    let domain = try domain(.exclusive, count: 1001)
    let json = Evaluation(try counts(domain, support: [3, 0, 1]), seconds: 0).json
    #expect(json["confusion"] == [])
    #expect(json["confusion_cells"] == [[0, 0, 3], [2, 2, 1]])
  }

  @Test func textOfFewLabels() throws {
    let domain = try domain(.exclusive, ["arts", "sport"])
    var counts = EvaluationCounts(domain)
    for (gold, predicted, probabilities) in [(0, 0, [0.75, 0.25]), (0, 1, [0.25, 0.75]), (1, 1, [0.25, 0.75])] {
      try counts.add(gold: [gold], predicted: [predicted], probabilities: probabilities.span)
    }
    #expect(
      Evaluation(counts, seconds: 0).text == """
        topic: 3 documents, accuracy 0.667 (95 % interval 0.208 to 0.939), majority label alone 0.667

        label          support  precision  recall     F1
        arts                 2      1.000   0.500  0.667
        sport                1      0.500   1.000  0.667
        macro average        3      0.750   0.750  0.667
        micro average        3      0.667   0.667  0.667

        true \\ predicted  [1]  [2]
        [1] arts            1    1
        [2] sport           0    1

        log loss           0.6539  mean of -log(probability of the true label); 0 is perfect
        calibration error  0.0833  mean gap between the top label's probability and how often it is right; 0 is perfect

        """)
  }

  @Test func textOfManyLabelsShowsTheLargest() throws {
    let domain = try domain(.exclusive, count: 70)
    let text = Evaluation(try counts(domain, support: (0..<61).map { $0 + 1 }), seconds: 0).text
    #expect(text.contains("\nlabel-0021 ") && text.contains("\nlabel-0060 "))
    #expect(!text.contains("\nlabel-0020 "))
    #expect(text.contains("the 40 labels with most documents; 21 more are in the JSON report"))
    #expect(text.contains("9 labels of the model neither in these documents nor among the predictions"))
    let all = Evaluation(try counts(domain, support: (0..<60).map { $0 + 1 }), seconds: 0).text
    #expect(all.contains("\nlabel-0000 "))
  }

  @Test func largestConfusions() throws {
    let domain = try domain(.exclusive, count: 13)
    var counts = EvaluationCounts(domain)
    let even = [Double](repeating: 1.0 / 13, count: 13)
    for (gold, predicted, count) in [(4, 5, 2), (1, 0, 7), (0, 1, 7), (3, 3, 9)] {
      for _ in 0..<count { try counts.add(gold: [gold], predicted: [predicted], probabilities: even.span) }
    }
    let text = Evaluation(counts, seconds: 0).text
    #expect(
      text.contains(
        """
        largest confusions (true → predicted)
        label-0000 → label-0001: 7
        label-0001 → label-0000: 7
        label-0004 → label-0005: 2

        """))
  }

  @Test func wilsonIntervals() throws {
    // scipy.stats.binomtest(8, 10).proportion_ci(method="wilson")
    let interval = try #require(wilsonInterval(successes: 8, trials: 10))
    #expect(close(interval.lowerBound, 0.4901624715), "\(interval)")
    #expect(close(interval.upperBound, 0.9433178485), "\(interval)")
    #expect(wilsonInterval(successes: 0, trials: 5)?.lowerBound == 0)
    #expect(wilsonInterval(successes: 5, trials: 5)?.upperBound == 1)
    #expect(wilsonInterval(successes: 0, trials: 0) == nil)
  }
}
