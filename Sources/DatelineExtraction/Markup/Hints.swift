/// What the names in `class`, `id`, `role` and `itemprop` say of an element.
///
/// The vocabulary is that of content extraction at large (readability, boilerpipe, trafilatura) and of the usual content
/// management systems; no site has words of its own here.
struct Hints: OptionSet {
  let rawValue: UInt32

  static let comment = Hints(rawValue: 1 << 0)
  static let related = Hints(rawValue: 1 << 1)
  static let navigation = Hints(rawValue: 1 << 2)
  static let side = Hints(rawValue: 1 << 3)
  static let foot = Hints(rawValue: 1 << 4)
  static let head = Hints(rawValue: 1 << 5)
  static let share = Hints(rawValue: 1 << 6)
  static let advertisement = Hints(rawValue: 1 << 7)
  static let subscription = Hints(rawValue: 1 << 8)
  static let consent = Hints(rawValue: 1 << 9)
  static let picture = Hints(rawValue: 1 << 10)
  static let byline = Hints(rawValue: 1 << 11)
  static let keywords = Hints(rawValue: 1 << 12)
  static let title = Hints(rawValue: 1 << 13)
  static let summary = Hints(rawValue: 1 << 14)
  static let article = Hints(rawValue: 1 << 15)
  static let body = Hints(rawValue: 1 << 16)
  static let hidden = Hints(rawValue: 1 << 17)
  static let list = Hints(rawValue: 1 << 18)
  static let inset = Hints(rawValue: 1 << 19)

  static let count = names.count

  /// The names, in the order of the bits.
  static let names = [
    "comment", "related", "navigation", "side", "foot", "head", "share", "advertisement", "subscription", "consent",
    "picture", "byline", "keywords", "title", "summary", "article", "body", "hidden", "list", "inset",
  ]

  /// Parts of names. A hyphen is any place where a word begins or ends.
  private static let words: [(hint: Hints, words: [String])] = [
    (.comment, ["comment", "disqus", "respond", "discuss", "-reply", "feedback", "livefyre", "-talkback", "reader-"]),
    (
      .related,
      [
        "relate", "recommend", "-more-", "morestor", "popular", "trending", "-most", "-also-", "read-next", "readnext",
        "outbrain", "taboola", "latest", "teaser", "top-stor", "topstor", "-next", "-prev", "-other", "similar",
        "see-also", "readmore", "read-more", "in-other", "mosaic",
      ]
    ),
    (.navigation, ["-nav", "menu", "breadcrumb", "crumb", "paginat", "-pager", "-tabs", "-skip", "-toc", "sitemap"]),
    (
      .side, ["sidebar", "side-bar", "-aside", "-rail", "-right", "widget", "-left", "-secondary", "-tertiary", "-sb-"]
    ),
    (.foot, ["footer", "-foot-", "copyright", "colophon", "legal", "disclaim", "-bottom"]),
    (.head, ["header", "masthead", "topbar", "-top-", "-logo"]),
    (
      .share,
      [
        "share", "sharing", "social", "addthis", "facebook", "twitter", "-email", "print", "-tool", "bookmark",
        "-follow", "-like", "-rss", "-fb-", "whatsapp",
      ]
    ),
    (
      .advertisement,
      [
        "-ad-", "-ads-", "advert", "sponsor", "-dfp", "-gpt", "promo", "-mpu", "banner", "-ad1", "-adv-", "marketing",
      ]
    ),
    (
      .subscription,
      [
        "newsletter", "subscri", "signup", "sign-up", "paywall", "login", "-log-in", "register", "optin", "donat",
        "-cta", "-alert", "-poll", "-survey", "search",
      ]
    ),
    (.consent, ["cookie", "consent", "gdpr", "-cmp-", "privacy", "-modal", "-popup", "overlay", "-toast"]),
    (
      .picture,
      [
        "caption", "credit", "photo", "image", "gallery", "slideshow", "-img", "thumb", "media", "video", "player",
        "figure", "-pic",
      ]
    ),
    (
      .byline,
      [
        "byline", "author", "-date", "-time", "publish", "-meta", "-info", "posted", "-source", "-bio", "timestamp",
        "-by-", "-stamp", "updated", "writer", "contributor",
      ]
    ),
    (.keywords, ["-tags", "-tag-", "keyword", "-topics", "categor", "-labels", "-tagged"]),
    (.title, ["title", "headline", "-hed-", "heading"]),
    (
      .summary,
      [
        "summary", "-deck", "-dek", "subhead", "subtitle", "standfirst", "-lead", "-intro", "excerpt", "abstract",
        "description",
      ]
    ),
    (.article, ["article", "-story", "-entry", "-post-", "-news", "-blog", "-single"]),
    (.body, ["-body", "content", "-text", "-main", "-copy", "paragraph"]),
    (.hidden, ["-hidden", "-hide", "-none", "invisible", "screen-reader", "sr-only", "visually"]),
    (
      .list,
      [
        "-list", "-item", "-links", "-feed", "-stream", "-index", "carousel", "-block", "-box", "-module", "-card",
        "-grid", "archive",
      ]
    ),
    (.inset, ["pullquote", "pull-quote", "-pull", "factbox", "infobox", "-inset", "sidenote", "-fact", "toolbox"]),
  ]

  private static let matcher = PatternMatcher(
    words.flatMap { hint, words in words.map { (pattern: $0, flags: hint.rawValue) } })

  /// The hints in a list of names, such as the value of `class`.
  ///
  /// `relatedStories`, `related_stories` and `Related-Stories` are the same. A letter costs one look-up.
  init(names: UnsafeBufferPointer<UInt8>) {
    var walk = PatternMatcher.Walk()
    let matcher = Hints.matcher
    var previous = UInt8(ascii: "-")
    matcher.step(&walk, previous)
    for byte in names {
      var letter = byte
      if byte >= 0x41 && byte <= 0x5A {
        letter = byte | 0x20
        let isSmall = previous >= 0x61 && previous <= 0x7A || previous >= 0x30 && previous <= 0x39
        if isSmall { matcher.step(&walk, UInt8(ascii: "-")) }
      } else if !(byte >= 0x61 && byte <= 0x7A || byte >= 0x30 && byte <= 0x39) {
        letter = UInt8(ascii: "-")
      }
      // Several signs between two words are one hyphen.
      if letter != UInt8(ascii: "-") || previous != letter { matcher.step(&walk, letter) }
      previous = letter == UInt8(ascii: "-") ? letter : byte
    }
    if previous != UInt8(ascii: "-") { matcher.step(&walk, UInt8(ascii: "-")) }
    rawValue = walk.flags
  }

  init(rawValue: UInt32) { self.rawValue = rawValue }
}
