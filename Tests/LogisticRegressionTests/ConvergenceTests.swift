import TestSupport
import DatelineCore
import DatelineVectors
import LogisticRegression
import Synchronization
import Testing

/// What the training says of itself, and how it ends before its time.
@Suite struct ConvergenceTests {
  @Test(arguments: ["binary", "softmax-5", "multi-label-4", "multi-label-11"])
  func oneStepIsNotEnough(name: String) throws {
    let problem = try Reference.problem(name, weighted: false)
    for prior in ["uniform", "naive-bayes"] {
      let (model, report) = try problem.train(["C": "10", "prior": prior, "tolerance": "1e-13", "max-iterations": "1"])
      #expect(report["converged"] == false)
      #expect(report.warnings.count == 1 && report.warnings[0].contains("max-iterations"), "\(report.warnings)")
      #expect(try #require(report["relative_gap"]?.number) > 1e-9)
      #expect(model.allNumbers.allSatisfy { $0.isFinite })
      let objective = try #require(report["objective"]?.number)
      let optimum = try problem.train(["C": "10", "prior": prior, "tolerance": "1e-13"]).report
      #expect(try #require(optimum["objective"]?.number) < objective)
      #expect(optimum["converged"] == true)
    }
  }

  /// Whatever the number of steps, the dual objective is below the objective, and the gap closes.
  @Test(arguments: ["binary", "softmax-5", "multi-label-11"]) func theDualObjectiveIsABound(name: String) throws {
    let problem = try Reference.problem(name, weighted: true)
    for prior in ["uniform", "naive-bayes"] {
      for steps in 1...6 {
        let (_, report) = try problem.train([
          "C": "3", "prior": prior, "tolerance": "1e-13", "max-iterations": "\(steps)",
        ])
        let objective = try #require(report["objective"]?.number)
        let dual = try #require(report["dual_objective"]?.number)
        let gap = try #require(report["relative_gap"]?.number)
        #expect(dual <= objective * (1 + 1e-12), "\(prior), \(steps) steps: \(dual) over \(objective)")
        #expect(close(gap, (objective - dual) / objective, 1e-12))
      }
      let (_, report) = try problem.train(["C": "3", "prior": prior, "tolerance": "1e-13"])
      #expect(try #require(report["relative_gap"]?.number).magnitude < 1e-9)
    }
  }

  @Test func toleranceIsHonoured() throws {
    let problem = try Reference.problem("softmax-5", weighted: false)
    var steps = 0.0
    for tolerance in [1e-1, 1e-3, 1e-6, 1e-10] {
      let (_, report) = try problem.train(["C": "10", "tolerance": "\(tolerance)"])
      #expect(try #require(report["relative_gap"]?.number) <= tolerance)
      let taken = try #require(report["passes"]?.number) + 1000 * (report["newton_steps"]?.number ?? 0)
      #expect(taken >= steps, "a smaller tolerance takes no fewer steps")
      steps = taken
    }
    #expect(steps > 1000, "the last digits are Newton's")
  }

  /// Where C is too large for the descent, Newton's method goes on, and the reported gap reaches down to the minimum.
  @Test(arguments: ["binary", "softmax-5", "multi-label-4"], ["1e4"])
  func largeStrengths(name: String, strength: String) throws {
    let problem = try Reference.problem(name, weighted: false)
    for prior in ["uniform", "naive-bayes"] {
      let optimum = try problem.train(["C": strength, "prior": prior, "tolerance": "1e-10"]).report
      let least = try #require(optimum["objective"]?.number)
      for tolerance in [1e-3, 1e-5] {
        let (_, report) = try problem.train(["C": strength, "prior": prior, "tolerance": "\(tolerance)"])
        #expect(report["converged"] == true, "\(report)")
        let objective = try #require(report["objective"]?.number)
        #expect(objective - least <= tolerance * objective, "\(prior), \(tolerance): \(objective), not \(least)")
      }
    }
  }

  /// An unreachable tolerance is reported as it is: not as an iteration limit that was met.
  @Test func roundingIsToldFromTheLimit() throws {
    var random = Random(seed: 3)
    var problem = Problem.random(&random, .exclusive, documents: 60, features: 12, labels: 2)
    // A large scale makes rounding of the gradient larger than what is asked for.
    problem.rows = problem.rows.map { row in
      var row = row
      row.scale(by: 3e4)
      return row
    }
    let (_, report) = try problem.train(["C": "1e6", "tolerance": "1e-12", "max-iterations": "5000"])
    guard report["converged"] == false else { return }
    let steps = try #require(report["newton_steps"]?.integer)
    #expect(steps < 5000)
    #expect(report.warnings.count == 1)
    #expect(report.warnings.allSatisfy { !$0.contains("5000") && $0.contains("\(steps)") }, "\(report.warnings)")
  }

  @Test(arguments: ["binary", "softmax-5", "multi-label-4", "multi-label-11"], [1, 3])
  func cancellation(name: String, threads: Int) throws {
    let problem = try Reference.problem(name, weighted: false)
    let calls = Mutex(0)
    let error = failure {
      _ = try problem.train(["C": "10", "tolerance": "1e-13"], threads: threads) { _, _ in
        calls.withLock {
          $0 += 1
          return $0 < 2
        }
      }
    }
    #expect(error?.code == .cancelled)
  }

  /// Each problem tells of its steps, so that a single block of labels can be stopped before it is solved.
  @Test(arguments: ["binary", "softmax-5", "multi-label-4", "multi-label-11"])
  func progressGoesFromZeroToOne(name: String) throws {
    let problem = try Reference.problem(name, weighted: false)
    let seen = Mutex<[Double]>([])
    let (_, report) = try problem.train(["C": "10", "tolerance": "1e-13"]) { fraction, what in
      #expect(!what.isEmpty)
      seen.withLock { $0.append(fraction) }
      return true
    }
    let fractions = seen.withLock { $0 }
    #expect(report["converged"] == true && fractions.count > 2)
    #expect(fractions.allSatisfy { (0...1).contains($0) } && fractions == fractions.sorted(), "\(fractions)")
    #expect(fractions.first.map { $0 < 0.2 } == true)
  }
}
