/// A source whose first bytes can be looked at before they are read.
final class PeekedSource: ByteSource {
  private let source: any ByteSource
  private var peeked: [UInt8] = []
  private var given = 0

  init(_ source: any ByteSource) { self.source = source }

  /// The first bytes, fewer than asked for only where the source ends before.
  func peek(_ count: Int) throws(SourceFailure) -> [UInt8] {
    let missing = count - (peeked.count - given)
    if missing > 0 {
      peeked = try SourceBytes.read(source, upTo: count, behind: peeked[given...])
      given = 0
    }
    return Array(peeked[given...].prefix(count))
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
    let rest = peeked.count - given
    if rest == 0 { return try source.read(into: memory) }
    let count = min(rest, memory.count)
    peeked.withUnsafeBytes { memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[given..<given + count])) }
    given += count
    if given == peeked.count {
      peeked = []
      given = 0
    }
    return count
  }
}

/// Reads from sources into arrays.
enum SourceBytes {
  /// Bytes that are there already, followed by as many more as the source has, up to a total.
  static func read(
    _ source: any ByteSource, upTo total: Int, behind start: ArraySlice<UInt8>
  ) throws(SourceFailure) -> [UInt8] {
    var failure: SourceFailure? = nil
    let bytes = [UInt8](unsafeUninitializedCapacity: max(total, start.count)) { memory, count in
      let raw = UnsafeMutableRawBufferPointer(memory)
      start.withUnsafeBytes { raw.copyMemory(from: $0) }
      count = start.count
      do throws(SourceFailure) {
        while count < total {
          let more = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: raw[count..<total]))
          if more == 0 { break }
          count += more
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
