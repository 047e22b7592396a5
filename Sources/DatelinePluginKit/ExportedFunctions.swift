import CDatelinePlugin
import DatelineCore
import DatelineParallel
import DatelineVectors

/// The functions of the table: each makes Swift's values of C's, calls the plugin, and makes a status of what it throws.
enum ExportedFunctions {
  static let train: dateline_train = { training, model, error in
    status(error) { () throws(DatelineError) in
      guard let training, let model else { throw missing() }
      let given = try GivenTraining(training, of: Exported.plugin.description)
      defer { given.end() }
      let (learnt, report) = try Exported.plugin.train(
        given.set, parameters: given.parameters, context: given.context)
      given.note(report)
      model.pointee = ModelBox(learnt).retained()
    }
  }

  static let update: dateline_update = { model, training, features, labels, updated, error in
    status(error) { () throws(DatelineError) in
      guard let plugin = Exported.plugin as? any IncrementalClassifierPlugin, let earlier = ModelBox.of(model),
        let training,
        let features, let labels, let updated
      else { throw missing() }
      let given = try GivenTraining(training, of: plugin.description)
      defer { given.end() }
      let (learnt, report) = try plugin.update(
        earlier.model, with: given.set, featureMap: (0..<earlier.model.featureCount).map { Int(features[$0]) },
        labelMap: (0..<earlier.model.labelCount).map { Int(labels[$0]) }, parameters: given.parameters,
        context: given.context)
      given.note(report)
      updated.pointee = ModelBox(learnt).retained()
    }
  }

  static let score: dateline_score = { model, rows, scores, error in
    guard let box = ModelBox.of(model), let rows = rows?.pointee, let scores else {
      return status(error) { () throws(DatelineError) in throw missing() }
    }
    let (model, labels) = (box.model, box.model.labelCount)
    for row in 0..<Int(truncatingIfNeeded: rows.row_count) {
      let start = Int(truncatingIfNeeded: rows.offsets[row])
      let count = Int(truncatingIfNeeded: rows.offsets[row &+ 1]) &- start
      let columns = UnsafeBufferPointer(start: rows.columns.map { $0 + start }, count: count)
      let values = UnsafeBufferPointer(start: rows.values.map { $0 + start }, count: count)
      var span = MutableSpan(_unsafeStart: scores + row &* labels, count: labels)
      model.score(indices: columns.span, values: values.span, into: &span)
    }
    guard let failure = box.model.failure else { return dateline_status(DATELINE_OK) }
    return status(error) { () throws(DatelineError) in throw failure }
  }

  static let serialize: dateline_serialize = { model, sink, error in
    status(error) { () throws(DatelineError) in
      guard let box = ModelBox.of(model), let sink = sink?.pointee, let write = sink.write else { throw missing() }
      let bytes = PayloadBundle.bytes(of: try box.model.payloads())
      guard bytes.withUnsafeBytes({ write(sink.host, $0.baseAddress, UInt64($0.count)) }) == 0 else {
        throw DatelineError(.inputOutput, "the model could not be written")
      }
    }
  }

  static let deserialize: dateline_deserialize = { bytes, count, shape, model, error in
    status(error) { () throws(DatelineError) in
      guard let shape, let model else { throw missing() }
      let given = Sized.value(shape, size: shape.pointee.struct_size, blank: dateline_shape())
      let payloads = try PayloadBundle.payloads(of: UnsafeRawBufferPointer(start: bytes, count: Int(count)))
      let learnt = try Exported.plugin.load(payloads, domain: try GivenTraining.domain(given.labels))
      guard UInt64(learnt.featureCount) == given.feature_count,
        UInt64(learnt.labelCount) == given.labels.count
      else { throw DatelineError(.invalidData, "a model of another shape than the file says: it is damaged") }
      model.pointee = ModelBox(learnt).retained()
    }
  }

  static let destroy: dateline_destroy = { ModelBox.release($0) }

  static let contribution: dateline_contribution = { model, feature, value, label, contribution, error in
    status(error) { () throws(DatelineError) in
      guard let model = ModelBox.of(model)?.model as? any AdditiveClassifier, let contribution else { throw missing() }
      contribution.pointee = model.contribution(feature: Int(feature), value: value, label: Int(label))
    }
  }

  static let constant: dateline_constant = { model, label, constant, error in
    status(error) { () throws(DatelineError) in
      guard let model = ModelBox.of(model)?.model as? any AdditiveClassifier, let constant else { throw missing() }
      constant.pointee = model.constant(label: Int(label))
    }
  }

  private static func missing() -> DatelineError {
    DatelineError(.internal, "an argument is missing, or the model cannot do that")
  }

  private static func status(
    _ error: UnsafeMutablePointer<dateline_error>?, _ body: () throws(DatelineError) -> Void
  ) -> dateline_status {
    do throws(DatelineError) {
      try body()
      return dateline_status(DATELINE_OK)
    } catch let failure {
      let code =
        switch failure.code {
        case .usage: DATELINE_ERROR_USAGE
        case .invalidData, .incompatible, .missingInput: DATELINE_ERROR_INVALID_DATA
        case .cancelled: DATELINE_ERROR_CANCELLED
        default: DATELINE_ERROR_INTERNAL
        }
      return dateline_fail(error, dateline_status(code), failure.description)
    }
  }
}

/// A model behind the pointer that the host has.
final class ModelBox {
  let model: any Classifier

  init(_ model: any Classifier) { self.model = model }

  func retained() -> OpaquePointer { OpaquePointer(Unmanaged.passRetained(self).toOpaque()) }

  static func of(_ pointer: OpaquePointer?) -> ModelBox? {
    pointer.map { Unmanaged<ModelBox>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
  }

  static func release(_ pointer: OpaquePointer?) {
    if let pointer { Unmanaged<ModelBox>.fromOpaque(UnsafeRawPointer(pointer)).release() }
  }
}
