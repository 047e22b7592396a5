import DatelineCore
import DatelineVectors

/// Finds names, of one word or several, by the fingerprints of their words: a trie in one table.
///
/// A slot holds the upper 40 bits of the fingerprint of some words from a name's beginning, whether a longer name begins
/// with them, and the number of the name that they are. 8 bytes a slot, at most half of the slots taken.
struct NameTable: Sendable {
  private let slots: SharedBuffer<UInt64>
  /// Where the senses of each name begin; one more than there are names.
  private let bounds: SharedBuffer<UInt32>
  private let senses: SharedBuffer<UInt32>

  static let valueBits: UInt64 = 0xFF_FFFF
  private static let longerBit: UInt64 = 0x80_0000

  /// What is known of some words.
  struct Entry {
    fileprivate let value: UInt64
    /// The number of the name; `nil` where they only begin names.
    var name: Int? {
      let number = Int(value & (NameTable.longerBit - 1))
      return number == 0 ? nil : number - 1
    }
    /// Whether a longer name begins with them.
    var isPrefix: Bool { value & NameTable.longerBit != 0 }
  }

  /// A table of names.
  ///
  /// - Parameter names: The fingerprints of each name's words from its beginning on, in any order, and its senses.
  init(_ names: [(prefixes: [UInt64], senses: [NameSense])]) {
    var values: [UInt64: UInt64] = [:]
    var (bounds, senses): ([UInt32], [UInt32]) = ([0], [])
    for (number, name) in names.enumerated() {
      for prefix in name.prefixes.dropLast() {
        values[prefix & ~NameTable.valueBits, default: 0] |= NameTable.longerBit
      }
      if let whole = name.prefixes.last { values[whole & ~NameTable.valueBits, default: 0] |= UInt64(number + 1) }
      senses += name.senses.map(\.rawValue)
      bounds.append(UInt32(senses.count))
    }
    var capacity = 64
    while capacity < 2 * values.count { capacity *= 2 }
    var slots = [UInt64](repeating: 0, count: capacity)
    // In the order of fingerprints, so that the table depends on the names alone.
    for key in values.keys.sorted() {
      var place = NameTable.start(key, capacity)
      while slots[place] != 0 { place = (place + 1) & (capacity - 1) }
      slots[place] = key | (values[key] ?? 0)
    }
    self.slots = SharedBuffer(slots)
    self.bounds = SharedBuffer(bounds)
    self.senses = SharedBuffer(senses)
  }

  private static func start(_ key: UInt64, _ capacity: Int) -> Int { Int(key >> 40) & (capacity - 1) }

  /// The number of names.
  var count: Int { bounds.count - 1 }

  /// What is known of words with a fingerprint; `nil` when no name begins with them. O(1).
  func entry(_ fingerprint: UInt64) -> Entry? {
    let key = fingerprint & ~NameTable.valueBits
    return slots.withSpan { slots in
      var place = NameTable.start(key, slots.count)
      // A damaged table could be full.
      for _ in 0..<slots.count {
        let slot = slots[unchecked: place]
        if slot == 0 { return nil }
        if slot & ~NameTable.valueBits == key { return Entry(value: slot & NameTable.valueBits) }
        place = (place + 1) & (slots.count - 1)
      }
      return nil
    }
  }

  /// What asks for the slots of words before they are looked up.
  var slotRequests: SlotRequests { SlotRequests(requests: RowRequests(slots), capacity: slots.count) }

  struct SlotRequests {
    fileprivate let requests: RowRequests
    fileprivate let capacity: Int

    /// Asks for the slot at which the search for words begins.
    @inline(__always)
    func ask(for fingerprint: UInt64) { requests.ask(for: NameTable.start(fingerprint, capacity)) }
  }

  /// Hands over the senses of a name.
  func forEachSense(of name: Int, _ body: (NameSense) -> Void) {
    guard name < count else { return }
    let range = Int(bounds[name])..<Int(bounds[name + 1])
    senses.withSpan { senses in for place in range { body(NameSense(rawValue: senses[place])) } }
  }

  /// The sense of a name that has one; `nil` where it has several or none.
  func onlySense(of name: Int) -> NameSense? {
    guard name < count, bounds[name + 1] - bounds[name] == 1 else { return nil }
    return NameSense(rawValue: senses[Int(bounds[name])])
  }

  /// The parts for the model file.
  var payloads: [Payload] {
    [
      Payload(name: "places.slots", slots), Payload(name: "places.bounds", bounds),
      Payload(name: "places.senses", senses),
    ]
  }

  /// Brings a table back.
  ///
  /// - Parameter countryCount: How many countries senses may name.
  init(_ payloads: Payloads, countryCount: Int) throws(DatelineError) {
    slots = try payloads.numbers("places.slots", as: UInt64.self)
    bounds = try payloads.numbers("places.bounds", as: UInt32.self)
    senses = try payloads.numbers("places.senses", as: UInt32.self)
    let names = bounds.count - 1
    var isSound = slots.count >= 1 && slots.count & (slots.count - 1) == 0 && names >= 0
    isSound = isSound && bounds[0] == 0 && Int(bounds[names]) == senses.count
    if isSound { for name in 0..<names { isSound = isSound && bounds[name] <= bounds[name + 1] } }
    if isSound { for place in 0..<senses.count { isSound = isSound && senses[place] & 0xFFFF < countryCount } }
    // Half of the slots are empty, or a look-up would go through all of them.
    let taken = slots.withSpan { slots in slots.indices.reduce(0) { $0 + (slots[$1] == 0 ? 0 : 1) } }
    isSound = isSound && 2 * taken <= slots.count
    guard isSound else { throw DatelineError(.invalidData, "a gazetteer that contradicts itself: the file is damaged") }
  }
}
