/// One question asked of a document: `region`, `topic`, `sentiment`, or a user's own.
public struct Facet: Sendable, Hashable, CustomStringConvertible {
  /// The name: letters, digits, `-`, `_` and `.`; 1 to 100 of them.
  public let name: String

  /// A facet of the given name.
  ///
  /// - Throws: ``DatelineError/Code/usage`` when the name has other characters or another length.
  public init(_ name: String) throws(DatelineError) {
    let allowed = name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains($0)
    }
    guard allowed, !name.isEmpty, name.utf8.count <= 100 else {
      throw DatelineError(.usage, "\"\(name)\" is not a facet name: use 1 to 100 letters, digits, '-', '_' or '.'")
    }
    self.name = name
  }

  /// The name.
  public var description: String { name }
}
