/// One word of a text, as names of places need it.
struct PlaceToken {
  /// A fingerprint of the word in lower case, without accents and dots.
  var folded: UInt64
  /// A fingerprint of the word as it stands, but for accents.
  var exact: UInt64
  /// Where it starts, in bytes of its text.
  var start: UInt32
  /// Where it ends.
  var end: UInt32
  /// What is known of its letters and of what stands before it.
  var traits: Traits

  struct Traits: OptionSet {
    let rawValue: UInt16

    /// It begins with a capital letter.
    static let capitalized = Traits(rawValue: 1 << 0)
    /// It has two letters or more, all of them capital.
    static let allCapitals = Traits(rawValue: 1 << 1)
    /// It begins a sentence or the text.
    static let startsSentence = Traits(rawValue: 1 << 2)
    /// Nothing but spaces, a hyphen or an apostrophe is between it and the word before.
    static let joined = Traits(rawValue: 1 << 3)
    /// A comma is between it and the word before, and nothing else.
    static let afterComma = Traits(rawValue: 1 << 4)
    /// It begins a paragraph or the text.
    static let startsParagraph = Traits(rawValue: 1 << 5)
    /// A dot stands behind it.
    static let beforeDot = Traits(rawValue: 1 << 6)
    /// It holds no letter.
    static let number = Traits(rawValue: 1 << 7)
    /// `'s` stands behind it.
    static let possessive = Traits(rawValue: 1 << 8)
  }

  /// How many bytes it has.
  var length: Int { Int(end - start) }
}
