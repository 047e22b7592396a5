import TestSupport
import DatelineCore
import DatelineVectors
import Testing

/// Changes of the data that must not change the optimum.
@Suite struct InvarianceTests {
  static let names = ["binary", "softmax-5", "multi-label-11"]
  static let priors = ["uniform", "naive-bayes"]

  private func compare(
    _ problem: Problem, _ other: Problem, _ settings: [String: String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let settings = settings.merging(["tolerance": "1e-14"]) { $1 }
    let (model, report) = try problem.train(settings)
    let (otherModel, otherReport) = try other.train(settings)
    #expect(
      distance(model.allNumbers, otherModel.allNumbers) < 1e-5, "\(settings)", sourceLocation: sourceLocation)
    let (objective, otherObjective) = (report["objective"]?.number ?? -1, otherReport["objective"]?.number ?? -2)
    #expect(
      close(objective, otherObjective, 1e-9), "\(settings): \(objective) and \(otherObjective)",
      sourceLocation: sourceLocation)
  }

  @Test(arguments: names, priors) func aDoubledWeightIsADuplicate(name: String, prior: String) throws {
    let problem = try Reference.problem(name, weighted: false)
    let twice = [0, 3, 4, 17, 30]
    var weighted = problem
    weighted.weights = (0..<problem.count).map { twice.contains($0) ? 2 : 1 }
    let duplicated = problem.selecting(Array(0..<problem.count) + twice)
    for classWeight in ["none", "sqrt", "balanced"] {
      try compare(weighted, duplicated, ["C": "2", "prior": prior, "class-weight": classWeight])
    }
  }

  @Test(arguments: names, priors) func aWeightOfZeroIsNoDocument(name: String, prior: String) throws {
    let problem = try Reference.problem(name, weighted: false)
    let without = [7, 20, 21, 40]
    var weighted = problem
    weighted.weights = (0..<problem.count).map { without.contains($0) ? 0 : 1 }
    let shorter = problem.selecting((0..<problem.count).filter { !without.contains($0) })
    try compare(weighted, shorter, ["C": "2", "prior": prior])
  }

  @Test(arguments: names, priors) func permutation(name: String, prior: String) throws {
    var random = Random(seed: 5)
    let problem = try Reference.problem(name, weighted: true)
    try compare(
      problem, problem.selecting(Array(0..<problem.count).shuffled(using: &random)), ["C": "5", "prior": prior])
  }

  /// Features in another order, and so in other places of the solver.
  @Test(arguments: names, priors) func permutationOfFeatures(name: String, prior: String) throws {
    let problem = try Reference.problem(name, weighted: true)
    var reversed = problem
    let last = UInt32(problem.features - 1)
    reversed.rows = problem.rows.map { row in
      SparseVector(indices: row.indices.reversed().map { last - $0 }, values: row.values.reversed())
    }
    let settings = ["C": "5", "prior": prior, "tolerance": "1e-14"]
    let (model, _) = try problem.train(settings)
    let (other, _) = try reversed.train(settings)
    for column in 0..<model.columnCount {
      #expect(distance(model.column(column), other.column(column).reversed()) < 1e-5)
    }
    #expect(distance(model.bias, other.bias) < 1e-5)
  }

  /// One-vs-rest solves every label by itself: blocks of labels do not change what is learnt.
  @Test(arguments: priors) func labelsAreIndependent(prior: String) throws {
    let problem = try Reference.problem("multi-label-11", weighted: false)
    let settings = ["C": "5", "prior": prior, "tolerance": "1e-14"]
    let (model, _) = try problem.train(settings)
    for label in [0, 4, 10] {
      var single = problem
      single.labels = 1
      single.targets = problem.targets.map { $0.contains(label) ? [0] : [] }
      let (other, _) = try single.train(settings)
      #expect(distance(model.column(label), other.column(0)) < 1e-5)
      #expect(close(model.bias[label], other.bias[0], 1e-5))
    }
  }
}
