/// A few words, by their fingerprints, in an open hash table most of which is empty. Fingerprints are spread already, so
/// one is looked for where its lowest bits say: a set of the library would hash each of them first.
struct WordSet: Sendable {
  private let slots: [UInt64]

  /// - Parameter fingerprints: None of them 0.
  init(_ fingerprints: [UInt64]) {
    var size = 16
    while size < 4 * fingerprints.count { size *= 2 }
    var slots = [UInt64](repeating: 0, count: size)
    for fingerprint in fingerprints {
      precondition(fingerprint != 0, "0 is an empty slot")
      var slot = Int(truncatingIfNeeded: fingerprint) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = fingerprint
    }
    self.slots = slots
  }

  /// Whether a word is one of them.
  func contains(_ fingerprint: UInt64) -> Bool {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: fingerprint) & mask
    while slots[slot] != 0 {
      if slots[slot] == fingerprint { return true }
      slot = (slot + 1) & mask
    }
    return false
  }
}
