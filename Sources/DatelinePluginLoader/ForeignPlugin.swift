import CDatelinePlugin
import DatelineCore
import DatelineVectors

/// A classifier family of somebody else's: to all above it, one like any other.
class ForeignPlugin: ClassifierPlugin, @unchecked Sendable {
  // Unchecked, since it can have a subclass: that has no state of its own.
  let table: PluginTable

  init(_ table: PluginTable) { self.table = table }

  var description: PluginDescription { table.description }

  func train(
    _ set: TrainingSet, parameters: Hyperparameters, context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    try check(set)
    let (table, host) = (table, TrainingHost(context))
    let training = ForeignTraining(set, parameters, context, host)
    let model = try ForeignCall.model("train", of: description, codes: host.codes) { model, error in
      training.lend { table.train($0, model, error) }
    }
    return (adopt(model, set.features.columnCount, set.domain.count), host.report)
  }

  func load(_ payloads: Payloads, domain: Domain) throws(DatelineError) -> any Classifier {
    let bytes = try payloads.bytes("foreign.model")
    let shape = try ForeignShape(payloads)
    guard shape.labelCount == domain.count, shape.byteCount == bytes.count else {
      throw DatelineError(
        .invalidData,
        "a model of \(shape.labelCount) labels and \(shape.byteCount) bytes, and there are \(domain.count) and \(bytes.count): the file is damaged"
      )
    }
    let (table, memory) = (table, LentMemory())
    var given = dateline_shape(
      struct_size: UInt64(MemoryLayout<dateline_shape>.size), feature_count: UInt64(shape.featureCount),
      labels: memory.labels(of: domain)
    )
    let model = try ForeignCall.model("deserialize", of: description, codes: [.invalidData]) { model, error in
      withExtendedLifetime(memory) {
        bytes.withUnsafeBufferPointer { bytes in
          table.deserialize(bytes.baseAddress, UInt64(bytes.count), &given, model, error)
        }
      }
    }
    return adopt(model, shape.featureCount, domain.count)
  }

  fileprivate func adopt(_ model: OpaquePointer, _ featureCount: Int, _ labelCount: Int) -> any Classifier {
    let handle = ForeignModelHandle(table, model)
    return description.capabilities.contains(.linear)
      ? AdditiveForeignModel(handle, featureCount: featureCount, labelCount: labelCount)
      : ForeignModel(handle, featureCount: featureCount, labelCount: labelCount)
  }

  /// What every plugin may rely on.
  fileprivate func check(_ set: TrainingSet) throws(DatelineError) {
    guard set.domain.kind == .exclusive || description.capabilities.contains(.multiLabel) else {
      throw DatelineError(
        .usage, "\(description.identifier) learns labels that exclude each other only: leave --multi-label out")
    }
    try set.checkValues(
      for: description.identifier, nonNegative: description.capabilities.contains(.nonNegativeOnly))
  }
}

/// A family that can learn further documents.
final class IncrementalForeignPlugin: ForeignPlugin, IncrementalClassifierPlugin, @unchecked Sendable {
  func update(
    _ model: any Classifier, with set: TrainingSet, featureMap: [Int], labelMap: [Int], parameters: Hyperparameters,
    context: TrainingContext
  ) throws(DatelineError) -> (model: any Classifier, report: TrainingReport) {
    guard let earlier = model as? ForeignModel, let update = table.update, earlier.handle.table === table else {
      throw DatelineError(.usage, "\(description.identifier) can go on with models of its own only")
    }
    try check(set)
    let host = TrainingHost(context)
    let training = ForeignTraining(set, parameters, context, host)
    let features = featureMap.map { UInt64($0) }
    let labels = labelMap.map { UInt64($0) }
    let updated = try ForeignCall.model("update", of: description, codes: host.codes) { updated, error in
      training.lend { update(earlier.handle.model, $0, features, labels, updated, error) }
    }
    return (adopt(updated, set.features.columnCount, set.domain.count), host.report)
  }
}
