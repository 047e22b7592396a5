import DatelineCore
import DatelineVectors

/// What the host keeps of a model besides its bytes, so that no plugin has to.
struct ForeignShape {
  static let partName = "foreign.shape"

  let featureCount: Int
  let labelCount: Int
  let byteCount: Int

  init(featureCount: Int, labelCount: Int, byteCount: Int) {
    self.featureCount = featureCount
    self.labelCount = labelCount
    self.byteCount = byteCount
  }

  /// Brings it back from a model file.
  init(_ payloads: Payloads) throws(DatelineError) {
    let numbers = try payloads.numbers(ForeignShape.partName, as: UInt64.self, count: 4).array()
    guard numbers[0] <= 1 << 32, numbers[1] <= 1 << 32, numbers[2] <= 1 << 62, numbers[3] == ForeignShape.mark(numbers)
    else { throw DatelineError(.invalidData, "the shape of the model is damaged") }
    self.init(featureCount: Int(numbers[0]), labelCount: Int(numbers[1]), byteCount: Int(numbers[2]))
  }

  /// The part of the model file.
  var payload: Payload {
    let numbers = [featureCount, labelCount, byteCount].map { UInt64($0) }
    return Payload(name: ForeignShape.partName, numbers + [ForeignShape.mark(numbers)])
  }

  /// What tells damaged numbers from others.
  private static func mark(_ numbers: [UInt64]) -> UInt64 {
    numbers.prefix(3).reduce(0) { SplitMix64.mix($0 ^ $1 &+ SplitMix64.increment) }
  }
}
