import DatelineCore
import Testing

/// Exclusive labels: joint log-likelihoods against scikit-learn's.
@Suite struct ReferenceTests {
  @Test func scoresAreThoseOfScikitLearn() throws {
    let file = try Reference.file()
    let cases = try #require(file["cases"]?.elements)
    #expect(cases.count == 80)
    for data in cases {
      let name = try #require(data["dataset"]?.string)
      let problem = try Reference.problem(#require(file["datasets"]?[name]), weighted: data["weighted"] == true)
      var settings = ["alpha": "\(try #require(data["alpha"]?.number))"]
      for (setting, member) in [
        ("variant", "variant"), ("counts", "counts"), ("class-prior", "class_prior"), ("class-weight", "class_weight"),
      ] {
        settings[setting] = try #require(data[member]?.string)
      }
      settings["normalize-weights"] = "\(data["normalize"] == true)"
      let model = try problem.train(settings)
      let expected = try #require(data["scores"]?.elements).map { try $0.doubles }
      for document in 0..<problem.count {
        let found = scores(model, problem.rows[document])
        for label in found.indices {
          // Weights are stored as floats.
          #expect(
            close(found[label], expected[document][label], 1e-6),
            "\(name) \(settings), document \(document), label \(label): \(found[label]), not \(expected[document][label])"
          )
        }
      }
    }
  }
}
