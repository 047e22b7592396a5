import Synchronization

/// What a tokenizer has to know of a character beyond ASCII.
struct CharacterProperties {
  enum Role: UInt32 {
    /// Between words.
    case separator = 1
    /// Part of a word: letters, digits, and the marks on them.
    case word = 2
    /// A word of its own: Han and kana.
    case ideograph = 3
    /// Begins a cluster in a script written without spaces: Thai, Lao, Khmer, Burmese.
    case clusterStart = 4
    /// Continues a cluster.
    case clusterMark = 5
    /// Left out without ending the word: joiners, soft hyphens, Arabic vowel marks.
    case ignorable = 6
    /// Joins two letters, as in l’eau.
    case apostrophe = 7
  }

  let role: Role
  /// The character in lower case.
  let folded: UInt32

  init(role: Role, folded: UInt32) {
    self.role = role
    self.folded = folded
  }

  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    let properties = scalar.properties
    folded = CharacterProperties.fold(scalar)
    role =
      switch value {
      case 0x27, 0x2019, 0x02BC, 0xFF07: .apostrophe
      case 0x00AD, 0x0640, 0x064B...0x065F, 0x0670, 0x200B...0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: .ignorable
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
      default:
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
          .letterNumber, .otherNumber, .nonspacingMark, .spacingMark:
          .word
        default: .separator
        }
      }
  }

  /// Simple lower case; full-width forms become ASCII, and the final sigma a common one.
  private static func fold(_ scalar: Unicode.Scalar) -> UInt32 {
    switch scalar.value {
    case 0xFF10...0xFF19, 0xFF41...0xFF5A: scalar.value - 0xFEE0
    case 0xFF21...0xFF3A: scalar.value - 0xFEE0 + 0x20
    case 0x03C2: 0x03C3
    default: scalar.properties.lowercaseMapping.unicodeScalars.first?.value ?? scalar.value
    }
  }

  /// Whether the next letter belongs to the same cluster: the Khmer coeng and the Burmese virama stack it below.
  static func stacksNext(_ scalar: UInt32) -> Bool { scalar == 0x17D2 || scalar == 0x1039 }

  /// Whether this is a vowel that is written before its consonant: Thai and Lao.
  static func precedesConsonant(_ scalar: UInt32) -> Bool {
    (0x0E40...0x0E44).contains(scalar) || (0x0EC0...0x0EC4).contains(scalar)
  }
}

/// The properties of characters, looked up once each: Unicode's tables are slow to ask and large to copy.
///
/// One table serves all threads. Two of them may fill in the same entry, with the same value.
final class CharacterTable: @unchecked Sendable {
  // Unchecked: the pointer never changes, and what it points to are atomics. 0 is an entry not yet asked for; others
  // hold the role in the top byte and the lower-case character below.
  private let entries: UnsafeMutablePointer<Atomic<UInt32>>
  private static let capacity = 0x10000

  init() {
    entries = .allocate(capacity: CharacterTable.capacity)
    for index in 0..<CharacterTable.capacity { (entries + index).initialize(to: Atomic(0)) }
  }

  deinit {
    entries.deinitialize(count: CharacterTable.capacity)
    entries.deallocate()
  }

  /// The properties of a character.
  func properties(of scalar: Unicode.Scalar) -> CharacterProperties {
    let value = Int(scalar.value)
    guard value < CharacterTable.capacity else { return CharacterProperties(scalar) }
    let entry = entries[value].load(ordering: .relaxed)
    if let role = CharacterProperties.Role(rawValue: entry >> 24) {
      return CharacterProperties(role: role, folded: entry & 0xFFFFFF)
    }
    let properties = CharacterProperties(scalar)
    entries[value].store(properties.role.rawValue << 24 | properties.folded, ordering: .relaxed)
    return properties
  }
}
