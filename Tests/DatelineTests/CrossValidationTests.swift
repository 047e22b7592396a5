import DatelineCore
import LogisticRegression
import DatelineVectors
import Synchronization
import Testing

@testable import Dateline

/// Out-of-fold scores: of the right documents, in their order, and each fold learnt once.
@Suite struct CrossValidationTests {
  /// Documents with their numbers as values, and labels in turn.
  private func set(_ numbers: [Int]) throws -> TrainingSet {
    let rows = numbers.map { SparseVector(indices: [0], values: [Float($0)]) }
    return try TrainingSet(
      domain: Domain(facet: Facet("topic"), kind: .exclusive, labels: [Label("a"), Label("b")]),
      features: CSRMatrix(rows: rows, columnCount: 1), targets: Targets(exclusive: numbers.map { $0 % 2 }))
  }

  /// The score of the second label is the document's number, plus a thousand for each document learnt from.
  private func model(of inside: TrainingSet) -> LinearClassifier {
    LinearClassifier(
      labelCount: 2, weights: LinearWeights(SharedBuffer([0, 1]), columnCount: 2),
      bias: [0, 1000 * Double(inside.count)])
  }

  @Test(arguments: [1, 2, 7], [1, .max]) func scoresOfTheFoldsThatWereLeftOut(threads: Int, atOnce: Int) throws {
    let count = 23
    let folds = (0..<count).map { ($0 * 5 + 1) % 3 }
    let learnt = Mutex<[[Float]]>([])
    var validation = CrossValidation(
      try set(Array(0..<count)), digests: folds.map { _ in 1 }, folds: folds, foldCount: 3, foldsAtOnce: atOnce
    ) { inside, _, _ throws(DatelineError) in
      learnt.withLock { $0.append(inside.features.values.array()) }
      return (model(of: inside), TrainingReport(figures: [], warnings: []))
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

  /// The numbers of the documents that are scored, in their order; each is scored by a model of all other folds.
  private func scored(_ numbers: [Int], digest: (Int) -> UInt64, limit: Int) throws -> [Int] {
    let folds = numbers.map { $0 % 3 }
    let set = try set(numbers)
    var validation = CrossValidation(
      set, digests: numbers.map(digest), folds: folds, foldCount: 3, scoreLimit: limit
    ) { inside, _, _ throws(DatelineError) in
      (model(of: inside), TrainingReport(figures: [], warnings: []))
    }
    let parameters = try Hyperparameters(LogisticRegressionPlugin().description.parameters, settings: ["C": "1"])
    let table = try validation.tables(
      of: [parameters], folds: 0..<3, context: TrainingContext(workers: WorkerPool(threads: 2)))[0]
    return (0..<table.count).map { row in
      let score = Int(table.scores[2 * row + 1])
      let number = score % 1000
      #expect(score / 1000 == numbers.count { $0 % 3 != number % 3 })
      #expect(Int(table.targets.indices[row]) == number % 2)
      return number
    }
  }

  /// Of too many documents a sample is scored, which follows from the texts and not from their order.
  @Test func aSampleOfManyDocuments() throws {
    var random = SeededGenerator(state: 5)
    let all = Array(0..<300)
    let shuffled = all.shuffled(using: &random)
    let digest: (Int) -> UInt64 = { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    #expect(try scored(all, digest: digest, limit: 600) == all)
    #expect(try scored(shuffled, digest: digest, limit: 600) == shuffled)
    for (limit, count) in [(599, 299), (300, 150), (10, 100)] {
      let some = try scored(all, digest: digest, limit: limit)
      #expect(some.count == count && some == some.sorted())
      #expect((0..<3).allSatisfy { fold in some.count { $0 % 3 == fold } > count / 5 })
      #expect(try scored(shuffled, digest: digest, limit: limit) == shuffled.filter(Set(some).contains))
    }
    // Many copies of one text cannot make a large sample.
    #expect(try scored(all, digest: { _ in 7 }, limit: 400) == Array(0..<200))
  }

  /// What memory has no room for is refused before the folds; a limit that holds it changes nothing.
  @Test func memoryDecidesBeforeTheFolds() throws {
    let documents = LabelledDocuments(Samples.exclusive(60))
    let words = Mutex<[String]>([])
    func train(_ limit: Int?) throws(DatelineError) -> Model {
      var trainer = try Trainer.quick()
      trainer.memoryLimit = limit
      trainer.progress = { _, text in
        words.withLock { $0.append(text) }
        return true
      }
      return try trainer.train(documents).model
    }
    let error = failure { () throws(DatelineError) in try train(10_000) }
    #expect(error.code == .usage && error.message.contains("naive-bayes"), "\(error.message)")
    #expect(!words.withLock { $0.contains { $0.hasPrefix("fold") } })
    let expected = try train(nil)
    let model = try train(1 << 34)
    #expect(try model.classifier.payloads().map(\.bytes) == expected.classifier.payloads().map(\.bytes))
    #expect(model.manifest.calibrator == expected.manifest.calibrator)
  }
}
