/// What a tokenizer has to know of a character beyond ASCII.
struct CharacterProperties {
  enum Role: UInt32 {
    /// Between words.
    case separator = 1
    /// Part of a word: letters and digits.
    case word = 2
    /// A vowel sign, virama or accent: continues a word or a cluster, and is nothing on its own.
    case mark = 3
    /// A word of its own: Han and kana.
    case ideograph = 4
    /// Begins a cluster in a script written without spaces: Thai, Lao, Khmer, Burmese.
    case clusterStart = 5
    /// Continues a cluster.
    case clusterMark = 6
    /// Left out without ending the word: joiners, soft hyphens, Arabic and Hebrew vowel marks.
    case ignorable = 7
  }

  let role: Role
  /// The canonical form of the character in lower case; the ASCII form of apostrophes and full-width characters.
  let folded: UInt32
  /// The canonical combining class; ``composingStarter`` for starters that join the character before them.
  let combining: UInt8

  /// No combining class is as large.
  static let composingStarter: UInt8 = 255

  /// Whether canonical order may move the character.
  var isCombining: Bool { combining != 0 && combining != CharacterProperties.composingStarter }

  init(_ original: Unicode.Scalar) {
    let scalar = Composition.singleton(original)
    let category = scalar.properties.generalCategory
    folded = CharacterProperties.fold(scalar)
    role = CharacterProperties.role(of: scalar, category)
    combining = CharacterProperties.combining(scalar, category)
  }

  /// Properties that ``packed`` gave; `nil` for 0, which no properties give.
  init?(packed: UInt32) {
    guard let role = Role(rawValue: packed >> 21 & 7) else { return nil }
    self.role = role
    folded = packed & 0x1FFFFF
    combining = UInt8(packed >> 24)
  }

  /// All of it in 32 bits.
  var packed: UInt32 { UInt32(combining) << 24 | role.rawValue << 21 | folded }

  private static func role(of scalar: Unicode.Scalar, _ category: Unicode.GeneralCategory) -> Role {
    switch scalar.value {
    case 0x02BC: .separator
    case 0x0640, 0x064B...0x0652, 0x0656...0x065F, 0x0670: .ignorable
    case 0x0591...0x05BD, 0x05BF, 0x05C1, 0x05C2, 0x05C4, 0x05C5, 0x05C7: .ignorable
    case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x3029, 0x3031...0x3035, 0x3041...0x3096, 0x309D...0x309F,
      0x30A1...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
      0xFF66...0xFF9D, 0x1B000...0x1B16F, 0x20000...0x3FFFD:
      .ideograph
    case 0x0E01...0x0E2E, 0x0E40...0x0E44, 0x0E81...0x0EAE, 0x0EC0...0x0EC4, 0x0EDC...0x0EDF, 0x1000...0x102A,
      0x103F, 0x1050...0x1055, 0x105A...0x105D, 0x1061, 0x1065...0x1066, 0x106E...0x1070, 0x1075...0x1081,
      0x1780...0x17B3:
      .clusterStart
    case 0x0E2F...0x0E3A, 0x0E45...0x0E4E, 0x0EAF...0x0EBD, 0x0EC6...0x0ECE, 0x102B...0x103E, 0x1056...0x1059,
      0x105E...0x1060, 0x1062...0x1064, 0x1067...0x106D, 0x1071...0x1074, 0x1082...0x108D, 0x108F,
      0x109A...0x109D, 0x17B4...0x17D3, 0x17DD:
      .clusterMark
    case _ where scalar.properties.isDefaultIgnorableCodePoint: .ignorable
    default:
      switch category {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber, .otherNumber:
        .word
      case .nonspacingMark, .spacingMark: .mark
      default: .separator
      }
    }
  }

  private static func fold(_ scalar: Unicode.Scalar) -> UInt32 {
    switch scalar.value {
    case 0x2019, 0x02BC, 0x05F3: 0x27
    case 0x05F4: 0x22
    // The final sigma is a sigma.
    case 0x03C2: 0x03C3
    case 0xFF21...0xFF3A: scalar.value - 0xFEE0 + 0x20
    case 0xFF01...0xFF5E: scalar.value - 0xFEE0
    // Hebrew letters with points, which are left out.
    case 0xFB1D...0xFB4E: Composition.base(of: scalar.value)
    default: scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value
    }
  }

  private static func combining(_ scalar: Unicode.Scalar, _ category: Unicode.GeneralCategory) -> UInt8 {
    // A few Tibetan signs have no class, though they stand for two marks.
    let first = Unicode.Scalar(Composition.base(of: scalar.value)) ?? scalar
    let known = first.properties.canonicalCombiningClass.rawValue
    if known != 0 { return known }
    switch category {
    case .nonspacingMark, .spacingMark: return Composition.isSecond(scalar.value) ? composingStarter : 0
    default: return Composition.isSecondJamo(scalar.value) ? composingStarter : 0
    }
  }

  /// Whether the next letter belongs to the same cluster: the Khmer coeng and the Burmese virama stack it below.
  var stacksNext: Bool { folded == 0x17D2 || folded == 0x1039 }

  /// Whether this is a vowel that is written before its consonant: Thai and Lao.
  var precedesConsonant: Bool { (0x0E40...0x0E44).contains(folded) || (0x0EC0...0x0EC4).contains(folded) }
}
