import CandidateScorer
import DatelineConformance
import DatelineCore
import LogisticRegression
import NaiveBayes
import Testing

@Suite struct ConformanceTests {
  static let builtIn: [any ClassifierPlugin] = [
    NaiveBayesPlugin(), LogisticRegressionPlugin(), CandidateScorerPlugin(terms: LogisticRegressionPlugin()),
  ]

  /// The names of the checks that a family fails.
  private func failures(_ plugin: any ClassifierPlugin, _ names: [String] = Conformance.names) throws -> [String] {
    try Conformance(plugin).run(names).filter { if case .failed = $0.outcome { true } else { false } }.map(\.name)
  }

  // The largest sets take too long without optimisation; `dateline plugins check` runs all.
  private static let quick = Conformance.names.filter { $0 != "memory" && $0 != "parameter-bounds-inside" }

  @Test(arguments: builtIn.indices) func familiesThatComeAlongPass(number: Int) throws {
    let results = try Conformance(ConformanceTests.builtIn[number]).run(ConformanceTests.quick)
    for result in results {
      if case .failed(let expected, let found) = result.outcome {
        Issue.record("\(result.name): expected \(expected), found \(found)")
      }
    }
    #expect(results.count == ConformanceTests.quick.count)
  }

  @Test func checksHaveNamesOfTheirOwn() {
    #expect(Conformance.names.count >= 25 && Set(Conformance.names).count == Conformance.names.count)
  }

  @Test func unknownChecksAreRefused() {
    #expect(throws: DatelineError.self) { try Conformance(NaiveBayesPlugin()).run(["no-such-check"]) }
  }

  @Test func reasonsAreTold() throws {
    let result = try #require(try Conformance(Forgetful(), seed: 7).run(["saved-and-loaded"]).first)
    guard case .failed(let expected, let found) = result.outcome else {
      Issue.record("passed")
      return
    }
    #expect(expected.contains("the same scores") && found == "others")
  }

  /// A model that draws its weights anew at each training.
  @Test func trainingsThatDifferAreCaught() throws {
    let names = ["learns", "same-training-same-bytes", "saved-and-loaded", "contributions"]
    #expect(try failures(Moody(), names) == ["same-training-same-bytes"])
  }

  /// A model that loses its constants in the file.
  @Test func modelsThatComeBackOtherwiseAreCaught() throws {
    let names = ["learns", "same-training-same-bytes", "saved-and-loaded", "contributions"]
    #expect(try failures(Forgetful(), names) == ["saved-and-loaded"])
  }

  /// A family that learns on and on, whatever it is told.
  @Test func trainingsThatDoNotStopAreCaught() throws {
    let names = ["learns", "same-training-same-bytes", "cancellation", "progress-rises"]
    #expect(try failures(Deaf(), names) == ["cancellation"])
  }

  /// A family that takes any number for a value.
  @Test func unheededValuesAreCaught() throws {
    #expect(
      try failures(Gullible(), ["learns", "nan-refused", "infinity-refused"]) == ["nan-refused", "infinity-refused"])
  }

  /// A family that does not look at the documents' weights.
  @Test func unheededWeightsAreCaught() throws {
    #expect(try failures(Unweighted(), ["learns", "weights-count", "weights-of-zero"]) == ["weights-count"])
  }

  /// Other mistakes, each with the checks that are to find it and one that it keeps.
  static let mistakes: [(mistake: Mistake, found: [String], kept: String)] = [
    (.undefinedScores, ["probabilities"], "shape"), (.namesTwice, ["figures"], "learns"),
    (.threads, ["thread-count-same-bytes"], "same-training-same-bytes"), (.memory, ["order-of-documents"], "shape"),
    (.silence, ["progress-rises", "cancellation"], "learns"), (.halfway, ["progress-rises"], "cancellation"),
    (.shared, ["trainings-at-once"], "shape"), (.maps, ["incremental"], "learns"),
    (.blindLoading, ["truncated-parts-refused"], "saved-and-loaded"), (.chance, ["probabilistic"], "shape"),
    (.order, ["any-order"], "shape"),
  ]

  @Test(arguments: mistakes.indices) func otherMistakesAreCaught(number: Int) throws {
    let (mistake, found, kept) = ConformanceTests.mistakes[number]
    #expect(try failures(Mistaken(mistake), found + [kept]).sorted() == found.sorted(), "\(mistake)")
  }
}
