internal import DatelineCore

/// What a page says of itself outside of its text.
struct PageMetadata {
  /// The content of `title`.
  private(set) var title: [UInt8] = []
  /// The title that is meant for links to the page.
  private(set) var linkTitle: String?
  /// The name of the site.
  private(set) var site: String?
  /// The headline and the text that structured data gives.
  private(set) var structuredTitle: String?
  private(set) var structuredBody: String?
  private var dates = Ranked()
  private var languages = Ranked()

  /// The date of publication, as the page gives it.
  var date: String? { dates.value }
  /// The language, as the page gives it: a tag of BCP 47, such as `en` or `pt-BR`.
  var language: String? { languages.value }

  /// The best of several values: that of the lowest rank, and of these the first.
  private struct Ranked {
    private(set) var value: String?
    private var rank = Int.max

    mutating func offer(_ value: String, rank: Int) {
      if rank < self.rank { (self.value, self.rank) = (value, rank) }
    }
  }

  /// The attributes that are read of elements that tell of the page as a whole.
  static let attributes: [StaticString] = [
    "lang", "xml:lang", "content", "property", "name", "itemprop", "http-equiv", "datetime", "pubdate",
  ]

  /// Longer titles are none: some pages have further ones, in drawings.
  private static let longestTitle = 4096

  /// Adds a piece of the content of `title`.
  mutating func addTitle(_ text: UnsafeBufferPointer<UInt8>) {
    var end = min(text.count, PageMetadata.longestTitle - title.count)
    // Characters stay whole.
    while end > 0, end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
    title += text[..<end]
  }

  mutating func readLanguage(_ attributes: SAXAttributes) {
    if let value = attributes["lang"] ?? attributes["xml:lang"] { offerLanguage(value, rank: 0) }
  }

  mutating func readTime(_ attributes: SAXAttributes) {
    guard let value = attributes["datetime"] else { return }
    let isPublication = attributes.has("pubdate") || attributes["itemprop"]?.lowercased() == "datepublished"
    offerDate(value, rank: isPublication ? 2 : 5)
  }

  mutating func readMeta(_ attributes: SAXAttributes) {
    guard let content = attributes["content"], !content.isEmpty else { return }
    let names = [attributes["property"], attributes["name"], attributes["itemprop"], attributes["http-equiv"]]
    for name in names {
      guard let name = name?.lowercased() else { continue }
      readMeta(name, content)
    }
  }

  private mutating func readMeta(_ name: String, _ content: String) {
    switch name {
    case "og:title": linkTitle = linkTitle ?? content
    case "twitter:title": linkTitle = linkTitle ?? content
    case "og:site_name": site = site ?? content
    case "article:published_time", "article:published", "og:published_time": offerDate(content, rank: 1)
    case "datepublished": offerDate(content, rank: 2)
    case "date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
      "originalpublicationdate",
      "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.issued",
      "cxenseparse:recs:publishtime", "article.published", "displaydate":
      offerDate(content, rank: 3)
    case "og:article:published_time", "dc.date.created", "last-modified": offerDate(content, rank: 6)
    case "content-language", "language", "dc.language", "og:locale": offerLanguage(content, rank: 1)
    default: break
    }
  }

  private mutating func offerDate(_ text: String, rank: Int) {
    let value = text.trimmed
    // Scripts put names of months elsewhere, but no date is without a digit.
    guard value.utf8.count <= 64, value.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return }
    dates.offer(value, rank: rank)
  }

  private mutating func offerLanguage(_ text: String, rank: Int) {
    let tag = text.trimmed.utf8.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ";") }
    let parts = tag.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    guard let first = parts.first, (2...3).contains(first.count), parts.count <= 4 else { return }
    let isTag = parts.allSatisfy { part in
      !part.isEmpty && part.count <= 8
        && part.allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 }
    }
    guard isTag else { return }
    languages.offer(parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-"), rank: rank)
  }
}

extension PageMetadata {
  /// Reads structured data (JSON-LD, schema.org). What is no JSON is passed over, as browsers do.
  mutating func readStructured(_ script: ArraySlice<UInt8>) {
    guard let value = try? JSONValue(parsing: Array(script), maximumDepth: 32) else { return }
    var nodes = value.elements ?? [value]
    // Articles stand at the top, or in a graph at the top.
    nodes += nodes.flatMap { $0["@graph"]?.elements ?? [] }
    for node in nodes where PageMetadata.isArticle(node) {
      if let date = node["datePublished"]?.string { offerDate(date, rank: 0) }
      if let language = node["inLanguage"]?.string { offerLanguage(language, rank: 2) }
      structuredTitle = structuredTitle ?? node["headline"]?.string
      structuredBody = structuredBody ?? node["articleBody"]?.string
    }
  }

  private static func isArticle(_ node: JSONValue) -> Bool {
    guard let type = node["@type"] else { return false }
    let names = type.elements?.compactMap(\.string) ?? [type.string ?? ""]
    return names.contains { $0.hasSuffix("Article") || $0.hasSuffix("Posting") || $0 == "Report" }
  }
}

extension String {
  /// The text without whitespace on both sides.
  var trimmed: String {
    let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    guard let first = unicodeScalars.firstIndex(where: { !isSpace($0) }),
      let last = unicodeScalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(unicodeScalars[first...last])
  }
}
