import DatelineCore
import DatelineParallel
import TestSupport
import Testing

@testable import NaiveBayes

@Suite("What naive Bayes needs of memory")
struct MemoryTests {
  private func need(features: Int, labels: Int, _ kind: Domain.Kind = .exclusive) throws -> Double {
    var random = Random(seed: 3)
    let problem = Problem.random(&random, kind, documents: 40, features: features, labels: labels)
    return NaiveBayesPlugin().memoryNeeded(
      for: try problem.set(), parameters: try parameters([:]), workers: WorkerPool(threads: 1))
  }

  @Test func itGrowsWithFeaturesAndLabels() throws {
    // All features go with both labels: 24 bytes a cell, 48 a feature, and 12 a weight.
    #expect(try need(features: 10, labels: 2) == 10 * (2 * 24 + 48 + 2 * 12))
    #expect(try need(features: 20, labels: 2) == 2 * need(features: 10, labels: 2))
    #expect(try need(features: 10, labels: 4) > need(features: 10, labels: 2))
    #expect(try need(features: 10, labels: 4, .multiLabel) > need(features: 10, labels: 2, .multiLabel))
  }

  @Test func tooMuchIsRefusedWithTheRemedy() throws {
    var random = Random(seed: 4)
    let set = try Problem.random(&random, .exclusive, documents: 40, features: 10, labels: 2).set()
    let workers = WorkerPool(threads: 1)
    let plugin = NaiveBayesPlugin()
    let needed = Int(plugin.memoryNeeded(for: set, parameters: try parameters([:]), workers: workers))
    try plugin.checkMemory(for: set, parameters: parameters([:]), workers: workers, limit: needed)
    do {
      try plugin.checkMemory(for: set, parameters: parameters([:]), workers: workers, limit: needed - 1)
      Issue.record("no error")
    } catch let error as DatelineError {
      #expect(error.code == .usage && error.message.contains("min-df") && error.message.contains("--max-memory"))
    }
  }
}
