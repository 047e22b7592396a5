/// Memory that is lent to a plugin for the length of a call: freed with the last reference to this.
final class LentMemory {
  private var blocks: [UnsafeMutableRawPointer] = []

  deinit { for block in blocks { block.deallocate() } }

  /// A copy of some values.
  func array<Value: BitwiseCopyable>(_ values: [Value]) -> UnsafePointer<Value> {
    let copy = UnsafeMutablePointer<Value>.allocate(capacity: max(1, values.count))
    copy.initialize(from: values, count: values.count)
    blocks.append(UnsafeMutableRawPointer(copy))
    return UnsafePointer(copy)
  }

  /// A copy of a text, with a zero byte at its end.
  func string(_ text: String) -> UnsafePointer<CChar> { array(Array(text.utf8CString)) }

  /// Pointers to copies of some texts.
  func strings(_ texts: [String]) -> UnsafePointer<UnsafePointer<CChar>?> { array(texts.map { string($0) }) }
}
