import DatelineCore

extension Conformance {
  /// What a family says of itself.
  static let descriptionChecks = [
    Check("identifier", "the identifier is lower-case letters, digits and hyphens; version and summary are there") {
      let description = $0.description
      let isName = description.identifier.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
      }
      try expect(isName && !description.identifier.isEmpty, "a name such as naive-bayes", found: description.identifier)
      try expect(!description.version.isEmpty, "a version", found: "none")
      try expect(!description.summary.isEmpty, "a summary for people", found: "none")
    },
    Check("parameter-defaults", "every parameter has help, and a default that it allows itself") {
      for parameter in $0.description.parameters.parameters {
        try expect(!parameter.help.isEmpty, "help for \(parameter.name)", found: "none")
        let text = parameter.defaultValue.description
        try expect(
          parameter.value(of: text) != nil, "a default of \(parameter.name) within \(parameter.kind.summary)",
          found: text)
      }
      _ = try $0.parameters()
    },
    Check("parameter-bounds-outside", "values outside of the bounds, and unknown parameters, are refused") {
      for parameter in $0.description.parameters.parameters {
        for text in outside(parameter.kind) {
          let schema = $0.description.parameters
          try expectRefusal("\(parameter.name)=\(text)", [.usage]) {
            _ = try Hyperparameters(schema, settings: [parameter.name: text])
          }
        }
      }
      let schema = $0.description.parameters
      try expectRefusal("an unknown parameter", [.usage]) {
        _ = try Hyperparameters(schema, settings: ["no-such-parameter": "1"])
      }
    },
    Check("parameter-bounds-inside", "a training with the least and with the largest value of each parameter ends well")
    {
      let samples = Samples.make($0.seed) { $0.documentCount = 24 }
      for parameter in $0.description.parameters.parameters {
        for text in extremes(parameter.kind) {
          do {
            let model = try $0.train(samples.set(), settings: [parameter.name: text])
            try $0.checkUsable(model, samples.matrix, "with \(parameter.name)=\(text)")
          } catch let error as DatelineError {
            throw Failure(
              expected: "\(parameter.name)=\(text), which the schema allows, is accepted", found: "\(error)")
          }
        }
      }
    },
  ]

  private static func outside(_ kind: Parameter.Kind) -> [String] {
    switch kind {
    case .number(let range, automatic: _):
      return ["nan", "inf", "x"]
        + [range.lowerBound.nextDown, range.upperBound.nextUp].filter(\.isFinite).map { "\($0)" }
    case .integer(let range, automatic: _):
      return ["1.5", "x"] + (range.lowerBound > .min ? ["\(range.lowerBound - 1)"] : [])
        + (range.upperBound < .max ? ["\(range.upperBound + 1)"] : [])
    case .choice(let words): return [words.joined() + "x"]
    case .flag: return ["yes"]
    case .pattern: return []
    }
  }

  private static func extremes(_ kind: Parameter.Kind) -> [String] {
    switch kind {
    case .number(let range, automatic: _): ["\(range.lowerBound)", "\(range.upperBound)"]
    case .integer(let range, automatic: _): ["\(range.lowerBound)", "\(range.upperBound)"]
    case .choice(let words): words
    case .flag: ["true", "false"]
    case .pattern: []
    }
  }
}
