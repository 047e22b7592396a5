public import DatelineCore

/// One label given to a document.
public struct Tag: Sendable, Equatable {
  /// The label.
  public var label: Label
  /// How probable it is, in [0, 1]. Never more than the probability of a label above it.
  public var probability: Double
  /// The label's code, where the model knows one, such as `medtop:15000000` or `UA`.
  public var code: String?

  /// A tag.
  public init(label: Label, probability: Double, code: String? = nil) {
    self.label = label
    self.probability = probability
    self.code = code
  }

  /// The probability in the six digits behind the point that JSON has.
  var roundedProbability: Double { (probability * 1e6).rounded() / 1e6 }
}

/// What a model says of a document: labels, or why there are none.
public struct Tagging: Sendable, Equatable {
  /// The labels, the most probable first.
  public var tags: [Tag]
  /// Why there are no labels; `nil` when there are some.
  public var withheld: String?

  /// A tagging.
  public init(tags: [Tag], withheld: String? = nil) {
    self.tags = tags
    self.withheld = withheld
  }
}

/// What several models say of one document.
public struct TaggedDocument: Sendable {
  /// The document's identifier.
  public var id: String
  /// The publisher or file that the document came from; empty when unknown.
  public var source: String
  /// The document's title; empty when there is none.
  public var title: String
  /// What each model says, in the order of the tagger's models.
  public var taggings: [(facet: Facet, tagging: Tagging)]

  /// What the model of a facet says; `nil` when there is no such model.
  public subscript(facet name: String) -> Tagging? { taggings.first { $0.facet.name == name }?.tagging }

  /// `{"id":…,"source":…,"tags":{…},"withheld":{…}}`
  public var json: JSONValue {
    [
      "id": .string(id),
      "source": source.isEmpty ? .null : .string(source),
      "tags": .object(
        taggings.filter { $0.tagging.withheld == nil }.map { entry in
          (
            entry.facet.name,
            .array(
              entry.tagging.tags.map { tag in
                let code = tag.code.map { [("code", JSONValue.string($0))] } ?? []
                return .object(
                  [("label", .string(tag.label.path)), ("probability", .number(tag.roundedProbability))] + code)
              })
          )
        }),
      "withheld": .object(
        taggings.compactMap { entry in entry.tagging.withheld.map { (entry.facet.name, .string($0)) } }),
    ]
  }
}
