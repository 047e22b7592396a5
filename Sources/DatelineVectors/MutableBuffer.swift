/// Numbers that change again and again, too many for the memory perhaps: in memory, or in a temporary file whose pages
/// are let go of once they have been worked on.
///
/// A reference: copies share the numbers. Threads may read them together while none writes.
public final class MutableBuffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Unchecked: the place of the numbers never changes, and those who write see to it that nobody else is there.
  @usableFromInline let base: UnsafeMutableBufferPointer<Element>
  /// `nil` in memory.
  private let mapping: SpoolMapping?

  /// Zeros (all bits).
  ///
  /// - Parameters:
  ///   - count: Their number.
  ///   - spooled: Whether they are in a temporary file.
  /// - Throws: ``SpoolError`` when the disk has no room for them.
  public init(zeros count: Int, spooled: Bool) throws(SpoolError) {
    let byteCount = count * MemoryLayout<Element>.stride
    if spooled, count > 0 {
      let file = try SpoolFile()
      try file.fill(zeros: byteCount)
      let mapping = try file.map(writable: true)
      self.mapping = mapping
      base = UnsafeMutableBufferPointer(start: mapping.start?.assumingMemoryBound(to: Element.self), count: count)
    } else {
      mapping = nil
      base = MutableBuffer.zeros(count)
    }
  }

  /// Zeros (all bits), in memory.
  public init(zeros count: Int) {
    mapping = nil
    base = MutableBuffer.zeros(count)
  }

  /// Numbers in memory that are to be written before they are read.
  public init(uninitialized count: Int) {
    mapping = nil
    base = LargePages.allocate(count)
  }

  private static func zeros(_ count: Int) -> UnsafeMutableBufferPointer<Element> {
    let memory: UnsafeMutableBufferPointer<Element> = LargePages.allocate(count)
    _ = UnsafeMutableRawBufferPointer(memory).initializeMemory(as: UInt8.self, repeating: 0)
    return memory
  }

  deinit { if mapping == nil { base.deallocate() } }

  /// The number of elements.
  public var count: Int { base.count }

  /// One element. O(1).
  @inlinable public subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < base.count, "an index outside of the numbers")
      return base[index]
    }
    set {
      precondition(index >= 0 && index < base.count, "an index outside of the numbers")
      base[index] = newValue
    }
  }

  /// The elements, for the length of `body`, for reading.
  @inlinable @inline(__always)
  public func withUnsafeBufferPointer<Result>(_ body: (UnsafeBufferPointer<Element>) -> Result) -> Result {
    body(UnsafeBufferPointer(base))
  }

  /// The elements, for the length of `body`.
  @inlinable @inline(__always)
  public func withUnsafeMutableBufferPointer<Result>(
    _ body: (UnsafeMutableBufferPointer<Element>) -> Result
  ) -> Result { body(base) }

  /// Lets go of the memory of some elements that are in a temporary file; what they are stays. In memory it does
  /// nothing.
  public func release(_ range: Range<Int>) {
    guard let mapping, !range.isEmpty, let start = UnsafeRawPointer(base.baseAddress) else { return }
    let size = MemoryLayout<Element>.stride
    mapping.release(from: start + range.lowerBound * size, byteCount: range.count * size)
  }
}
