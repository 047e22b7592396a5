/// A JSON value (RFC 8259). Objects keep the order of their members, so that what is written is the same on every run.
public enum JSONValue: Sendable {
  /// `null`
  case null
  /// `true` or `false`
  case bool(Bool)
  /// A number, as a double.
  case number(Double)
  /// A string.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object: its members in order. A repeated name is kept; ``subscript(_:)`` finds the first.
  case object([(name: String, value: JSONValue)])

  /// The member of a name; `nil` when this is no object or has no such member.
  public subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

  /// The members of an object; empty for other values.
  public var members: [(name: String, value: JSONValue)] { if case .object(let members) = self { members } else { [] } }
  /// The elements of an array; `nil` for other values.
  public var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
  /// The text of a string; `nil` for other values.
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The number; `nil` for other values.
  public var number: Double? { if case .number(let number) = self { number } else { nil } }
  /// The number where it is whole and fits; `nil` for other values.
  public var integer: Int? { number.flatMap { Int(exactly: $0) } }
  /// The flag; `nil` for other values.
  public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
}

extension JSONValue: Equatable {
  /// Equal values; objects also in the order of their members.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    default: false
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// `null`
  public init(nilLiteral: ()) { self = .null }
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// `true` or `false`
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(elements.map { ($0.0, $0.1) }) }
  /// A whole number.
  public init(_ value: Int) { self = .number(Double(value)) }
}
