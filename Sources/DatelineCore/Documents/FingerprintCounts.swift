/// How often each fingerprint occurs in one document: an open-addressing table that is emptied in time proportional to
/// what it holds, so that one table serves any number of documents.
public struct FingerprintCounts: Sendable {
  /// The number of distinct fingerprints.
  public var count: Int { used }
  @usableFromInline var used = 0
  // The first `used` of each are in use. Slots hold 1 + the place; 0 is empty.
  @usableFromInline var keys: [UInt64] = []
  @usableFromInline var tallies: [UInt32] = []
  @usableFromInline var slots: [UInt32] = []
  /// How many of the slots are in use, a power of two: as many as the document needs and not as many as the largest one
  /// did, so that they stay in the nearest cache and are emptied in no time. The others are 0.
  @usableFromInline var slotCount = 0

  /// Enough for a headline with one slot in seven in use: fewer collide more, and more take longer to empty.
  private static let fewestSlots = 512

  /// An empty table, which takes no memory yet.
  public init() {}

  /// The distinct fingerprints, in the order of their first occurrence, and how often each occurs, for the length of `body`.
  @inlinable @inline(__always)
  public func withSpans<Result>(_ body: (_ fingerprints: Span<UInt64>, _ counts: Span<UInt32>) -> Result) -> Result {
    body(keys.span.extracting(..<used), tallies.span.extracting(..<used))
  }

  /// The distinct fingerprints, in the order of their first occurrence.
  public var fingerprints: ArraySlice<UInt64> { keys[..<count] }

  /// How often each of them occurs.
  public var counts: ArraySlice<UInt32> { tallies[..<count] }

  /// Makes room for as many more distinct fingerprints, with two slots or more for each.
  @usableFromInline
  mutating func reserve(_ additional: Int) {
    let needed = count + additional
    if keys.isEmpty || keys.count < needed {
      let room = max(needed, keys.count * 2, 64)
      keys += [UInt64](repeating: 0, count: room - keys.count)
      tallies += [UInt32](repeating: 0, count: room - tallies.count)
    }
    if slotCount > 0, needed * 2 <= slotCount { return }
    empty()
    useSlots(atLeast: needed * 2)
    let mask = slotCount - 1
    for place in 0..<count {
      var slot = Int(truncatingIfNeeded: keys[place]) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(place + 1)
    }
  }

  private mutating func useSlots(atLeast needed: Int) {
    slotCount = max(FingerprintCounts.fewestSlots, slotCount)
    while slotCount < needed { slotCount *= 2 }
    if slots.count < slotCount { slots = [UInt32](repeating: 0, count: slotCount) }
  }

  /// Empties the slots.
  private mutating func empty() {
    let used = slotCount
    slots.withUnsafeMutableBufferPointer { UnsafeMutableBufferPointer(rebasing: $0[..<used]).update(repeating: 0) }
  }

  /// Counts one occurrence. Amortised O(1).
  public mutating func add(_ fingerprint: UInt64) { add(atMost: 1) { _ = $0.add(fingerprint, &$1) } }

  /// Counts what `body` hands over, with room made beforehand: many at once cost less than one after the other.
  ///
  /// - Parameters:
  ///   - limit: At least as many as `body` hands over different ones; more are a caller's mistake.
  ///   - body: Hands each occurrence to its argument (``Counter/add(_:_:)``), together with the number of distinct ones so
  ///     far: a loop that takes this for its own keeps it in a register, and puts it back.
  @inlinable @inline(__always)
  package mutating func add(atMost limit: Int, _ body: (borrowing Counter, _ count: inout Int) -> Void) {
    reserve(limit)
    used = FingerprintCounts.fill(&keys, &tallies, &slots, slotCount &- 1, used, used + limit, body)
  }

  /// Fills the table, and returns how many fingerprints are in it then.
  @inlinable @inline(__always)
  static func fill(
    _ keys: inout [UInt64], _ tallies: inout [UInt32], _ slots: inout [UInt32], _ mask: Int, _ used: Int, _ room: Int,
    _ body: (borrowing Counter, inout Int) -> Void
  ) -> Int {
    keys.withUnsafeMutableBufferPointer { keys in
      tallies.withUnsafeMutableBufferPointer { tallies in
        slots.withUnsafeMutableBufferPointer { slots in
          guard let keys = keys.baseAddress, let tallies = tallies.baseAddress, let slots = slots.baseAddress else {
            preconditionFailure("room was made")
          }
          var count = used
          body(Counter(keys, tallies, slots, mask: mask, room: room), &count)
          precondition(
            (used...room).contains(count), "the number of fingerprints was changed by others than the counter")
          return count
        }
      }
    }
  }

  /// The table by its addresses while it is filled.
  @usableFromInline package struct Counter: ~Copyable {
    @usableFromInline let keys: UnsafeMutablePointer<UInt64>
    @usableFromInline let tallies: UnsafeMutablePointer<UInt32>
    @usableFromInline let slots: UnsafeMutablePointer<UInt32>
    @usableFromInline let mask: Int
    @usableFromInline let room: Int

    @usableFromInline
    init(
      _ keys: UnsafeMutablePointer<UInt64>, _ tallies: UnsafeMutablePointer<UInt32>,
      _ slots: UnsafeMutablePointer<UInt32>, mask: Int, room: Int
    ) {
      (self.keys, self.tallies, self.slots) = (keys, tallies, slots)
      (self.mask, self.room) = (mask, room)
    }

    /// Makes sure that there is room for some more distinct fingerprints.
    @inlinable @inline(__always)
    package func checkRoom(for additional: Int, beside count: Int) {
      precondition(count >= 0 && additional <= room - count, "no more occurrences than were announced")
    }

    /// Counts one occurrence, and returns whether it is the first one of its fingerprint.
    ///
    /// - Parameter count: The number of distinct fingerprints in the table.
    @inlinable @inline(__always)
    package func add(_ fingerprint: UInt64, _ count: inout Int) -> Bool {
      precondition(count >= 0 && count < room, "no more occurrences than were announced")
      return add(unchecked: fingerprint, &count)
    }

    /// The same for somebody who has seen that there is room (``checkRoom(for:beside:)``).
    @inlinable @inline(__always)
    package func add(unchecked fingerprint: UInt64, _ count: inout Int) -> Bool {
      var slot = Int(truncatingIfNeeded: fingerprint) & mask
      while true {
        let place = Int(slots[slot]) &- 1
        if place < 0 {
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

  /// Forgets all fingerprints and keeps the memory. O(slots in use), which are at least 512.
  ///
  /// - Parameter expected: About how many distinct fingerprints will follow: where it is right, none is moved on the way.
  ///   There are two slots of four bytes for each at once, so a guess needs a bound.
  public mutating func removeAll(expecting expected: Int = 0) {
    empty()
    slotCount = 0
    used = 0
    if expected > 0 { useSlots(atLeast: 2 * expected) }
  }
}
