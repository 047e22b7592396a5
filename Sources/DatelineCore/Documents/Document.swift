/// One text to be tagged or learnt from.
public struct Document: Sendable, Equatable {
  /// A name that the caller chose; repeated in every result.
  public var id: String
  /// The headline; empty when there is none.
  public var title: String
  /// The text.
  public var body: String
  /// The date as the source gave it.
  public var date: String?
  /// The publisher or file that the document came from.
  public var source: String?
  /// Whom or what the tone is asked for that a model of tone gives; `nil` where it is that of the text as a whole.
  public var target: String?

  /// A document.
  public init(
    id: String = "", title: String = "", body: String, date: String? = nil, source: String? = nil,
    target: String? = nil
  ) {
    self.id = id
    self.title = title
    self.body = body
    self.date = date
    self.source = source
    self.target = target
  }
}
