/// What a name says of a country.
enum NameKind: UInt8, CaseIterable {
  /// The country itself.
  case country
  /// Its people, and the adjective.
  case people
  /// An institution or building that stands for it.
  case seat
  /// A part of it.
  case place
  /// An abbreviation, which counts only as it is written.
  case abbreviation
  /// Its capital, or a city that everybody knows.
  case capital
  /// A division of the first level.
  case division
  /// Any other city.
  case city
  /// An institution that several countries have.
  case sharedSeat
  /// A region, or its people.
  case region
  /// An abbreviation of a region's institution.
  case regionAbbreviation

  /// The letter that stands for it in the table.
  init?(letter: Substring) {
    switch letter {
    case "n": self = .country
    case "p": self = .people
    case "s": self = .seat
    case "l": self = .place
    case "a": self = .abbreviation
    case "c": self = .capital
    case "d": self = .division
    case "t": self = .city
    case "i": self = .sharedSeat
    case "r": self = .region
    case "q": self = .regionAbbreviation
    default: return nil
    }
  }

  /// How much one mention says that the text is about the country, in [0, 1].
  var strength: Float {
    switch self {
    case .country, .people, .abbreviation, .region, .regionAbbreviation: 1
    case .capital, .seat, .place: 0.8
    case .division: 0.7
    case .city, .sharedSeat: 0.5
    }
  }

  /// Whether the name alone, without any other evidence, can hardly be anything else.
  var isUnambiguous: Bool {
    switch self {
    case .country, .people, .abbreviation, .seat, .region, .regionAbbreviation: true
    case .place, .capital, .division, .city, .sharedSeat: false
    }
  }

  /// Whether it can be part of a division: a town or a district.
  var isTown: Bool { self == .city || self == .capital || self == .place || self == .division }

  /// Whether it counts only as it is written.
  var isExact: Bool { self == .abbreviation || self == .regionAbbreviation }
}

/// One meaning of a name: a country or a region, in 32 bits.
struct NameSense: Equatable {
  let rawValue: UInt32

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A meaning.
  ///
  /// - Parameters:
  ///   - country: The number of the country, below 2¹⁶.
  ///   - weight: Ten times the decimal logarithm of a city's people; 0 where people do not matter.
  init(country: Int, kind: NameKind, weight: Int) {
    rawValue = UInt32(country) | UInt32(kind.rawValue) << 16 | UInt32(min(255, max(0, weight))) << 24
  }

  private static let wordBit: UInt32 = 0x80 << 16

  /// The same meaning of a name that is an English word, too.
  var asWord: NameSense { NameSense(rawValue: rawValue | NameSense.wordBit) }

  /// Whether the name is an English word, too, so that it takes more than the word to mean it.
  var isWord: Bool { rawValue & NameSense.wordBit != 0 }

  /// The number of the country, or behind all countries that of the region.
  var country: Int { Int(rawValue & 0xFFFF) }
  var kind: NameKind { NameKind(rawValue: UInt8(rawValue >> 16 & 0x7F)) ?? .city }
  var weight: Int { Int(rawValue >> 24) }
}
