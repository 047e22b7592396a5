/// Makes a ``SharedBuffer`` by appending, in memory or in a temporary file.
///
/// The file lies in the folder that the variable `TMPDIR` names, or else in `/tmp`; it has no name and goes away with
/// the last buffer, even when the process is killed.
public final class SharedBufferBuilder<Element: BitwiseCopyable & Sendable> {
  /// The number of elements so far.
  public var count: Int { written + used }

  private var file: SpoolFile?
  /// All elements, or those that are not in the file yet.
  private var memory: UnsafeMutableBufferPointer<Element>
  private var used = 0
  private var written = 0

  /// The elements that go to the file at once.
  private static var pieceSize: Int { (1 << 20) / max(1, MemoryLayout<Element>.stride) }

  /// - Parameters:
  ///   - spooled: Whether the elements go to a temporary file.
  ///   - capacity: In memory, how many elements to make room for.
  /// - Throws: ``SpoolError`` when there can be no file.
  public init(spooled: Bool, capacity: Int = 0) throws(SpoolError) {
    file = spooled ? try SpoolFile() : nil
    memory = .allocate(capacity: spooled ? Self.pieceSize : capacity)
  }

  deinit { memory.deallocate() }

  /// Appends elements. Amortised O(their number).
  public func append(_ elements: Span<Element>) throws(SpoolError) {
    if used + elements.count > memory.count { try makeRoom(elements.count) }
    if elements.count > memory.count {
      try write(elements)
      return
    }
    elements.withUnsafeBufferPointer { source in
      _ = memory[used..<used + source.count].initialize(from: source)
    }
    used += elements.count
  }

  /// Appends an element.
  public func append(_ element: Element) throws(SpoolError) {
    if used == memory.count { try makeRoom(1) }
    memory.initializeElement(at: used, to: element)
    used += 1
  }

  /// The buffer of all elements. The builder is used up.
  public func finish() throws(SpoolError) -> SharedBuffer<Element> {
    if let file {
      try flush(to: file)
      let mapping = try file.map()
      let start = mapping.start.map { UnsafePointer($0.assumingMemoryBound(to: Element.self)) }
      let elements = UnsafeBufferPointer(start: start, count: start == nil ? 0 : written)
      // The mapping keeps the file; nothing else may.
      self.file = nil
      written = 0
      return SharedBuffer(unsafelySharing: elements, owner: mapping)
    }
    let owner = OwnedMemory<Element>(memory)
    let elements = UnsafeBufferPointer(rebasing: memory[..<used])
    memory = .allocate(capacity: 0)
    used = 0
    return SharedBuffer(unsafelySharing: elements, owner: owner)
  }

  private func makeRoom(_ additional: Int) throws(SpoolError) {
    if let file { return try flush(to: file) }
    let grown = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(used + additional, 2 * memory.count, 1024))
    _ = grown.initialize(from: memory[..<used])
    memory.deallocate()
    memory = grown
  }

  private func flush(to file: SpoolFile) throws(SpoolError) {
    try file.append(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: memory[..<used])))
    written += used
    used = 0
  }

  /// Writes a run that is longer than the memory, which is empty.
  private func write(_ elements: Span<Element>) throws(SpoolError) {
    guard let file else { return }
    try elements.withUnsafeBufferPointer { source throws(SpoolError) in
      try file.append(UnsafeRawBufferPointer(source))
    }
    written += elements.count
  }
}
