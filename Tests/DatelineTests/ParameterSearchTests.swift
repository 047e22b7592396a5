@testable import Dateline
import DatelineCore
import LogisticRegression
import DatelineVectors
import Synchronization
import Testing

/// Which candidates a search tries, and which it takes.
@Suite struct ParameterSearchTests {
  private func search(_ values: [Double]) throws -> ParameterSearch {
    let schema = LogisticRegressionPlugin().description.parameters
    return try ParameterSearch(
      Hyperparameters(schema, settings: [:]), grid: ["C": values.map { ParameterValue.number($0) }])
  }

  /// Searches values 1, 2, … whose losses are given; says what was chosen and what was tried, in turn.
  private func run(_ losses: [Double]) throws -> (chosen: Double?, tried: [Double]) {
    var tried: [Double] = []
    let (best, steps) = try search((1...losses.count).map(Double.init)).best { some throws(DatelineError) in
      let numbers = some.compactMap { $0.number("C") }
      tried += numbers
      return numbers.map { losses[Int($0) - 1] }
    }
    #expect(steps.filter(\.isChosen).map(\.values) == [["C": best["C"]]])
    #expect(steps.compactMap { step in Double(step.description.dropFirst(2)) } == tried.sorted(), "each tried once")
    return (best.number("C"), tried)
  }

  @Test func itFollowsTheFallingLoss() throws {
    #expect(try run([5, 4, 3, 2, 1]) == (5, [3, 4, 5]))
    #expect(try run([5, 4, 3, 2, 9]) == (4, [3, 4, 5]))
    #expect(try run([5, 4, 3, 9, 1]) == (3, [3, 4, 2]))
    #expect(try run([1, 2, 3, 4, 5]) == (1, [3, 4, 2, 1]))
    #expect(try run([9, 2, 3, 4, 5]) == (2, [3, 4, 2, 1]))
  }

  @Test func shortGrids() throws {
    #expect(try run([7]) == (1, [1]))
    #expect(try run([7, 3]) == (2, [2, 1]))
    #expect(try run([3, 7]) == (1, [2, 1]))
  }

  /// Of equal losses the first to be tried is taken, and a loss that is no number is the worst.
  @Test func tiesAndNonsense() throws {
    #expect(try run([4, 4, 4, 4, 4]) == (3, [3, 4, 2]))
    #expect(try run([1, 2, .nan, 4, 5]) == (4, [3, 4, 5]))
  }
}

/// Out-of-fold scores: of the right documents, in their order, and each fold learnt once.
@Suite struct CrossValidationTests {
  @Test(arguments: [1, 2, 7]) func scoresOfTheFoldsThatWereLeftOut(threads: Int) throws {
    let count = 23
    let features = CSRMatrix(rows: (0..<count).map { SparseVector(indices: [0], values: [Float($0)]) }, columnCount: 1)
    var targets = Targets()
    for document in 0..<count { targets.append([document % 2]) }
    let domain = try Domain(facet: Facet("topic"), kind: .exclusive, labels: [Label("a"), Label("b")])
    let set = try TrainingSet(domain: domain, features: features, targets: targets)
    let folds = (0..<count).map { ($0 * 5 + 1) % 3 }
    let learnt = Mutex<[[Float]]>([])
    var validation = CrossValidation(set, folds: folds, foldCount: 3) { inside, _, _ throws(DatelineError) in
      learnt.withLock { $0.append(inside.features.values.array()) }
      // The score of the second label is the document's number, plus a thousand for each document learnt from.
      let model = LinearClassifier(
        labelCount: 2, weights: LinearWeights(SharedBuffer([0, 1]), columnCount: 2),
        bias: [0, 1000 * Double(inside.count)])
      return (model, TrainingReport(figures: [], warnings: []))
    }
    let context = TrainingContext(workers: WorkerPool(threads: threads))
    let schema = LogisticRegressionPlugin().description.parameters
    let candidates = try ["1", "2"].map { try Hyperparameters(schema, settings: ["C": $0]) }
    let first = try validation.tables(of: candidates, folds: 0..<1, context: context)
    #expect(learnt.withLock { $0.count } == 2)
    let all = try validation.tables(of: [candidates[0]], folds: 0..<3, context: context)[0]
    #expect(learnt.withLock { $0.count } == 4, "the first fold is known")
    for values in learnt.withLock({ $0 }) {
      let left = Set(folds.indices).subtracting(values.map { Int($0) })
      #expect(Set(left.map { folds[$0] }).count == 1, "one fold was left out: \(left)")
    }
    #expect(all.count == count && first.allSatisfy { $0.count == folds.count { $0 == 0 } })
    for document in 0..<count {
      let inside = folds.count { $0 != folds[document] }
      #expect(all.scores[2 * document + 1] == Double(1000 * inside + document))
      #expect(Array(all.targets[document]) == [Int32(document % 2)])
    }
  }
}
