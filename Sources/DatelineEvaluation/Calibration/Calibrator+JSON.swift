public import DatelineCore

extension Calibrator {
  /// The parameters as JSON. Numbers have as many digits as bring the same doubles back.
  public var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("method", .string(name)), ("kind", .string(kind.rawValue)), ("slopes", .array(slopes.map { .number($0) })),
      ("offsets", .array(offsets.map { .number($0) })),
    ]
    if let confidence {
      members.append(("confidence", .array([.number(confidence.slope), .number(confidence.offset)])))
    }
    return .object(members)
  }

  /// A calibrator from what ``json`` gave.
  ///
  /// - Parameters:
  ///   - json: The parameters.
  ///   - domain: The domain that they must fit.
  /// - Throws: ``DatelineCore/DatelineError/Code/invalidData`` when they are incomplete, out of range, or for another
  ///   domain.
  public init(json: JSONValue, domain: Domain) throws(DatelineError) {
    guard let name = json["method"]?.string, name.utf8.count <= 100,
      let kind = json["kind"]?.string.flatMap(Domain.Kind.init), let slopes = numbers(json["slopes"]),
      let offsets = numbers(json["offsets"])
    else { throw DatelineError(.invalidData, "the model's calibration is incomplete: the file is damaged") }
    guard kind == domain.kind, offsets.count == domain.count else {
      throw DatelineError(
        .invalidData,
        "a \(kind.rawValue) calibration of \(offsets.count) labels for a \(domain.kind.rawValue) domain of \(domain.count): the file is damaged"
      )
    }
    var confidence: Confidence?
    if let value = json["confidence"] {
      guard let pair = numbers(value), pair.count == 2 else {
        throw DatelineError(.invalidData, "the model's calibration has no usable confidence: the file is damaged")
      }
      confidence = Confidence(slope: pair[0], offset: pair[1])
    }
    try self.init(kind: kind, name: name, slopes: slopes, offsets: offsets, confidence: confidence)
  }
}

/// The numbers of an array; `nil` when it is none or holds anything else.
func numbers(_ value: JSONValue?) -> [Double]? {
  guard let elements = value?.elements else { return nil }
  let numbers = elements.compactMap(\.number)
  return numbers.count == elements.count ? numbers : nil
}
