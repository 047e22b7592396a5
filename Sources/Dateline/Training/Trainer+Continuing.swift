public import DatelineCore
import DatelineEvaluation
import DatelineVectors

extension Trainer {
  /// Learns further documents into a model. The counts and weights are those of learning all documents at once, to the
  /// last bit; the calibration is that of the further documents, as the earlier ones are no longer there.
  ///
  /// - Throws: ``DatelineError/Code/usage`` when the model's family cannot learn on, or the model left rare terms out.
  public func continueTraining(
    _ model: Model, with source: some DocumentSource
  ) throws(DatelineError) -> (model: Model, summary: TrainingSummary) {
    throw DatelineError(.usage, "not there yet")
  }
}
