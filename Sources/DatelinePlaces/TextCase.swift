/// How a text uses capitals, as far as they tell names from other words.
enum TextCase {
  /// Names and the beginnings of sentences have capitals: a capital is evidence.
  case sentence
  /// Nearly every word begins with a capital, as in some headlines: a capital says little.
  case title
  /// Nearly all letters are capitals.
  case upper
  /// There are no capitals.
  case lower

  /// The style of a text. O(words), of which the first 200 are looked at.
  init(_ tokens: [PlaceToken]) {
    var (words, capitalized, upper) = (0, 0, 0)
    for token in tokens.prefix(200) where token.length >= 4 && !token.traits.contains(.number) {
      // What begins a sentence says nothing.
      if token.traits.contains(.allCapitals) { upper += 1 }
      if token.traits.contains(.startsSentence) && tokens.count > 1 { continue }
      words += 1
      if token.traits.contains(.capitalized) { capitalized += 1 }
    }
    if words >= 2, upper * 10 >= words * 8 {
      self = .upper
    } else if words >= 4, capitalized * 10 >= words * 7 {
      self = .title
    } else if capitalized == 0, upper == 0, !tokens.contains(where: { $0.traits.contains(.capitalized) }) {
      self = .lower
    } else {
      self = .sentence
    }
  }
}
