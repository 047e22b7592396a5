import Synchronization

/// The properties of characters, looked up once each: Unicode's tables are slow to ask and large to copy.
///
/// One table serves all threads. Two of them may fill in the same entry, with the same value.
final class CharacterTable: @unchecked Sendable {
  // Unchecked: the pointer never changes, and what it points to are atomics. 0 is an entry not yet asked for.
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
    if let known = CharacterProperties(packed: entries[value].load(ordering: .relaxed)) { return known }
    let properties = CharacterProperties(scalar)
    entries[value].store(properties.packed, ordering: .relaxed)
    return properties
  }
}
