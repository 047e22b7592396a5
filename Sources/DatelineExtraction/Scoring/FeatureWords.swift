/// Features in the words of people who read why a block was kept or dropped.
enum FeatureWords {
  static func words(_ name: String) -> String {
    if let known = known[name] { return known }
    if name.hasPrefix("near ") { return "class or id says: \(name.dropFirst(5))" }
    if name.hasPrefix("far ") { return "class or id of an element around it says: \(name.dropFirst(4))" }
    if name.hasPrefix("in ") { return "stands in: \(name.dropFirst(3))" }
    if name.hasPrefix("length") { return "its length" }
    if name.hasPrefix("links") { return "its share of links" }
    if name.hasSuffix(" links") { return "the share of links around it" }
    if name.hasSuffix(" density") || name.hasSuffix(" prose") || name == "part length" { return "the text around it" }
    return name
  }

  private static let known = [
    "full stop": "ends in a full stop", "full stop, long": "ends in a full stop", "cut off": "is cut off",
    "colon": "ends in a colon", "sentences": "has sentences", "commas": "has commas",
    "small words": "words with small letters", "capitals only": "capital letters only",
    "separators": "signs such as | between words", "phrase": "a phrase as in menus and notices",
    "within main": "stands where most of the prose is", "within main directly": "stands where most of the prose is",
    "depth in main": "nested deeply in the story's element", "out of main": "far from where most of the prose is",
    "prose before": "far behind the last prose", "prose behind": "far before the next prose",
    "between prose": "prose on both sides", "before title": "stands before the headline",
    "title to story": "between headline and story", "before story": "stands before the story",
    "behind story": "stands behind the story", "within story": "stands within the story",
    "place": "its place on the page", "place in prose": "its place in the prose",
    "behind all prose": "nearly all prose is before it",
  ]
}
