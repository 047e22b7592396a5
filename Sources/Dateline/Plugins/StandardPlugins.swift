import CandidateScorer
public import DatelineCore
import DatelinePlaces
import DatelineSentiment
import DatelineText
import LogisticRegression
import NaiveBayes

extension PluginRegistry {
  /// The classifier families that come with Dateline: the one list of them.
  public static func standard() -> PluginRegistry {
    do {
      return try PluginRegistry([
        LogisticRegressionPlugin(), NaiveBayesPlugin(), CandidateScorerPlugin(terms: LogisticRegressionPlugin()),
      ])
    } catch {
      preconditionFailure("the identifiers of the built-in plugins differ: \(error)")
    }
  }
}

/// The vectorizer families that a program knows, by name, and the extractors that can extend them.
public struct VectorizerRegistry: Sendable {
  /// The families, in the order in which they were added.
  public private(set) var plugins: [any VectorizerPlugin]
  /// The extractors, in the order in which they were added.
  public private(set) var extractors: [any FeatureExtractorPlugin]

  /// A registry of the given families; the first one is used where none is named.
  ///
  /// - Throws: `DatelineError.Code.usage` when there is no vectorizer, or two things have one identifier.
  public init(
    _ plugins: [any VectorizerPlugin], extractors: [any FeatureExtractorPlugin] = []
  ) throws(DatelineError) {
    let identifiers = plugins.map(\.identifier) + extractors.map(\.identifier)
    guard !plugins.isEmpty, Set(identifiers).count == identifiers.count else {
      throw DatelineError(.usage, "a registry of vectorizers needs at least one, each with a name of its own")
    }
    self.plugins = plugins
    self.extractors = extractors
  }

  /// The vectorizer and the extractors that come with Dateline: the one list of them.
  public static func standard() -> VectorizerRegistry {
    do {
      return try VectorizerRegistry(
        [TextVectorizerPlugin()], extractors: [PlacesExtractorPlugin(), ToneExtractorPlugin()])
    } catch {
      preconditionFailure("the identifiers of the built-in vectorizers differ: \(error)")
    }
  }

  /// The family that is used where none is named.
  public var first: any VectorizerPlugin { plugins[0] }

  /// The family of a name: a vectorizer's, and behind it, with `+` between them, those of the extractors that extend it,
  /// such as `text+places`.
  public func plugin(_ identifier: String) throws(DatelineError) -> any VectorizerPlugin {
    let names = identifier.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    guard let base = plugins.first(where: { $0.identifier == names[0] }) else {
      throw DatelineError(
        .incompatible,
        "no vectorizer is called \"\(names[0])\"; there are \(plugins.map(\.identifier).joined(separator: ", "))")
    }
    do {
      return try extended(base, by: Array(names.dropFirst()))
    } catch {
      throw DatelineError(.incompatible, error.message)
    }
  }

  /// A family that is extended by extractors.
  ///
  /// - Parameters:
  ///   - base: The family that gives the first features.
  ///   - names: The extractors' identifiers.
  /// - Throws: `DatelineError.Code.usage` for an extractor that is not there or is named twice.
  public func extended(
    _ base: any VectorizerPlugin, by names: [String]
  ) throws(DatelineError) -> any VectorizerPlugin {
    guard Set(names).count == names.count else {
      throw DatelineError(.usage, "an extractor of features is named twice: name each once")
    }
    var plugin = base
    for name in names {
      guard let extractor = extractors.first(where: { $0.identifier == name }) else {
        let known = extractors.map(\.identifier).joined(separator: ", ")
        throw DatelineError(
          .usage, "no extractor of features is called \"\(name)\"; there are \(known.isEmpty ? "none" : known)")
      }
      plugin = ExtendedVectorizerPlugin(plugin, extendedBy: extractor)
    }
    return plugin
  }
}
