/// An immutable run of numbers that either owns its memory or points into memory that something else owns, such as a
/// mapped file.
///
/// Copies share the memory. Everything above this type reads through ``withSpan(_:)``, and a few inner loops through
/// ``withUnsafeBufferPointer(_:)``.
public struct SharedBuffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Unchecked: the memory is never written to after `init`, and `owner` keeps it alive.
  @usableFromInline let base: UnsafeBufferPointer<Element>
  @usableFromInline let owner: AnyObject

  /// A buffer that owns a copy of the elements. O(n) in time and memory.
  public init(_ elements: some Collection<Element>) {
    self.init(count: elements.count) { memory in _ = memory.initialize(from: elements) }
  }

  /// A buffer that owns its memory, which the caller fills.
  ///
  /// - Parameters:
  ///   - count: The number of elements.
  ///   - body: Initialises all of them.
  public init(count: Int, initializedBy body: (UnsafeMutableBufferPointer<Element>) -> Void) {
    let memory = OwnedMemory<Element>(LargePages.allocate(count))
    body(memory.memory)
    base = UnsafeBufferPointer(memory.memory)
    owner = memory
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
  @inlinable public var count: Int { base.count }

  /// One element. O(1).
  @inlinable public subscript(index: Int) -> Element {
    precondition(index >= 0 && index < base.count, "an index outside of the buffer")
    return base[index]
  }

  /// The elements as a span, for the length of `body`.
  @inlinable @inline(__always)
  public func withSpan<Result, Failure: Error>(
    _ body: (Span<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { extendLifetime(owner) }
    return try body(Span(_unsafeElements: base))
  }

  /// The elements by their address, for the length of `body`: for inner loops.
  @inlinable @inline(__always)
  public func withUnsafeBufferPointer<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { extendLifetime(owner) }
    return try body(base)
  }

  /// The elements as an array. O(n) in time and memory.
  public func array() -> [Element] { Array(base) }

  /// The elements as bytes in the machine's order (little-endian on every platform that is supported).
  public func bytes() -> [UInt8] { Array(UnsafeRawBufferPointer(base)) }
}

extension SharedBuffer {
  /// Whether the elements are in a temporary file (``SharedBufferBuilder``).
  public var isSpooled: Bool { owner is SpoolMapping }

  /// Lets go of the memory of some elements that are in a temporary file, and of some around them: they are read again
  /// when they are needed. Elsewhere it does nothing.
  public func release(_ range: Range<Int>) {
    guard let mapping = owner as? SpoolMapping, !range.isEmpty, let start = UnsafeRawPointer(base.baseAddress) else {
      return
    }
    let size = MemoryLayout<Element>.stride
    mapping.release(from: start + range.lowerBound * size, byteCount: range.count * size)
  }

  /// Hands over all elements in order, in pieces that are let go of behind it where they are in a temporary file.
  public func forEachPiece<Failure: Error>(
    _ body: (Span<Element>) throws(Failure) -> Void
  ) throws(Failure) { try forEachPiece(of: 0..<count, body) }

  /// Hands over some of the elements in the same way.
  public func forEachPiece<Failure: Error>(
    of elements: Range<Int>, _ body: (Span<Element>) throws(Failure) -> Void
  ) throws(Failure) {
    let size = isSpooled ? 1 << 20 : max(1, elements.count)
    for start in stride(from: elements.lowerBound, to: elements.upperBound, by: size) {
      let range = start..<min(elements.upperBound, start + size)
      try withSpan { span throws(Failure) in try body(span.extracting(range)) }
      release(range)
    }
  }
}

extension SharedBuffer: Equatable where Element: Equatable {
  /// Whether both hold the same elements. O(n).
  public static func == (left: SharedBuffer, right: SharedBuffer) -> Bool { left.base.elementsEqual(right.base) }
}

/// Memory that goes away with its last buffer.
final class OwnedMemory<Element: BitwiseCopyable> {
  let memory: UnsafeMutableBufferPointer<Element>

  init(_ memory: UnsafeMutableBufferPointer<Element>) { self.memory = memory }

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
