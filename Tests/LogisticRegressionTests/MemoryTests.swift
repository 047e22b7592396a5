import DatelineCore
import DatelineParallel
import DatelineVectors
import TestSupport
import Testing

@testable import LogisticRegression

/// What a training would take is known before it begins.
@Suite struct MemoryTests {
  private func set(
    documents: Int, features: Int, labels: Int, _ kind: Domain.Kind = .exclusive, unused: Int = 0
  ) throws -> TrainingSet {
    var targets = Targets()
    for document in 0..<documents { targets.append([document % labels]) }
    let rows = (0..<documents).map { SparseVector(indices: [UInt32($0 % features)], values: [1]) }
    return try TrainingSet(
      domain: Domain(facet: Facet("topic"), kind: kind, labels: (0..<labels).map { try Label("l\($0)") }),
      features: CSRMatrix(rows: rows, columnCount: features + unused), targets: targets)
  }

  private func need(_ set: TrainingSet, _ settings: [String: String] = [:], threads: Int = 1) throws -> MemoryNeed {
    MemoryNeed(
      set, try Hyperparameters(LogisticRegressionPlugin().description.parameters, settings: settings), threads: threads)
  }

  /// For each feature its scales and their squares, 4 bytes a label each, a record of 64 bytes and a sum of eight labels;
  /// for each document and label 20 bytes. Labels are counted in fours.
  @Test func labelsTogether() throws {
    let set = try set(documents: 50, features: 20, labels: 7)
    let need = try need(set)
    #expect(need.byFeature == 20 * (8 * 8 + 64 + 64) && need.byDocument == 20 * 50 * 8)
    #expect(try self.need(set, ["prior": "uniform"]).byFeature == 20 * (4 * 8 + 64 + 64))
    #expect(try self.need(set, ["tolerance": "1e-7"]).bytes > 2 * need.bytes, "Newton's method takes more")
    #expect(try self.need(set, threads: 8).bytes == need.bytes)
    // Of more labels each thread adds up eight at a time.
    let many = try self.set(documents: 50, features: 20, labels: 20)
    #expect(try self.need(many).byFeature == 20 * 18 * 20)
    #expect(try self.need(many, threads: 8).byFeature == 20 * (8 * 20 + 128 + 3 * 64))
  }

  /// What grows with documents × labels goes where the rows are.
  @Test func onDisk() throws {
    let set = try set(documents: 50, features: 20, labels: 20)
    let disk = try TrainingSet(domain: set.domain, features: set.features.spooled(), targets: set.targets)
    let (need, needOnDisk) = (try need(set, threads: 8), try self.need(disk, threads: 8))
    #expect(need.byDocument == 20 * 50 * 20 && needOnDisk.byDocument == 0)
    #expect(needOnDisk.byFeature == 20 * 18 * 20, "one thread adds up")
    #expect(try self.need(disk, ["tolerance": "1e-7"]).byDocument == 40 * 50 * 20, "Newton's method works in memory")
  }

  /// Features of no document cost nothing but their place in the model.
  @Test func unusedFeatures() throws {
    let set = try set(documents: 50, features: 20, labels: 7, unused: 1000)
    #expect(try need(set).features == 20)
    #expect(try need(set).byFeature == 4 * 20 * 8 + 8 * 1020 * 7)
  }

  /// Each label by itself: their solutions, and what those at work take.
  @Test func labelsApart() throws {
    let set = try set(documents: 50, features: 20, labels: 7, .multiLabel)
    #expect(try need(set).byDocument == 49 * 50)
    #expect(try need(set, threads: 3).byDocument == 3 * 49 * 50)
    #expect(try need(set, threads: 9).byDocument == 7 * 49 * 50)
    #expect(try need(set).byFeature == 20 * (4 * 7 + 8 * 7))
    let two = try self.set(documents: 50, features: 20, labels: 2)
    #expect(try need(two, threads: 9).byFeature == 20 * (4 + 28))
  }

  @Test(arguments: [Domain.Kind.exclusive, .multiLabel]) func tooLittleMemoryIsRefused(kind: Domain.Kind) throws {
    let set = try set(documents: 600, features: 300, labels: 5, kind)
    let needed = Int(try need(set).bytes)
    func train(_ limit: Int) throws {
      _ = try LogisticRegressionPlugin().train(
        set,
        parameters: Hyperparameters(LogisticRegressionPlugin().description.parameters, settings: ["C": "1"]),
        context: TrainingContext(workers: WorkerPool(threads: 1), memoryLimit: limit) { _, _ in
          #expect(limit == needed, "nothing begins")
          return true
        })
    }
    try train(needed)
    do {
      try train(needed - 1)
      Issue.record("no error")
    } catch let error as DatelineError {
      #expect(error.code == .usage)
      for part in [
        MemorySize.describe(needed), "5 labels", "300 features", "naive-bayes", "hash-bits=8", "--max-memory",
      ] {
        #expect(error.message.contains(part), "\(part): \(error.message)")
      }
    }
    // Where the documents alone are too many, fewer features do not help.
    do {
      try train(needed / 10)
      Issue.record("no error")
    } catch let error as DatelineError {
      #expect(error.code == .usage && !error.message.contains("hash-bits"))
    }
  }

  /// The search for parameters asks before they are chosen.
  @Test func automaticParameters() throws {
    let set = try set(documents: 50, features: 20, labels: 7)
    let plugin = LogisticRegressionPlugin()
    let parameters = try Hyperparameters(plugin.description.parameters, settings: [:])
    let workers = WorkerPool(threads: 2)
    let needed = plugin.memoryNeeded(for: set, parameters: parameters, workers: workers)
    #expect(needed == (try need(set, ["C": "3"], threads: 2).bytes))
    try plugin.checkMemory(for: set, parameters: parameters, workers: workers, limit: Int(needed))
    #expect(throws: DatelineError.self) {
      try plugin.checkMemory(for: set, parameters: parameters, workers: workers, limit: Int(needed) - 1)
    }
  }
}
