public import DatelineCore
import DatelineText
import LogisticRegression
import NaiveBayes

extension PluginRegistry {
  /// The classifier families that come with Dateline: the one list of them.
  public static func standard() -> PluginRegistry {
    do {
      return try PluginRegistry([LogisticRegressionPlugin(), NaiveBayesPlugin()])
    } catch {
      preconditionFailure("the identifiers of the built-in plugins differ: \(error)")
    }
  }
}

/// The vectorizer families that a program knows, by name.
public struct VectorizerRegistry: Sendable {
  /// The families, in the order in which they were added.
  public private(set) var plugins: [any VectorizerPlugin]

  /// A registry of the given families; the first one is used where none is named.
  ///
  /// - Throws: `DatelineError.Code.usage` when there are none, or two have one identifier.
  public init(_ plugins: [any VectorizerPlugin]) throws(DatelineError) {
    guard !plugins.isEmpty, Set(plugins.map(\.identifier)).count == plugins.count else {
      throw DatelineError(.usage, "a registry of vectorizers needs at least one, each with a name of its own")
    }
    self.plugins = plugins
  }

  /// The vectorizer that comes with Dateline.
  public static func standard() -> VectorizerRegistry {
    do {
      return try VectorizerRegistry([TextVectorizerPlugin()])
    } catch {
      preconditionFailure("the identifiers of the built-in vectorizers differ: \(error)")
    }
  }

  /// The family that is used where none is named.
  public var first: any VectorizerPlugin { plugins[0] }

  /// The family of a name.
  public func plugin(_ identifier: String) throws(DatelineError) -> any VectorizerPlugin {
    guard let plugin = plugins.first(where: { $0.identifier == identifier }) else {
      throw DatelineError(
        .incompatible,
        "no vectorizer is called \"\(identifier)\"; there are \(plugins.map(\.identifier).joined(separator: ", "))")
    }
    return plugin
  }
}
