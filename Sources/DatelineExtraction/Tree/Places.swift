/// What a block stands in, as far as elements say it.
struct Places: OptionSet {
  let rawValue: UInt32

  static let article = Places(rawValue: 1 << 0)
  static let main = Places(rawValue: 1 << 1)
  static let nav = Places(rawValue: 1 << 2)
  static let aside = Places(rawValue: 1 << 3)
  static let footer = Places(rawValue: 1 << 4)
  static let header = Places(rawValue: 1 << 5)
  static let figure = Places(rawValue: 1 << 6)
  static let form = Places(rawValue: 1 << 7)
  static let table = Places(rawValue: 1 << 8)
  static let item = Places(rawValue: 1 << 9)
  static let quote = Places(rawValue: 1 << 10)
  static let preformatted = Places(rawValue: 1 << 11)

  /// Of all places, in the order of the features that tell of them.
  static let all: [Places] = [
    .article, .main, .nav, .aside, .footer, .header, .figure, .form, .table, .item, .quote, .preformatted,
  ]

  /// The names of ``all``.
  static let names = [
    "article", "main", "nav", "aside", "footer", "header", "figure", "form", "table", "item", "quote", "preformatted",
  ]

  /// The place that an element is.
  init(_ kind: ElementKind) {
    switch kind {
    case .article: self = .article
    case .main: self = .main
    case .nav, .menu: self = .nav
    case .aside: self = .aside
    case .footer: self = .footer
    case .header: self = .header
    case .figure, .figcaption, .caption: self = .figure
    case .form: self = .form
    case .table: self = .table
    case .li: self = .item
    case .blockquote: self = .quote
    case .pre: self = .preformatted
    default: self = []
    }
  }

  init(rawValue: UInt32) { self.rawValue = rawValue }
}
