import DatelineCore

/// What a manifest may contain, beyond being JSON.
enum ManifestRules {
  /// The first thing in a value that a manifest may not contain, in words; `nil` when all is well.
  ///
  /// Recursion ends at the limit of nesting, so a deep value costs an error and no stack. O(size).
  static func problem(in value: JSONValue, depth: Int = 0) -> String? {
    switch value {
    case .null, .bool, .string: return nil
    case .number(let number): return number.isFinite ? nil : "the number \(number), which JSON does not have"
    case .array(let elements):
      if depth >= ArtifactFormat.maximumManifestDepth { return tooDeep }
      for element in elements { if let problem = problem(in: element, depth: depth + 1) { return problem } }
      return nil
    case .object(let members):
      if depth >= ArtifactFormat.maximumManifestDepth { return tooDeep }
      var names: Set<String> = []
      for member in members {
        // Readers disagree on which of two equal names counts, so a file with both could mean two things.
        if !names.insert(member.name).inserted { return "two members called \"\(member.name)\" in one object" }
        if let problem = problem(in: member.value, depth: depth + 1) { return problem }
      }
      return nil
    }
  }

  private static var tooDeep: String { "more than \(ArtifactFormat.maximumManifestDepth) levels of nesting" }
}
