import DatelineCore
import DatelineEvaluation
import Foundation
import Testing

/// A domain with labels of the given paths.
func domain(_ kind: Domain.Kind, _ paths: [String]) throws -> Domain {
  try Domain(facet: Facet("topic"), kind: kind, labels: paths.map { try Label($0) })
}

/// A domain of numbered labels, whose order is that of their numbers.
func domain(_ kind: Domain.Kind, count: Int) throws -> Domain {
  try domain(kind, (0..<count).map { "label-" + String(repeating: "0", count: 4 - "\($0)".count) + "\($0)" })
}

/// Whether two numbers are equal to a relative or, near 0, absolute tolerance.
func close(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
  (a - b).magnitude <= tolerance * max(1, a.magnitude, b.magnitude)
}

/// The numbers that `Tools/reference/evaluation.py` made.
func reference(_ name: String) throws -> [JSONValue] {
  let url = try #require(Bundle.module.url(forResource: "evaluation", withExtension: "json", subdirectory: "Resources"))
  let json = try JSONValue(parsing: Array(Data(contentsOf: url)))
  return try #require(json[name]?.elements)
}

extension JSONValue {
  var double: Double { get throws { try #require(number) } }
  var doubles: [Double] { get throws { try #require(elements).map { try $0.double } } }
  var int: Int { get throws { try #require(integer) } }
  var ints: [Int] { get throws { try #require(elements).map { try $0.int } } }

  subscript(required name: String) -> JSONValue { get throws { try #require(self[name]) } }

  /// Whether any number in this value is missing: NaN and infinities would be.
  var hasNull: Bool {
    switch self {
    case .null: true
    case .array(let elements): elements.contains(where: \.hasNull)
    case .object(let members): members.contains { $0.value.hasNull }
    default: false
    }
  }
}
