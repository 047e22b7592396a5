/// An immutable run of numbers that either owns its memory or points into memory that something else owns, such as a
/// mapped file.
///
/// Copies share the memory. Everything above this type reads through ``withSpan(_:)``; the pointer stays in this file.
public struct SharedBuffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Unchecked: the memory is never written to after `init`, and `owner` keeps it alive.
  private let base: UnsafeBufferPointer<Element>
  private let owner: AnyObject

  /// A buffer that owns a copy of the elements. O(n) in time and memory.
  public init(_ elements: some Collection<Element>) {
    let copy = OwnedMemory(copying: elements)
    base = UnsafeBufferPointer(copy.memory)
    owner = copy
  }

  /// A buffer over memory that `owner` keeps alive and that nobody changes.
  ///
  /// - Parameters:
  ///   - memory: The elements, aligned for `Element`.
  ///   - owner: What keeps `memory` valid for as long as it lives.
  public init(unsafelySharing memory: UnsafeBufferPointer<Element>, owner: AnyObject) {
    base = memory
    self.owner = owner
  }

  /// The number of elements.
  public var count: Int { base.count }

  /// One element. O(1).
  public subscript(index: Int) -> Element {
    precondition(index >= 0 && index < base.count, "index \(index) outside of 0..<\(base.count)")
    return base[index]
  }

  /// The elements as a span, for the length of `body`.
  @inline(__always)
  public func withSpan<Result, Failure: Error>(
    _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { extendLifetime(owner) }
    return try body(Span(_unsafeElements: base))
  }

  /// The elements as an array. O(n) in time and memory.
  public func array() -> [Element] { Array(base) }

  /// The elements as bytes in the machine's order (little-endian on every platform that is supported).
  public func bytes() -> [UInt8] { Array(UnsafeRawBufferPointer(base)) }
}

private final class OwnedMemory<Element: BitwiseCopyable> {
  let memory: UnsafeMutableBufferPointer<Element>

  init(copying elements: some Collection<Element>) {
    memory = .allocate(capacity: elements.count)
    _ = memory.initialize(from: elements)
  }

  deinit { memory.deallocate() }
}

extension SharedBuffer where Element == UInt8 {
  /// The bytes as numbers of another type: the same memory where it is aligned for them, else a copy.
  ///
  /// - Returns: `nil` when the number of bytes is no multiple of the type's size.
  public func reinterpreted<Other: BitwiseCopyable & Sendable>(as type: Other.Type) -> SharedBuffer<Other>? {
    let size = MemoryLayout<Other>.stride
    guard base.count.isMultiple(of: size) else { return nil }
    guard let start = UnsafeRawPointer(base.baseAddress), !base.isEmpty else { return SharedBuffer<Other>([]) }
    if Int(bitPattern: start).isMultiple(of: MemoryLayout<Other>.alignment) {
      let typed = UnsafeBufferPointer(start: start.assumingMemoryBound(to: Other.self), count: base.count / size)
      return SharedBuffer<Other>(unsafelySharing: typed, owner: owner)
    }
    return SharedBuffer<Other>(
      (0..<base.count / size).map { start.loadUnaligned(fromByteOffset: $0 * size, as: Other.self) })
  }

  /// A part of the bytes, sharing the memory.
  public func slice(_ range: Range<Int>) -> SharedBuffer<UInt8> {
    SharedBuffer(unsafelySharing: UnsafeBufferPointer(rebasing: base[range]), owner: owner)
  }
}
