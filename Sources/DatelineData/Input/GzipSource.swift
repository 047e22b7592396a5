internal import CZlib

/// What a gzip file (RFC 1952) decompresses to; files of several members, one behind the other, are read to their end.
final class GzipSource: ByteSource {
  private let source: PeekedSource
  private var stream = z_stream()
  private let input: UnsafeMutableRawBufferPointer
  /// Whether a member has begun and not ended.
  private var isInside = true
  private var isReady = false
  private var produced = 0

  init(_ source: PeekedSource) {
    self.source = source
    input = .allocate(byteCount: 1 << 17, alignment: 16)
  }

  deinit {
    if isReady { inflateEnd(&stream) }
    input.deallocate()
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws(SourceFailure) -> Int {
    if !isReady {
      // 15 bits of window, + 16: gzip and nothing else.
      let status = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else { throw .damaged("zlib cannot start (\(status))") }
      isReady = true
    }
    let wanted = min(memory.count, Int(Int32.max))
    stream.next_out = memory.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(wanted)
    while stream.avail_out == UInt32(wanted) {
      if stream.avail_in == 0, try refill() == 0 {
        if isInside { throw .damaged("the gzip data is cut off after \(produced) bytes of text") }
        return 0
      }
      if !isInside, !(try beginMember()) { continue }
      switch inflate(&stream, Z_NO_FLUSH) {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: isInside = false
      default:
        let reason = stream.msg.map { String(cString: $0) } ?? "unknown"
        throw .damaged("the gzip data is damaged after \(produced) bytes of text: \(reason)")
      }
    }
    let count = wanted - Int(stream.avail_out)
    produced += count
    return count
  }

  private func refill() throws(SourceFailure) -> Int {
    let count = try source.read(into: input)
    stream.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_in = UInt32(count)
    return count
  }

  /// Begins a further member, if what follows is more than padding with zeros, which tape formats leave.
  private func beginMember() throws(SourceFailure) -> Bool {
    while stream.avail_in > 0, stream.next_in.pointee == 0 {
      stream.next_in += 1
      stream.avail_in -= 1
    }
    if stream.avail_in == 0 { return false }
    guard stream.next_in.pointee == 0x1F, inflateReset(&stream) == Z_OK else {
      throw .damaged("there is something that is not gzip behind the gzip data")
    }
    isInside = true
    return true
  }
}
