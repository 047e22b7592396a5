import DatelineCore
import DatelineVectors

/// What words say of the tone of a text: how pleasant they are, and which of them turn or strengthen others.
///
/// Words are known by their fingerprints (``WordScanner``), so looking one up makes no string.
struct ToneLexicon: Sendable {
  /// What a word says.
  struct Entry: Sendable, Equatable {
    /// What a word does besides.
    struct Role: OptionSet, Sendable {
      let rawValue: UInt8
      /// Turns the words behind it, such as "not".
      static let negation = Role(rawValue: 1 << 0)
      /// Strengthens the words behind it, such as "very".
      static let amplifier = Role(rawValue: 1 << 1)
      /// Weakens the words behind it, such as "hardly".
      static let dampener = Role(rawValue: 1 << 2)
      /// What is behind it counts more than what is before it: "but".
      static let contrast = Role(rawValue: 1 << 3)
      /// Says that something goes up, or well.
      static let rise = Role(rawValue: 1 << 4)
      /// Says that something goes down, or badly.
      static let fall = Role(rawValue: 1 << 5)
    }

    /// How pleasant the word is, in tenths: -40 to 40.
    var valence: Int8 = 0
    /// What it does besides.
    var roles: Role = []

    /// Nothing.
    static let none = Entry()

    fileprivate var packed: UInt16 { UInt16(UInt8(bitPattern: valence)) << 8 | UInt16(roles.rawValue) }

    fileprivate init(packed: UInt16) {
      valence = Int8(bitPattern: UInt8(packed >> 8))
      roles = Role(rawValue: UInt8(packed & 0xFF))
    }

    init(valence: Int8 = 0, roles: Role = []) {
      self.valence = valence
      self.roles = roles
    }
  }

  private static let largestValence = 40
  private static let mostWords = 1 << 20

  /// The fingerprints of the words, ascending.
  private let words: [UInt64]
  /// What each of them says.
  private let entries: [UInt16]
  /// An open hash table, where a word that is not known is taken for one that is with a chance of 2⁻⁴⁸ for each slot that
  /// is looked at: the upper 48 bits of a word's fingerprint, and what it says below them, so that a look-up reads
  /// from one place; 0 where there is none. Its size is a power of two.
  private let slots: [UInt64]
  /// A bit for each value of the lowest 16 bits of a fingerprint, and of the next 16: where one of both is not set, no
  /// word has them. Most words of a text end here, in 16 kB that stay in the nearest cache.
  private let marks: [UInt64]

  /// The words that come with Dateline.
  static let standard = ToneLexicon(toneWords)

  /// The number of words.
  var count: Int { words.count }

  /// The words of a text: lines that begin with their kind (``toneWords``).
  init(_ text: StaticString) {
    var found: [UInt64: Entry] = [:]
    let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: " "))
      guard let first = fields.first else { continue }
      let kind = String(decoding: first, as: UTF8.self)
      for word in fields.dropFirst() {
        found[WordScanner.fingerprint(of: word), default: .none].add(kind)
      }
    }
    let sorted = found.sorted { $0.key < $1.key }
    self.init(words: sorted.map(\.key), entries: sorted.map(\.value.packed))
  }

  /// Brings the words back from the parts that ``payloads()`` gave.
  init(_ payloads: Payloads) throws(DatelineError) {
    let words = try payloads.numbers("tone.words", as: UInt64.self).array()
    let entries = try payloads.numbers("tone.entries", as: UInt16.self, count: words.count).array()
    let ascend = zip(words, words.dropFirst()).allSatisfy { ToneLexicon.key($0) < ToneLexicon.key($1) }
    let areSmall = entries.allSatisfy { abs(Int(Entry(packed: $0).valence)) <= ToneLexicon.largestValence }
    guard words.count <= ToneLexicon.mostWords, ascend, areSmall else {
      throw DatelineError(
        .invalidData, "the words of tone do not ascend, or say what no word says: the file is damaged")
    }
    self.init(words: words, entries: entries)
  }

  private init(words: [UInt64], entries: [UInt16]) {
    self.words = words
    self.entries = entries
    var marks = [UInt64](repeating: 0, count: 2 * ToneLexicon.markCount / 64)
    for word in words {
      for mark in [ToneLexicon.mark(word), ToneLexicon.secondMark(word)] { marks[mark / 64] |= 1 << UInt64(mark % 64) }
    }
    self.marks = marks
    var size = 16
    while size < words.count * 2 { size *= 2 }
    var slots = [UInt64](repeating: 0, count: size)
    for (word, entry) in zip(words, entries) {
      var place = ToneLexicon.start(word) & (size - 1)
      while slots[place] != 0 { place = (place + 1) & (size - 1) }
      slots[place] = ToneLexicon.key(word) | UInt64(entry)
    }
    self.slots = slots
  }

  private static let markCount = 1 << 16

  @inline(__always)
  private static func mark(_ fingerprint: UInt64) -> Int { Int(truncatingIfNeeded: fingerprint & 0xFFFF) }

  @inline(__always)
  private static func secondMark(_ fingerprint: UInt64) -> Int {
    markCount + Int(truncatingIfNeeded: fingerprint >> 16 & 0xFFFF)
  }

  /// What tells words apart in the table.
  @inline(__always)
  private static func key(_ fingerprint: UInt64) -> UInt64 { fingerprint & ~0xFFFF }

  /// Spreads fingerprints, which a file may have chosen so that they crowd.
  @inline(__always)
  private static func start(_ fingerprint: UInt64) -> Int {
    Int(truncatingIfNeeded: (fingerprint ^ (fingerprint >> 29)) &* 0x9E37_79B9_7F4A_7C15 >> 20)
  }

  @inline(__always)
  private func has(_ mark: Int) -> Bool { marks[mark / 64] & 1 << UInt64(mark % 64) != 0 }

  /// What a word says; nothing where it is not known.
  @inline(__always)
  func entry(of fingerprint: UInt64) -> Entry {
    guard has(ToneLexicon.mark(fingerprint)), has(ToneLexicon.secondMark(fingerprint)) else { return .none }
    let mask = slots.count - 1
    var place = ToneLexicon.start(fingerprint) & mask
    while true {
      let slot = slots[place]
      guard slot != 0 else { return .none }
      if ToneLexicon.key(slot) == ToneLexicon.key(fingerprint) { return Entry(packed: UInt16(slot & 0xFFFF)) }
      place = (place + 1) & mask
    }
  }

  /// The words for the model file: a model goes on with those that it has learnt with.
  func payloads() -> [Payload] { [Payload(name: "tone.words", words), Payload(name: "tone.entries", entries)] }
}

extension ToneLexicon.Entry {
  fileprivate mutating func add(_ kind: String) {
    switch kind {
    case "not": roles.insert(.negation)
    case "more": roles.insert(.amplifier)
    case "less": roles.insert(.dampener)
    case "but": roles.insert(.contrast)
    case "rise": roles.insert(.rise)
    case "fall": roles.insert(.fall)
    default:
      guard let tenths = Int8(kind) else { preconditionFailure("\(kind) is no kind of word") }
      valence = tenths
    }
  }
}
