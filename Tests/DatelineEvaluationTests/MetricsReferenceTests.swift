import DatelineCore
import DatelineEvaluation
import Testing

/// Every figure against scikit-learn's.
@Suite struct MetricsReferenceTests {
  @Test(arguments: 0..<3) func exclusive(index: Int) throws {
    let data = try reference("exclusive")[index]
    let labels = try data[required: "labels"].int
    let gold = try data[required: "gold"].ints
    let predicted = try data[required: "predicted"].ints
    let probabilities = try data[required: "probabilities"].doubles
    var counts = EvaluationCounts(try domain(.exclusive, count: labels))
    for document in gold.indices {
      let row = Array(probabilities[document * labels..<(document + 1) * labels])
      try counts.add(gold: [gold[document]], predicted: [predicted[document]], probabilities: row.span)
    }
    let evaluation = Evaluation(counts, seconds: 1)
    try compare(evaluation, data)
    let confusion = try #require(try data[required: "confusion"].elements).map { try $0.ints }
    #expect(evaluation.confusionMatrix == confusion)
    #expect(evaluation.json["confusion"] == (try data[required: "confusion"]))
  }

  @Test(arguments: 0..<2) func multiLabel(index: Int) throws {
    let data = try reference("multi_label")[index]
    let labels = try data[required: "labels"].int
    let gold = try #require(try data[required: "gold"].elements).map { try $0.ints }
    let predicted = try #require(try data[required: "predicted"].elements).map { try $0.ints }
    let probabilities = try data[required: "probabilities"].doubles
    let thresholds = Thresholds.common(0.5, labelCount: labels)
    var counts = EvaluationCounts(try domain(.multiLabel, count: labels))
    for document in gold.indices {
      let row = Array(probabilities[document * labels..<(document + 1) * labels])
      #expect(thresholds.apply(row) == predicted[document])
      try counts.add(gold: gold[document], predicted: predicted[document], probabilities: row.span)
    }
    let evaluation = Evaluation(counts, seconds: 1)
    try compare(evaluation, data)
    #expect(evaluation.json["confusion"] == .array([]))
  }

  private func compare(_ evaluation: Evaluation, _ data: JSONValue) throws {
    let json = evaluation.json
    for name in ["accuracy", "log_loss", "calibration_error", "baseline_accuracy"] {
      let (found, expected) = (try json[required: name].double, try data[required: name].double)
      #expect(close(found, expected), "\(name): \(found) instead of \(expected)")
    }
    for average in ["macro", "micro"] {
      for name in ["precision", "recall", "f1"] {
        let (found, expected) = (
          try json[required: average][required: name], try data[required: average][required: name]
        )
        #expect(close(try found.double, try expected.double), "\(average) \(name): \(found) instead of \(expected)")
      }
    }
    let found = try #require(json["labels"]?.elements)
    let expected = try #require(data["label_figures"]?.elements)
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) {
      for name in ["precision", "recall", "f1", "support"] {
        #expect(close(try found[required: name].double, try expected[required: name].double), "\(found) \(expected)")
      }
    }
  }
}
