import DatelineCore
import DatelineVectors
import Testing

/// The optimum against scikit-learn's, which other solvers found.
@Suite struct ReferenceTests {
  @Test func optimaAreThoseOfScikitLearn() throws {
    let cases = try Reference.cases()
    #expect(cases.count == 48)
    for data in cases {
      let name = try #require(data["dataset"]?.string)
      let c = try #require(data["C"]?.number)
      let weighted = data["weighted"] == true
      let classWeight = try #require(data["class_weight"]?.string)
      let what = "\(name), C=\(c), class-weight=\(classWeight), \(weighted ? "weighted" : "not weighted")"
      let problem = try Reference.problem(name, weighted: weighted)
      // A tolerance of 1e-13 is at the edge of what sums of doubles give.
      let (model, report) = try problem.train([
        "C": "\(c)", "prior": "uniform", "class-weight": classWeight, "tolerance": "1e-12",
      ])
      #expect(report["converged"] == true, "\(what): \(report)")
      #expect(report.warnings.isEmpty)
      let objective = try #require(report["objective"]?.number)
      let expected = try #require(data["objective"]?.number)
      #expect(
        (objective - expected).magnitude < 1e-6 * expected, "\(what): an objective of \(objective), not \(expected)")
      let dual = try #require(report["dual_objective"]?.number)
      #expect(dual <= objective * (1 + 1e-12), "\(what): \(dual) over \(objective)")
      #expect(try #require(report["relative_gap"]?.number) < 1e-6, "\(what): \(report)")
      let columns = try #require(data["coefficients"]?.elements).map { try $0.doubles }
      #expect(model.columnCount == columns.count, "\(what)")
      for (number, column) in columns.enumerated() {
        #expect(distance(model.column(number), column) < 1e-4, "\(what): column \(number)")
      }
      let constants = try #require(data["intercepts"]).doubles
      #expect(distance(model.bias, constants) < 1e-4, "\(what): constants \(model.bias), not \(constants)")
    }
  }

  /// Two exclusive labels share a column, whose sign is that of the second label.
  @Test func twoLabelsShareAColumn() throws {
    let problem = try Reference.problem("binary", weighted: false)
    let (model, _) = try problem.train(["C": "1", "prior": "uniform"])
    #expect(model.columnCount == 1 && model.labelCount == 2)
    for document in 0..<problem.count {
      let row = problem.rows[document]
      let scores = model.scores(indices: row.indices, values: row.values)
      #expect(scores.count == 2 && scores[0] == -scores[1])
    }
  }
}
