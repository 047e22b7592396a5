import DatelineCore
import DatelineVectors
import Foundation
import Testing

/// What `Tools/reference/logistic_regression.py` made.
enum Reference {
  // Parsed once: without optimisation that takes longer than to solve a problem of it.
  private static let parsed = Result {
    let url = try #require(
      Bundle.module.url(forResource: "logistic_regression", withExtension: "json", subdirectory: "Resources"))
    return try JSONValue(parsing: Array(Data(contentsOf: url)))
  }

  static func file() throws -> JSONValue { try parsed.get() }

  static func cases() throws -> [JSONValue] { try #require(try file()["cases"]?.elements) }

  static func problem(_ name: String, weighted: Bool) throws -> Problem {
    let data = try #require(try file()["datasets"]?[name])
    let indices = try #require(data["indices"]?.elements)
    let values = try #require(data["values"]?.elements)
    return Problem(
      kind: data["multi_label"] == true ? .multiLabel : .exclusive, labels: try #require(data["labels"]?.integer),
      features: try #require(data["features"]?.integer),
      rows: try zip(indices, values).map { indices, values in
        SparseVector(indices: try indices.doubles.map { UInt32($0) }, values: try values.doubles.map { Float($0) })
      },
      targets: try #require(data["targets"]?.elements).map { try $0.doubles.map { Int($0) } },
      weights: weighted ? try #require(data["weights"]).doubles : nil)
  }
}

extension JSONValue {
  var doubles: [Double] { get throws { try #require(elements).map { try #require($0.number) } } }
}
