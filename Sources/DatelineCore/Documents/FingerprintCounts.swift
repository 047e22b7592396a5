/// How often each fingerprint occurs in one document: an open-addressing table that is emptied in time proportional to
/// what it holds, so that one table serves any number of documents.
public struct FingerprintCounts: Sendable {
  /// The number of distinct fingerprints.
  public var count: Int { used }
  @usableFromInline var used = 0
  // The first `used` of each are in use. Slots hold 1 + the place; 0 is empty. There are twice as many slots.
  @usableFromInline var keys: [UInt64] = []
  @usableFromInline var tallies: [UInt32] = []
  @usableFromInline var slots: [UInt32] = []

  /// An empty table, which takes no memory yet.
  public init() {}

  /// The distinct fingerprints, in the order of their first occurrence.
  public var fingerprints: ArraySlice<UInt64> { keys[..<count] }

  /// How often each of them occurs.
  public var counts: ArraySlice<UInt32> { tallies[..<count] }

  /// Makes room for as many more distinct fingerprints.
  @usableFromInline
  mutating func reserve(_ additional: Int) {
    let needed = (count + additional) * 2
    if needed <= slots.count { return }
    var capacity = max(1024, slots.count)
    while capacity < needed { capacity *= 2 }
    slots = [UInt32](repeating: 0, count: capacity)
    keys += [UInt64](repeating: 0, count: capacity / 2 - keys.count)
    tallies += [UInt32](repeating: 0, count: capacity / 2 - tallies.count)
    let mask = capacity - 1
    for place in 0..<count {
      var slot = Int(truncatingIfNeeded: keys[place]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(place + 1)
    }
  }

  /// Counts one occurrence. Amortised O(1).
  public mutating func add(_ fingerprint: UInt64) { add(atMost: 1) { _ = $0(fingerprint) } }

  /// Counts what `body` hands over, with room made beforehand: many at once cost less than one after the other.
  ///
  /// - Parameters:
  ///   - limit: At least as many as `body` hands over different ones; more are a caller's mistake.
  ///   - body: Calls its argument once for each occurrence, and hears whether it is the first one.
  @inlinable @inline(__always)
  public mutating func add(atMost limit: Int, _ body: (_ add: (UInt64) -> Bool) -> Void) {
    reserve(limit)
    let mask = slots.count &- 1
    let room = keys.count
    var count = used
    keys.withUnsafeMutableBufferPointer { keys in
      tallies.withUnsafeMutableBufferPointer { tallies in
        slots.withUnsafeMutableBufferPointer { slots in
          body { fingerprint in
            var slot = Int(truncatingIfNeeded: fingerprint) & mask
            while true {
              let place = Int(slots[slot]) &- 1
              if place < 0 {
                precondition(count < room, "no more occurrences than were announced")
                keys[count] = fingerprint
                tallies[count] = 1
                count &+= 1
                slots[slot] = UInt32(truncatingIfNeeded: count)
                return true
              }
              if keys[place] == fingerprint {
                // Wrapping would need four thousand million occurrences; they are as good as one less.
                if tallies[place] < UInt32.max { tallies[place] &+= 1 }
                return false
              }
              slot = (slot &+ 1) & mask
            }
          }
        }
      }
    }
    used = count
  }

  /// Forgets all fingerprints and keeps the memory. O(count).
  public mutating func removeAll() {
    if count * 32 > slots.count {
      // A few bytes a fingerprint: quicker to clear than to find them.
      slots.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    } else {
      let mask = slots.count - 1
      for fingerprint in fingerprints {
        var slot = Int(truncatingIfNeeded: fingerprint) & mask
        while slots[slot] != 0 {
          slots[slot] = 0
          slot = (slot + 1) & mask
        }
      }
    }
    used = 0
  }
}
