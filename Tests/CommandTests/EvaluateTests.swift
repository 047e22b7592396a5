import DatelineCore
import Testing

@Suite struct EvaluateTests {
  @Test func membersOfJSON() throws {
    let shop = try Workshop()
    let run = try expectSuccess(["evaluate", "--model", shop.model, "--data", shop.test, "--format", "json"])
    #expect(run.errors == "")
    let json = try run.json()
    #expect(
      json.members.map(\.name).prefix(11) == [
        "facet", "documents", "accuracy", "macro", "micro", "labels", "confusion", "log_loss", "calibration_error",
        "baseline_accuracy", "seconds",
      ])
    #expect(json["facet"] == "topic")
    #expect(json["documents"] == 30)
    #expect(json["accuracy"] == 1)
    for average in ["macro", "micro"] {
      #expect(json[average]?.members.map(\.name) == ["precision", "recall", "f1"])
    }
    let labels = try #require(json["labels"]?.elements)
    #expect(labels.map { $0["label"]?.string } == ["politics", "science", "sport"])
    let members = [
      "label", "precision", "recall", "f1", "support", "true_positives", "false_positives", "false_negatives",
      "trained",
    ]
    #expect(labels.allSatisfy { $0.members.map(\.name) == members })
    #expect(json["confusion"] == [[10, 0, 0], [0, 10, 0], [0, 0, 10]])
    #expect(abs(try #require(json["baseline_accuracy"]?.number) - 1.0 / 3) < 1e-12)
  }

  @Test func labelsThatTheModelDoesNotKnow() throws {
    let shop = try Workshop()
    let path = try shop.folder.write(
      "new.jsonl", Samples.jsonLines(Samples.articles(30)) { .string($0.label == "sport" ? "chess" : $0.label) })
    let json = try expectSuccess(["evaluate", "--model", shop.model, "--data", path, "--format", "json"]).json()
    let labels = try #require(json["labels"]?.elements)
    #expect(labels.map { $0["label"]?.string } == ["chess", "politics", "science", "sport"])
    #expect(labels.map { $0["trained"]?.bool } == [false, true, true, true])
    #expect(abs(try #require(json["accuracy"]?.number) - 2.0 / 3) < 1e-12)
  }

  @Test func badRecords() throws {
    let shop = try Workshop()
    let good = try shop.folder.text("test.jsonl")
    let bad = try shop.folder.write("bad.jsonl", good + #"{"text":"no label"}"# + "\n")
    let arguments = ["evaluate", "--model", shop.model, "--data", bad]
    try expectError(65, arguments, "bad.jsonl:31, field \"topic\"", "no label")
    let run = try expectSuccess(arguments + ["--on-error", "skip"])
    #expect(run.errors.contains("warning: 1 damaged record skipped, the first: \(bad):31"))
    #expect(run.output.hasPrefix("topic: 30 documents"))
    try expectError(65, ["evaluate", "--model", shop.model, "--data", "/dev/null"], "no labelled documents")
  }
}
