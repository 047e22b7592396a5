/// One answer to a facet's question; a path with `/` where labels form a hierarchy.
///
/// Labels are compared by their UTF-8 bytes, for equality as for order: two spellings of one accented letter are two
/// labels, whichever comes first.
public struct Label: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The whole path, such as `Europe/Ukraine`.
  public let path: String

  /// A label.
  ///
  /// - Throws: ``DatelineError/Code/invalidData`` when it is empty, over 1,000 bytes, or has an empty step
  ///   (`Europe//Ukraine`).
  public init(_ path: String) throws(DatelineError) {
    guard !path.isEmpty else {
      throw DatelineError(.invalidData, "an empty label: give a name, or leave the field out")
    }
    guard path.utf8.count <= 1000 else {
      throw DatelineError(
        .invalidData, "a label of \(path.utf8.count) bytes: the limit is 1,000; is this the right field?")
    }
    guard !path.utf8.split(separator: slash, omittingEmptySubsequences: false).contains(where: \.isEmpty) else {
      throw DatelineError(.invalidData, "the label \"\(path)\" has an empty step: write paths as \"Europe/Ukraine\"")
    }
    self.path = path
  }

  private init(unchecked path: Substring) { self.path = String(path) }

  /// The label one step up, or `nil` at the top.
  public var parent: Label? { path.utf8.lastIndex(of: slash).map { Label(unchecked: path[..<$0]) } }

  /// All labels above this one, the nearest first.
  public var ancestors: [Label] { Array(sequence(first: self, next: \.parent).dropFirst()) }

  /// The number of steps; 1 for a label without `/`.
  public var depth: Int { path.utf8.count { $0 == slash } + 1 }

  /// The path.
  public var description: String { path }

  /// The order of the paths' UTF-8 bytes, which does not depend on a locale.
  public static func < (left: Label, right: Label) -> Bool { left.path.utf8.lexicographicallyPrecedes(right.path.utf8) }

  /// Whether the paths have the same bytes.
  public static func == (left: Label, right: Label) -> Bool { left.path.utf8.elementsEqual(right.path.utf8) }

  /// Feeds the bytes of the path.
  public func hash(into hasher: inout Hasher) {
    for byte in path.utf8 { hasher.combine(byte) }
    hasher.combine(UInt8(0xFF))
  }
}

// A "/" before a combining mark is no Character "/", but it is a step all the same; hence bytes.
private let slash = UInt8(ascii: "/")
