import Glibc
import Synchronization

/// The properties of characters, looked up once each: Unicode's tables are slow to ask and large to copy.
///
/// One table serves all threads. Two of them may fill in the same entry, with the same value.
final class CharacterTable: @unchecked Sendable {
  // Unchecked: the pointer never changes, and what it points to are atomics. 0 is an entry not yet asked for.
  private let entries: UnsafeMutablePointer<Atomic<UInt32>>
  private static let capacity = 0x10000
  private static let byteCount = capacity * MemoryLayout<Atomic<UInt32>>.stride

  init() {
    // An atomic of 0 is bytes of 0. Those of the system cost nothing until they are touched, which an allocator does not
    // promise of its own: to write all of them would take a text in ASCII, which asks for none, longer than the text.
    let zeros = mmap(nil, CharacterTable.byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let zeros, zeros != MAP_FAILED else { fatalError("no memory for a table of characters") }
    entries = zeros.bindMemory(to: Atomic<UInt32>.self, capacity: CharacterTable.capacity)
  }

  deinit { munmap(entries, CharacterTable.byteCount) }

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
