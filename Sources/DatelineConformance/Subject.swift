import DatelineCore
import DatelineParallel
import DatelineVectors

/// The family that is checked, and what checks do with it.
struct Subject: Sendable {
  let plugin: any ClassifierPlugin
  let seed: UInt64

  var description: PluginDescription { plugin.description }

  /// The parameters of a training: the defaults, and where those are `auto` the middle of the values to try.
  func parameters(_ settings: [String: String] = [:]) throws -> Hyperparameters {
    var all = settings
    for (name, values) in description.searchGrid where all[name] == nil && !values.isEmpty {
      all[name] = values[values.count / 2].description
    }
    return try Hyperparameters(description.parameters, settings: all)
  }

  func train(
    _ set: TrainingSet, settings: [String: String] = [:], threads: Int = 2, memoryLimit: Int? = nil,
    progress: @escaping @Sendable (Double, String) -> Bool = { _, _ in true }
  ) throws -> any Classifier {
    let context = TrainingContext(
      workers: WorkerPool(threads: threads), seed: seed, memoryLimit: memoryLimit, progress: progress)
    return try plugin.train(set, parameters: parameters(settings), context: context).model
  }

  /// The bytes of all parts of a model, with their names.
  func bytes(of model: any Classifier) throws -> [[UInt8]] {
    try model.payloads().flatMap { [Array($0.name.utf8), $0.bytes] }
  }

  /// The scores of all rows of a matrix, row after row.
  func scores(of matrix: CSRMatrix, by model: any Classifier) throws -> [Double] {
    var all: [Double] = []
    for row in 0..<matrix.rowCount {
      let row = matrix[row: row]
      all += model.scores(indices: row.indices, values: row.values)
    }
    try model.checkForFailure()
    return all
  }

  /// The label with the highest score for each row.
  func decisions(for matrix: CSRMatrix, by model: any Classifier) throws -> [Int] {
    let (scores, count) = (try scores(of: matrix, by: model), model.labelCount)
    return (0..<matrix.rowCount).map { row in
      (0..<count).reduce(0) { scores[row * count + $1] > scores[row * count + $0] ? $1 : $0 }
    }
  }

  /// A model is usable if its scores are numbers.
  func checkUsable(_ model: any Classifier, _ matrix: CSRMatrix, _ what: String) throws {
    let scores = try scores(of: matrix, by: model)
    let wrong = scores.firstIndex { !$0.isFinite }
    try expect(wrong == nil, "finite scores \(what)", found: "\(wrong.map { scores[$0] } ?? 0)")
  }
}

/// How many of two lists agree, 0 to 1.
func agreement(_ first: [Int], _ second: [Int]) -> Double {
  first.isEmpty ? 1 : Double(zip(first, second).count { $0 == $1 }) / Double(first.count)
}
