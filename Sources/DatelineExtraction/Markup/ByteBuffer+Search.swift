internal import Glibc

/// Searches at the speed of memory.
extension UnsafeBufferPointer<UInt8> {
  /// The place of the first such byte.
  @inline(__always)
  func first(_ byte: UInt8, from start: Int, before end: Int? = nil) -> Int? {
    let end = end ?? count
    guard start < end, let base = baseAddress, let hit = memchr(base + start, Int32(byte), end - start) else {
      return nil
    }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }

  /// The place of the first occurrence of a pattern.
  func first(_ pattern: StaticString, from start: Int) -> Int? {
    var next = start
    while let place = first(pattern.utf8Start[0], from: next) {
      if hasPrefix(pattern, at: place) { return place }
      next = place + 1
    }
    return nil
  }

  /// Whether a pattern stands at a place.
  func hasPrefix(_ pattern: StaticString, at place: Int) -> Bool {
    guard let base = baseAddress, place + pattern.utf8CodeUnitCount <= count else { return false }
    return memcmp(base + place, pattern.utf8Start, pattern.utf8CodeUnitCount) == 0
  }

  /// Whether a name in lower case stands at a place, in any case.
  func names(_ name: StaticString, at place: Int) -> Bool {
    guard let base = baseAddress, place >= 0, place + name.utf8CodeUnitCount <= count else { return false }
    return strncasecmp(
      UnsafeRawPointer(base + place).assumingMemoryBound(to: CChar.self),
      UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self), name.utf8CodeUnitCount) == 0
  }
}
