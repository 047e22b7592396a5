/// Checked values for all parameters of a schema. There is no other way to make one, so no unchecked value can reach a
/// trainer.
public struct Hyperparameters: Sendable, Equatable {
  /// The schema that the values satisfy.
  public let schema: ParameterSchema
  private let values: [String: ParameterValue]

  /// Values for a schema.
  ///
  /// - Parameters:
  ///   - schema: The parameters.
  ///   - settings: Texts by name, as users give them; what is missing gets its default.
  ///   - defaults: Values that take the place of the schema's defaults.
  /// - Throws: ``DatelineError/Code/usage`` with *all* that is wrong, in one message.
  public init(
    _ schema: ParameterSchema, settings: [String: String] = [:], defaults: [String: ParameterValue] = [:]
  ) throws(DatelineError) {
    var values: [String: ParameterValue] = [:]
    var problems: [String] = []
    for parameter in schema.parameters {
      var value = parameter.defaultValue
      if let replacement = defaults[parameter.name] {
        if parameter.value(of: replacement.description) == nil {
          problems.append("\(parameter.name)=\(replacement): expected \(parameter.kind.summary)")
        }
        value = parameter.value(of: replacement.description) ?? value
      }
      if let text = settings[parameter.name] {
        if let parsed = parameter.value(of: text) {
          value = parsed
        } else {
          problems.append("\(parameter.name)=\(text): expected \(parameter.kind.summary)")
        }
      }
      values[parameter.name] = value
    }
    let known = schema.parameters.map(\.name)
    for name in Set(settings.keys).union(defaults.keys).sorted() where !known.contains(name) {
      problems.append("\(name): no such parameter; there are \(known.joined(separator: ", "))")
    }
    guard problems.isEmpty else { throw DatelineError(.usage, problems.joined(separator: "; ")) }
    self.schema = schema
    self.values = values
  }

  /// The value of a parameter.
  public subscript(name: String) -> ParameterValue {
    guard let value = values[name] else { preconditionFailure("no parameter \"\(name)\" in this schema") }
    return value
  }

  /// The value of a number; `nil` when it is `auto`.
  public func number(_ name: String) -> Double? {
    switch self[name] {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  /// The value of a whole number; `nil` when it is `auto`.
  public func integer(_ name: String) -> Int? {
    if case .integer(let value) = self[name] { value } else { nil }
  }

  /// The value of a choice, or the text of any other value.
  public func choice(_ name: String) -> String { self[name].description }

  /// The value of a flag.
  public func flag(_ name: String) -> Bool { self[name] == .flag(true) }

  /// The values of some of the parameters.
  ///
  /// - Parameter schema: A part of ``schema``.
  public func restricted(to schema: ParameterSchema) -> Hyperparameters {
    Hyperparameters(schema: schema, values: values.filter { schema[$0.key] != nil })
  }

  private init(schema: ParameterSchema, values: [String: ParameterValue]) {
    self.schema = schema
    self.values = values
  }

  /// The same values but for one.
  public func setting(_ name: String, to value: ParameterValue) throws(DatelineError) -> Hyperparameters {
    var settings = texts
    settings[name] = value.description
    return try Hyperparameters(schema, settings: settings)
  }

  /// All values as texts by name; `Hyperparameters(schema, settings: texts)` gives the same values.
  public var texts: [String: String] { values.mapValues(\.description) }

  /// All values as JSON, in the order of the schema.
  public var json: JSONValue {
    .object(
      schema.parameters.map { parameter in
        switch self[parameter.name] {
        case .number(let value): (parameter.name, .number(value))
        case .integer(let value): (parameter.name, .number(Double(value)))
        case .choice(let value): (parameter.name, .string(value))
        case .flag(let value): (parameter.name, .bool(value))
        }
      })
  }

  /// Values from what ``json`` gave; parameters that it does not name, which are younger than it, get their defaults.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` with all that is wrong, in one message.
  public init(_ schema: ParameterSchema, json: JSONValue) throws(DatelineError) {
    guard case .object = json else { throw DatelineError(.invalidData, "parameters that are no JSON object") }
    var settings: [String: String] = [:]
    for (name, value) in json.members {
      switch value {
      case .string(let text): settings[name] = text
      case .bool(let flag): settings[name] = "\(flag)"
      case .number(let number):
        if case .integer = schema[name]?.kind, let whole = Int(exactly: number) {
          settings[name] = "\(whole)"
        } else {
          settings[name] = ParameterValue.number(number).description
        }
      default: throw DatelineError(.invalidData, "the parameter \"\(name)\" is neither a word nor a number")
      }
    }
    do throws(DatelineError) {
      try self.init(schema, settings: settings)
    } catch {
      throw DatelineError(.invalidData, error.message)
    }
  }
}
