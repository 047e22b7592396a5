/// In how many documents each term of one part occurs, and then each term's number: a table with open addressing that
/// grows with the distinct terms, so that it stays in a near cache.
struct TermTable {
  private var keys: [UInt64]
  /// How often each key was counted; 0 where there is none. After ``number(atLeast:atMost:)`` its number, or ``none``.
  private var tallies: [UInt32]
  private var used = 0

  /// What a term without a number has in its place.
  static let none = UInt32.max

  /// Slots that a key may be away from its own. In a table that is half full chance does not lead that far.
  private static let maximumReach = 256
  private static let smallest = 1 << 10
  /// Slots for each key; of more, most would be empty because someone made keys that collide.
  private static let mostSlotsPerKey = 16

  init() {
    keys = [UInt64](repeating: 0, count: TermTable.smallest)
    tallies = [UInt32](repeating: 0, count: TermTable.smallest)
  }

  /// Counts terms once each.
  ///
  /// - Returns: `false` where keys collide far more than chance would have them.
  mutating func count(_ fingerprints: Span<UInt64>) -> Bool {
    var done = 0
    while done < fingerprints.count {
      done += countFitting(fingerprints.extracting(done...))
      if done < fingerprints.count, !grow() { return false }
    }
    return true
  }

  /// Counts terms until the table has to grow, and returns how many.
  private mutating func countFitting(_ fingerprints: Span<UInt64>) -> Int {
    let mask = keys.count - 1
    let room = keys.count / 2
    var used = used
    defer { self.used = used }
    return keys.withUnsafeMutableBufferPointer { keys in
      tallies.withUnsafeMutableBufferPointer { tallies in
        for place in fingerprints.indices {
          let fingerprint = fingerprints[place]
          var slot = Int(truncatingIfNeeded: fingerprint) & mask
          var reach = 0
          while tallies[slot] != 0, keys[slot] != fingerprint {
            slot = (slot &+ 1) & mask
            reach &+= 1
            if reach > TermTable.maximumReach { return place }
          }
          if tallies[slot] == 0 {
            if used == room { return place }
            used &+= 1
            keys[slot] = fingerprint
          }
          tallies[slot] &+= 1
        }
        return fingerprints.count
      }
    }
  }

  /// Doubles the slots.
  private mutating func grow() -> Bool {
    let count = keys.count * 2
    guard count <= max(TermTable.smallest, used * TermTable.mostSlotsPerKey) else { return false }
    let (oldKeys, oldTallies) = (keys, tallies)
    keys = [UInt64](repeating: 0, count: count)
    tallies = [UInt32](repeating: 0, count: count)
    for place in oldKeys.indices where oldTallies[place] != 0 {
      var slot = Int(truncatingIfNeeded: oldKeys[place]) & (count - 1)
      while tallies[slot] != 0 { slot = (slot + 1) & (count - 1) }
      keys[slot] = oldKeys[place]
      tallies[slot] = oldTallies[place]
    }
    return true
  }

  /// Numbers the terms that were counted often enough and not too often, from 0 on in ascending order.
  ///
  /// - Returns: Them, and how often each was counted.
  mutating func number(atLeast minimum: Int, atMost maximum: Int) -> (fingerprints: [UInt64], counts: [UInt32]) {
    var kept: [UInt64] = []
    for slot in keys.indices where tallies[slot] >= max(1, minimum) && tallies[slot] <= maximum {
      kept.append(keys[slot])
    }
    kept.sort()
    let counts = kept.map { tallies[slot(of: $0)] }
    for slot in keys.indices where tallies[slot] != 0 { tallies[slot] = TermTable.none }
    for (number, fingerprint) in kept.enumerated() { tallies[slot(of: fingerprint)] = UInt32(number) }
    return (kept, counts)
  }

  private func slot(of fingerprint: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: fingerprint) & mask
    while keys[slot] != fingerprint { slot = (slot + 1) & mask }
    return slot
  }

  /// The numbers of terms all of which were counted.
  func numbers(of fingerprints: Span<UInt64>, _ body: (_ place: Int, _ number: UInt32) -> Void) {
    let mask = keys.count - 1
    keys.withUnsafeBufferPointer { keys in
      tallies.withUnsafeBufferPointer { tallies in
        for place in fingerprints.indices {
          var slot = Int(truncatingIfNeeded: fingerprints[place]) & mask
          while keys[slot] != fingerprints[place] { slot = (slot &+ 1) & mask }
          body(place, tallies[slot])
        }
      }
    }
  }
}
