/// Sorting of a document's cells: a feature's number in the upper half, its count in the lower.
///
/// Numbers follow the order of fingerprints, so those of a document are spread evenly over all features, and a cell's
/// number tells about where it belongs: cells are put into a table of twice as many slots, each into the slot that its
/// number leads to, or the first from there on that holds no lower one (ordered linear probing; Amble and Knuth 1974,
/// "Ordered hash tables"). So the table is in order at any time, and equal numbers meet.
enum CellSort {
  /// Slots that a cell may be away from its own. In a table that is half full chance does not lead that far.
  private static let maximumReach = 128
  private static let empty = UInt64.max
  /// More than four thousand million occurrences are as good as one less than that.
  private static let maximumCount: UInt64 = 0xFFFF_FFFE

  /// Sorts cells by their numbers and adds up the counts of equal ones. O(n), and O(n log n) where a text was made to
  /// crowd its features.
  ///
  /// - Parameters:
  ///   - cells: Memory that begins with the cells.
  ///   - count: The number of cells.
  ///   - featureCount: Above all numbers; at most 2³².
  ///   - table: Memory that is reused from one document to the next.
  /// - Returns: How many different numbers there are; the first cells are theirs.
  static func sort(_ cells: inout [UInt64], count: Int, featureCount: Int, table: inout [UInt64]) -> Int {
    // Nothing is farther behind its own slot than all others are.
    let (homes, slotCount) = (2 * count, 3 * count)
    if table.count < slotCount { table = [UInt64](repeating: empty, count: 2 * slotCount) }
    return table.withUnsafeMutableBufferPointer { table in
      cells.withUnsafeMutableBufferPointer { cells in
        var cells = UnsafeMutableBufferPointer(rebasing: cells[..<count])
        let slots = UnsafeMutableBufferPointer(rebasing: table[..<slotCount])
        slots.update(repeating: empty)
        if let distinct = fill(slots, homes: homes, with: cells, featureCount: featureCount) {
          collect(slots, distinct, into: cells)
          return distinct
        }
        cells.sort()
        return merge(cells)
      }
    }
  }

  /// Puts cells into an empty table.
  ///
  /// - Returns: How many different ones there are; `nil` where they crowd far more than chance would have them.
  private static func fill(
    _ slots: UnsafeMutableBufferPointer<UInt64>, homes: Int, with cells: UnsafeMutableBufferPointer<UInt64>,
    featureCount: Int
  ) -> Int? {
    let step = (UInt64(homes) << 32) / UInt64(max(1, featureCount))
    var distinct = cells.count
    for cell in cells {
      let number = cell &>> 32
      let home = Int(truncatingIfNeeded: (number &* step) &>> 32)
      if slots[home] == empty {
        slots[home] = min(cell, empty &- 1)
        continue
      }
      var place = home
      while slots[place] &>> 32 < number { place &+= 1 }
      // The empty slot's number is that of no cell but the very last.
      if slots[place] != empty, slots[place] &>> 32 == number {
        slots[place] = sum(slots[place], cell)
        distinct &-= 1
        continue
      }
      // What is higher moves on.
      var moving = min(cell, empty &- 1)
      while slots[place] != empty {
        swap(&slots[place], &moving)
        place &+= 1
      }
      slots[place] = moving
      if place &- home > maximumReach { return nil }
    }
    return distinct
  }

  /// Writes what is in a table, in order. Every slot is written, and overwritten where it was empty: no branch has to be
  /// foretold.
  private static func collect(
    _ slots: UnsafeMutableBufferPointer<UInt64>, _ count: Int, into cells: UnsafeMutableBufferPointer<UInt64>
  ) {
    var (slot, written) = (0, 0)
    func take() {
      let cell = slots[slot]
      cells[written] = cell
      written &+= cell < empty ? 1 : 0
      slot &+= 1
    }
    while written &+ 4 <= count {
      take()
      take()
      take()
      take()
    }
    while written < count { take() }
  }

  /// Adds up the counts of sorted cells that have one number, and returns how many are left.
  private static func merge(_ cells: UnsafeMutableBufferPointer<UInt64>) -> Int {
    var last = 0
    for cell in cells.dropFirst() {
      if (cells[last] ^ cell) &>> 32 == 0 {
        cells[last] = sum(cells[last], cell)
      } else {
        last &+= 1
        cells[last] = cell
      }
    }
    return last &+ 1
  }

  /// A cell with the counts of two that have one number.
  @inline(__always)
  private static func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
    left & ~0xFFFF_FFFF | min((left & 0xFFFF_FFFF) &+ (right & 0xFFFF_FFFF), maximumCount)
  }
}
