/// A value of a parameter.
public enum ParameterValue: Sendable, Equatable, CustomStringConvertible {
  /// A number.
  case number(Double)
  /// A whole number.
  case integer(Int)
  /// One of several words.
  case choice(String)
  /// Yes or no.
  case flag(Bool)

  /// The value as it is written behind `--set KEY=`.
  public var description: String {
    switch self {
    case .number(let value): value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
    case .integer(let value): "\(value)"
    case .choice(let value): value
    case .flag(let value): "\(value)"
    }
  }
}

/// One parameter: the only place where its default, its range and its explanation are written.
public struct Parameter: Sendable, Equatable {
  /// What values are allowed.
  public enum Kind: Sendable, Equatable {
    /// Numbers of a range. `automatic` also allows the word `auto`.
    case number(ClosedRange<Double>, automatic: Bool = false)
    /// Whole numbers of a range. `automatic` also allows the word `auto`.
    case integer(ClosedRange<Int>, automatic: Bool = false)
    /// One of these words.
    case choice([String])
    /// `true` or `false`.
    case flag
    /// Words that a check of its own accepts, such as `1-2` for a range; `form` describes them.
    case pattern(form: String, allowed: @Sendable (String) -> Bool)

    /// Whether two kinds allow the same values, as far as they can be compared.
    public static func == (left: Kind, right: Kind) -> Bool { left.summary == right.summary }

    /// The allowed values in words.
    public var summary: String {
      switch self {
      case .number(let range, let automatic):
        "number from \(brief(range.lowerBound)) to \(brief(range.upperBound))" + (automatic ? ", or auto" : "")
      case .integer(let range, let automatic):
        "whole number from \(range.lowerBound) to \(range.upperBound)" + (automatic ? ", or auto" : "")
      case .choice(let words): words.joined(separator: " | ")
      case .flag: "true | false"
      case .pattern(let form, _): form
      }
    }
  }

  /// The name behind `--set`.
  public let name: String
  /// What values are allowed.
  public let kind: Kind
  /// The value where the user gives none.
  public let defaultValue: ParameterValue
  /// One or two sentences for people.
  public let help: String

  /// A parameter.
  public init(_ name: String, _ kind: Kind, default defaultValue: ParameterValue, help: String) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.help = help
  }

  /// The value that a text stands for, or `nil` when it is not allowed.
  public func value(of text: String) -> ParameterValue? {
    switch kind {
    case .number(let range, let automatic):
      if automatic, text == "auto" { return .choice(text) }
      guard let number = Double(text), number.isFinite, range.contains(number) else { return nil }
      return .number(number)
    case .integer(let range, let automatic):
      if automatic, text == "auto" { return .choice(text) }
      guard let number = Int(text), range.contains(number) else { return nil }
      return .integer(number)
    case .choice(let words): return words.contains(text) ? .choice(text) : nil
    case .flag: return text == "true" ? .flag(true) : text == "false" ? .flag(false) : nil
    case .pattern(_, let allowed): return allowed(text) ? .choice(text) : nil
    }
  }
}

private func brief(_ number: Double) -> String { ParameterValue.number(number).description }

/// The parameters of one component, in the order in which help lists them.
public struct ParameterSchema: Sendable, Equatable {
  /// The parameters.
  public let parameters: [Parameter]

  /// A schema.
  public init(_ parameters: [Parameter]) {
    precondition(Set(parameters.map(\.name)).count == parameters.count, "a schema names each parameter once")
    self.parameters = parameters
  }

  /// The parameter of a name.
  public subscript(name: String) -> Parameter? { parameters.first { $0.name == name } }
}
