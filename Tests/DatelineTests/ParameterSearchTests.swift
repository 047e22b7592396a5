@testable import Dateline
import DatelineCore
import LogisticRegression
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
