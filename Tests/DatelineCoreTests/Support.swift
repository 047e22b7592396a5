import DatelineCore
import Testing

/// The error that some work throws; records an issue when there is none.
func failure<Value>(
  sourceLocation: SourceLocation = #_sourceLocation, _ work: () throws(DatelineError) -> Value
) -> DatelineError {
  do throws(DatelineError) {
    _ = try work()
    Issue.record("no error", sourceLocation: sourceLocation)
    return DatelineError(.internal, "")
  } catch {
    return error
  }
}

func domain(_ labels: [String], _ kind: Domain.Kind = .exclusive) throws(DatelineError) -> Domain {
  var values: [Label] = []
  for label in labels { values.append(try Label(label)) }
  return try Domain(facet: Facet("topic"), kind: kind, labels: values)
}

extension SeededGenerator {
  /// Text with everything that is awkward: control characters, quotes, other planes, combining marks, noncharacters.
  mutating func text() -> String {
    let ranges: [ClosedRange<UInt32>] = [
      0...0x1F, 0x20...0x7F, 0x22...0x22, 0x5C...0x5C, 0x80...0x7FF, 0x300...0x36F, 0x2028...0x2029, 0xE000...0xFFFF,
      0x1F300...0x1F6FF, 0x10FF00...0x10FFFF,
    ]
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<8, using: &self) {
      let range = ranges[Int.random(in: ranges.indices, using: &self)]
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) { scalars.append(scalar) }
    }
    return String(scalars)
  }
}
