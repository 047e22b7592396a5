/// How often each fingerprint occurs in one document: an open-addressing table that is emptied in time proportional to
/// what it holds, so that one table serves any number of documents.
public struct FingerprintCounts: Sendable {
  /// The distinct fingerprints, in the order of their first occurrence.
  public private(set) var fingerprints: [UInt64] = []
  /// How often each of them occurs.
  public private(set) var counts: [UInt32] = []
  // Slots hold 1 + the place in `fingerprints`; 0 is empty.
  private var slots: [UInt32]
  private var mask: Int

  /// An empty table.
  public init() {
    slots = [UInt32](repeating: 0, count: 1024)
    mask = 1023
  }

  /// The number of distinct fingerprints.
  public var count: Int { fingerprints.count }

  /// Makes room for as many more distinct fingerprints, so that adding them does not grow the table.
  public mutating func reserve(_ additional: Int) {
    let needed = (fingerprints.count + additional) * 2
    if needed <= slots.count { return }
    var capacity = slots.count
    while capacity < needed { capacity *= 2 }
    slots = [UInt32](repeating: 0, count: capacity)
    mask = capacity - 1
    for place in fingerprints.indices {
      var slot = Int(truncatingIfNeeded: fingerprints[place]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(place + 1)
    }
  }

  /// Counts one occurrence. Amortised O(1).
  @inline(__always)
  public mutating func add(_ fingerprint: UInt64) {
    if (fingerprints.count + 1) * 2 > slots.count { reserve(fingerprints.count + 1) }
    var slot = Int(truncatingIfNeeded: fingerprint) & mask
    while true {
      let place = slots[slot]
      if place == 0 {
        fingerprints.append(fingerprint)
        counts.append(1)
        slots[slot] = UInt32(fingerprints.count)
        return
      }
      if fingerprints[Int(place) - 1] == fingerprint {
        // Wrapping would need four thousand million occurrences; they are as good as one less.
        if counts[Int(place) - 1] < UInt32.max { counts[Int(place) - 1] &+= 1 }
        return
      }
      slot = (slot + 1) & mask
    }
  }

  /// Forgets all fingerprints and keeps the memory. O(count).
  public mutating func removeAll() {
    if fingerprints.count * 32 > slots.count {
      // A few bytes a fingerprint: quicker to clear than to find them.
      slots.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
    } else {
      for fingerprint in fingerprints {
        var slot = Int(truncatingIfNeeded: fingerprint) & mask
        while slots[slot] != 0 {
          slots[slot] = 0
          slot = (slot + 1) & mask
        }
      }
    }
    fingerprints.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
  }
}
