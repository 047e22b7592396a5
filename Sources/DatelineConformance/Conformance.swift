public import DatelineCore

/// Checks that a classifier family keeps what `ClassifierPlugin` and `Classifier` promise.
///
/// In the spirit of scikit-learn's `check_estimator`: each check trains on small invented sets, all of which follow from
/// one seed, so that a failure can be repeated.
public struct Conformance: Sendable {
  /// How a check ended.
  public enum Outcome: Sendable, Equatable {
    /// The promise was kept.
    case passed
    /// It was not.
    case failed(expected: String, found: String)
    /// The family does not promise that.
    case skipped(String)
  }

  /// A check, and how it ended.
  public struct Result: Sendable, Equatable {
    /// The check's name.
    public let name: String
    /// What it checks, in a few words.
    public let summary: String
    /// How it ended.
    public let outcome: Outcome
  }

  /// The family.
  public let plugin: any ClassifierPlugin
  /// What everything random follows from.
  public let seed: UInt64

  /// Checks of a family.
  public init(_ plugin: any ClassifierPlugin, seed: UInt64 = 1) {
    self.plugin = plugin
    self.seed = seed
  }

  /// The names of all checks, in their order.
  public static var names: [String] { checks.map { (check: Check) in check.name } }

  static let checks = descriptionChecks + trainingChecks + dataChecks + scoringChecks + fileChecks + contextChecks

  /// Runs the checks, one after another: some seconds.
  ///
  /// - Parameters:
  ///   - names: The checks to run; all by default.
  ///   - begin: Told the name of each check before it runs.
  ///   - end: Told each result as it comes.
  /// - Throws: `DatelineError.Code.usage` for a name that no check has, and what `begin` and `end` throw.
  @discardableResult
  public func run(
    _ names: [String] = Conformance.names, begin: (String) throws(DatelineError) -> Void = { _ in },
    end: (Result) throws(DatelineError) -> Void = { _ in }
  ) throws(DatelineError) -> [Result] {
    for name in names where !Conformance.names.contains(name) {
      throw DatelineError(
        .usage, "no check is called \"\(name)\"; there are \(Conformance.names.joined(separator: ", "))")
    }
    var results: [Result] = []
    for check in Conformance.checks where names.contains(check.name) {
      try begin(check.name)
      let result = Result(name: check.name, summary: check.summary, outcome: outcome(of: check))
      results.append(result)
      try end(result)
    }
    return results
  }

  private func outcome(of check: Check) -> Outcome {
    do {
      try check.run(Subject(plugin: plugin, seed: seed))
      return .passed
    } catch let failure as Failure {
      return failure.isSkipped ? .skipped(failure.found) : .failed(expected: failure.expected, found: failure.found)
    } catch {
      return .failed(expected: "no error", found: "\(error)")
    }
  }
}

/// One check.
struct Check: Sendable {
  let name: String
  let summary: String
  let run: @Sendable (Subject) throws -> Void

  init(_ name: String, _ summary: String, _ run: @escaping @Sendable (Subject) throws -> Void) {
    self.name = name
    self.summary = summary
    self.run = run
  }
}

/// Why a check ended early.
struct Failure: Error {
  var expected = ""
  var found: String
  var isSkipped = false

  static func skip(_ reason: String) -> Failure { Failure(found: reason, isSkipped: true) }
}

/// Ends a check unless something holds.
func expect(_ holds: Bool, _ expected: @autoclosure () -> String, found: @autoclosure () -> String) throws {
  if !holds { throw Failure(expected: expected(), found: found()) }
}

/// Ends a check unless a training or loading is refused, and for one of the reasons that are allowed.
func expectRefusal(_ what: String, _ codes: [DatelineError.Code], _ body: () throws -> Void) throws {
  let allowed = codes.map(\.description).joined(separator: " or ")
  do {
    try body()
  } catch let error as DatelineError {
    try expect(codes.contains(error.code), "\(what) is refused as \(allowed)", found: "\(error.code): \(error)")
    try expect(!error.message.isEmpty, "\(what) is refused with a reason", found: "an empty message")
    return
  }
  throw Failure(expected: "\(what) is refused as \(allowed)", found: "no error")
}
