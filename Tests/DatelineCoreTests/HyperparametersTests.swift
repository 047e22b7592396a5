import DatelineCore
import Testing

@Suite struct HyperparametersTests {
  private let schema = ParameterSchema([
    Parameter("C", .number(0.001...1000, automatic: true), default: .choice("auto"), help: "Strength."),
    Parameter("alpha", .number(0...10), default: .number(1), help: "Smoothing."),
    Parameter("iterations", .integer(1...500), default: .integer(100), help: "Limit."),
    Parameter("variant", .choice(["multinomial", "complement"]), default: .choice("complement"), help: "Which."),
    Parameter("sublinear", .flag, default: .flag(false), help: "Logarithm."),
    Parameter(
      "ngrams", .pattern(form: "range such as 1-2", allowed: { $0.contains("-") }), default: .choice("1-2"), help: "N."),
  ])

  @Test func defaults() throws {
    let values = try Hyperparameters(schema)
    #expect(values.number("C") == nil && values["C"] == .choice("auto"))
    #expect(values.number("alpha") == 1)
    #expect(values.integer("iterations") == 100 && values.number("iterations") == 100)
    #expect(values.choice("variant") == "complement")
    #expect(!values.flag("sublinear"))
    #expect(values.choice("ngrams") == "1-2")
  }

  @Test func settings() throws {
    let values = try Hyperparameters(
      schema,
      settings: ["C": "0.5", "alpha": "1e-3", "iterations": "7", "variant": "multinomial", "sublinear": "true"])
    #expect(values.number("C") == 0.5)
    #expect(values.number("alpha") == 0.001)
    #expect(values.integer("iterations") == 7)
    #expect(values.choice("variant") == "multinomial")
    #expect(values.flag("sublinear"))
    #expect(try Hyperparameters(schema, settings: ["C": "auto"]).number("C") == nil)
  }

  @Test(arguments: [
    ("C", "0"), ("C", "1001"), ("C", "nan"), ("C", "inf"), ("C", ""), ("C", "Auto"), ("C", " 1"), ("alpha", "auto"),
    ("alpha", "-0.1"), ("iterations", "1.5"), ("iterations", "0"), ("iterations", "501"), ("iterations", "auto"),
    ("iterations", "99999999999999999999"), ("variant", "bernoulli"), ("variant", "Complement"), ("sublinear", "yes"),
    ("ngrams", "2"),
  ])
  func badValues(name: String, text: String) {
    let error = failure { () throws(DatelineError) in try Hyperparameters(schema, settings: [name: text]) }
    #expect(error.code == .usage)
    #expect(error.message.hasPrefix("\(name)=\(text): expected "))
  }

  @Test func allProblemsInOneMessage() {
    let error = failure { () throws(DatelineError) in
      try Hyperparameters(schema, settings: ["iterations": "0", "alhpa": "1", "C": "x", "zeta": "1"])
    }
    #expect(
      error.message == """
        C=x: expected number from 0.001 to 1000, or auto; iterations=0: expected whole number from 1 to 500; \
        alhpa: no such parameter; there are C, alpha, iterations, variant, sublinear, ngrams; \
        zeta: no such parameter; there are C, alpha, iterations, variant, sublinear, ngrams
        """)
  }

  @Test func replacedDefaults() throws {
    let defaults: [String: ParameterValue] = ["alpha": .integer(2), "C": .number(3), "variant": .choice("multinomial")]
    let values = try Hyperparameters(schema, settings: ["C": "auto"], defaults: defaults)
    #expect(values["alpha"] == .number(2))
    #expect(values["C"] == .choice("auto"), "a setting goes before any default")
    #expect(values.choice("variant") == "multinomial")
    let error = failure { () throws(DatelineError) in
      try Hyperparameters(schema, defaults: ["alpha": .number(11), "no": .flag(true)])
    }
    #expect(error.message.contains("alpha=11: expected") && error.message.contains("no: no such parameter"))
  }

  @Test func settingOne() throws {
    let values = try Hyperparameters(schema, settings: ["alpha": "0.1", "sublinear": "true"])
    let changed = try values.setting("C", to: .number(4))
    #expect(changed.number("C") == 4 && changed.number("alpha") == 0.1 && changed.flag("sublinear"))
    #expect(throws: DatelineError.self) { try values.setting("C", to: .number(-4)) }
    #expect(throws: DatelineError.self) { try values.setting("nothing", to: .number(1)) }
  }

  @Test func textsAndJSONComeBack() throws {
    let seed: UInt64 = 99
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let values = try Hyperparameters(
        schema,
        settings: [
          "C": Bool.random(using: &generator) ? "auto" : "\(Double.random(in: 0.001...1000, using: &generator))",
          "alpha": "\(Double.random(in: 0...10, using: &generator))",
          "iterations": "\(Int.random(in: 1...500, using: &generator))",
          "variant": Bool.random(using: &generator) ? "multinomial" : "complement",
          "sublinear": "\(Bool.random(using: &generator))",
        ])
      #expect(try Hyperparameters(schema, settings: values.texts) == values, "seed \(seed)")
      let json = try JSONValue(parsing: Array(values.json.text.utf8))
      #expect(try Hyperparameters(schema, json: json) == values, "seed \(seed)")
      #expect(json.members.map(\.name) == schema.parameters.map(\.name))
    }
  }

  @Test func foreignJSON() throws {
    #expect(try Hyperparameters(schema, json: ["alpha": 3]).number("alpha") == 3)
    for json: JSONValue in [
      nil, [], "alpha", ["alpha": [1]], ["alpha": nil], ["alpha": 11], ["iterations": 1.5], ["iterations": 1e300],
      ["iterations": true], ["unknown": 1], ["variant": 1],
    ] {
      #expect(failure { () throws(DatelineError) in try Hyperparameters(schema, json: json) }.code == .invalidData)
    }
  }

  @Test func valuesAsText() {
    #expect(ParameterValue.number(10).description == "10")
    #expect(ParameterValue.number(0.001).description == "0.001")
    #expect(ParameterValue.number(1e300).description == "1e+300")
    #expect(ParameterValue.integer(-3).description == "-3")
    #expect(ParameterValue.flag(true).description == "true")
    #expect(ParameterValue.choice("auto").description == "auto")
  }
}
