import ArgumentParser

/// The value of an option that is one of a few words. The parser of arguments would make texts of all cases by reflection
/// at every start; their words are known.
protocol WordChoice: ExpressibleByArgument, CaseIterable, RawRepresentable where RawValue == String {}

extension WordChoice {
  /// The word.
  public var defaultValueDescription: String { rawValue }
  /// All words, in the order of the cases.
  public static var allValueStrings: [String] { allCases.map(\.rawValue) }
  /// None: the words speak for themselves.
  public static var allValueDescriptions: [String: String] { [:] }
  /// The words.
  public static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
}
