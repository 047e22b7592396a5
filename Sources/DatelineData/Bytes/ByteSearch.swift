import CSIMD
internal import Glibc

/// Searches and copies over bytes. This file is the only one in which readers touch pointers: `memchr`, `memcmp` and
/// `memcpy` run at the speed of memory, in debug builds too, and what they cannot tell is searched many bytes at a time.
extension Span<UInt8> {
  /// The place of the first such byte in a range.
  @inline(__always)
  func first(_ byte: UInt8, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range inside the bytes")
    return withUnsafeBytes { all in
      guard let base = all.baseAddress, let hit = memchr(base + range.lowerBound, Int32(byte), range.count) else {
        return nil
      }
      return UnsafeRawPointer(hit) - base
    }
  }

  /// The place of the last such byte in a range. Goes backwards by blocks, so the cost is that of what lies behind it.
  func last(_ byte: UInt8, in range: Range<Int>) -> Int? {
    var upper = range.upperBound
    while upper > range.lowerBound {
      let lower = Swift.max(range.lowerBound, upper - 4096)
      var hit: Int? = nil
      var next = lower
      while let place = first(byte, in: next..<upper) {
        hit = place
        next = place + 1
      }
      if let hit { return hit }
      upper = lower
    }
    return nil
  }

  /// The place of the first quotation mark or backslash in a range: where a string of JSON ends, or an escape begins.
  @inline(__always)
  func firstQuoteOrBackslash(in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range inside the bytes")
    return withUnsafeBytes { all in
      var place = range.lowerBound
      #if arch(x86_64)
        if let base = all.baseAddress {
          while place &+ 16 <= range.upperBound {
            let hits = dateline_either_of(base + place, .quote, .backslash)
            if hits != 0 { return place &+ hits.trailingZeroBitCount }
            place &+= 16
          }
        }
      #endif
      while place &+ 8 <= range.upperBound {
        let eight = UInt64(littleEndian: all.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        let hits = eight.places(of: .quote) | eight.places(of: .backslash)
        if hits != 0 { return place &+ hits.trailingZeroBitCount / 8 }
        place &+= 8
      }
      while place < range.upperBound {
        if all[place] == .quote || all[place] == .backslash { return place }
        place &+= 1
      }
      return nil
    }
  }

  /// The place of the first occurrence of a pattern that lies in a range as a whole.
  func first(_ pattern: [UInt8], in range: Range<Int>) -> Int? {
    guard let start = pattern.first else { return range.lowerBound }
    var next = range.lowerBound
    while next + pattern.count <= range.upperBound, let place = first(start, in: next..<range.upperBound) {
      if hasBytes(pattern, at: place, before: range.upperBound) { return place }
      next = place + 1
    }
    return nil
  }

  /// Whether a pattern stands at a place, and ends before a limit or at it.
  @inline(__always)
  func hasBytes(_ pattern: [UInt8], at place: Int, before limit: Int) -> Bool {
    hasBytes(pattern.span, at: place, before: limit)
  }

  /// Whether a pattern stands at a place, and ends before a limit or at it.
  @inline(__always)
  func hasBytes(_ pattern: Span<UInt8>, at place: Int, before limit: Int) -> Bool {
    guard place >= 0, place + pattern.count <= limit, limit <= count else { return false }
    return withUnsafeBytes { all in
      pattern.withUnsafeBytes { pattern in
        guard let left = all.baseAddress, let right = pattern.baseAddress else { return pattern.isEmpty }
        return memcmp(left + place, right, pattern.count) == 0
      }
    }
  }

  /// How many line ends a range holds.
  func newlines(in range: Range<Int>) -> Int {
    var total = 0
    var next = range.lowerBound
    while let place = first(.newline, in: next..<range.upperBound) {
      total += 1
      next = place + 1
    }
    return total
  }

  /// The first place of a range that holds no space, tab or line end; the end of the range where there is none.
  func skippingWhitespace(in range: Range<Int>) -> Int {
    var place = range.lowerBound
    while place < range.upperBound, self[place].isWhitespace { place += 1 }
    return place
  }

  /// The first place that holds no line end.
  func skippingLineEnds() -> Int {
    var place = 0
    while place < count, self[place] == .newline || self[place] == .carriageReturn { place += 1 }
    return place
  }

  /// A range without the spaces, tabs and line ends on both of its sides.
  func trimming(_ range: Range<Int>) -> Range<Int> {
    let start = skippingWhitespace(in: range)
    var end = range.upperBound
    while end > start, self[end - 1].isWhitespace { end -= 1 }
    return start..<end
  }

  /// A copy of a range.
  func array(_ range: Range<Int>) -> [UInt8] {
    var copy: [UInt8] = []
    copy.append(self, range)
    return copy
  }

  /// A range as a string.
  func string(_ range: Range<Int>) -> String { String(decoding: array(range), as: UTF8.self) }
}

extension [UInt8] {
  /// Appends a range of other bytes.
  @inline(__always)
  mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    bytes.withUnsafeBytes { append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[range])) }
  }
}

extension UInt64 {
  /// Of eight bytes in one number, those that are a certain one: bit 7 of each is set, and no other bit.
  @inline(__always)
  fileprivate func places(of byte: UInt8) -> UInt64 {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    let different = self ^ UInt64(byte) &* 0x0101_0101_0101_0101
    // Seven bits a byte, so that no sum touches the next byte.
    return ~(((different & low) &+ low) | different | low)
  }
}

extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")

  /// Whether it is a space, a tab or half of a line end.
  @inline(__always)
  var isWhitespace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D && self != 0x0B && self != 0x0C) }

  /// Whether it is a decimal digit.
  @inline(__always)
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  /// The same letter in lower case; other bytes as they are.
  var asciiLowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}
