import Glibc

/// Memory for many numbers that are read in any order.
///
/// A processor knows the places of a few thousand pages by heart. Of pages of 4 kB that is less than the weights of a
/// model take, and every other read then waits for a walk through the page tables, which in a virtual machine costs
/// more than the read itself. So large runs of memory begin at a large page, and the system is asked to give such.
enum LargePages {
  /// The size of a large page of most machines.
  private static let size = 1 << 21

  /// Allocates memory, to be given back with `deallocate()`.
  static func allocate<Element: BitwiseCopyable>(_ count: Int) -> UnsafeMutableBufferPointer<Element> {
    let byteCount = count * MemoryLayout<Element>.stride
    guard byteCount >= 2 * size else { return .allocate(capacity: count) }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: size)
    // It is advice: where there are no large pages, nothing is lost.
    madvise(memory, byteCount / size * size, MADV_HUGEPAGE)
    return UnsafeMutableBufferPointer(start: memory.bindMemory(to: Element.self, capacity: count), count: count)
  }
}
