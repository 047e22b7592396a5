/// What a page says, without what stands around it.
public struct ExtractedPage: Sendable, Equatable {
  /// What the bytes were taken for.
  public enum Kind: String, Sendable {
    /// A page in HTML.
    case html
    /// Text copied from a page, with its menus and lists.
    case pastedText = "pasted text"
    /// Text with nothing around it; it is the body as it was.
    case text
  }

  /// What the bytes were taken for.
  public var kind: Kind
  /// The headline; `nil` where there is none, as in plain text.
  public var title: String?
  /// The text of the story, paragraphs with an empty line between them; empty where the page has none.
  public var body: String
  /// The date of publication as the page writes it; `nil` where it does not say.
  public var date: String?
  /// The language as the page declares it, such as `en` or `pt-BR`; `nil` where it does not.
  public var language: String?
  /// The name of the site; `nil` where the page does not say.
  public var site: String?
  /// All blocks of the page in their order, where they were asked for; else empty.
  public var blocks: [PageBlock]
}

/// A run of text on a page, and what became of it.
public struct PageBlock: Sendable, Equatable {
  /// What became of a block.
  public enum Role: String, Sendable {
    /// It is the headline.
    case title
    /// It is part of the story.
    case body
    /// It is neither.
    case dropped
  }

  /// The text.
  public var text: String
  /// What became of it.
  public var role: Role
  /// Why: what spoke most for that.
  public var reason: String
}
