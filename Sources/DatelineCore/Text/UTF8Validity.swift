internal import Glibc

/// Finds bytes that are no UTF-8, at the speed of memory where they are ASCII, as most of text is.
extension Span<UInt8> {
  /// Where the first sequence of bytes in a range begins that is no UTF-8; `nil` where there is none.
  package func firstInvalidUTF8(in range: Range<Int>) -> Int? {
    var start = range.lowerBound
    // A line end is part of no character, so what is left can be checked to the end of its line.
    while let place = firstBeyondASCII(in: start..<range.upperBound) {
      // A dash or an accented letter in a text of ASCII needs no look at all that follows.
      start = endOfPlainCharacters(in: place..<range.upperBound)
      if start > place { continue }
      start = endOfLine(in: place..<range.upperBound)
      do {
        _ = try UTF8Span(validating: extracting(place..<start))
      } catch {
        return place + error.byteOffsets.lowerBound
      }
    }
    return nil
  }

  private func endOfLine(in range: Range<Int>) -> Int {
    withUnsafeBytes { all in
      guard let base = all.baseAddress, let hit = memchr(base + range.lowerBound, 0x0A, range.count) else {
        return range.upperBound
      }
      return UnsafeRawPointer(hit) - base
    }
  }

  /// The place of the first byte from 0x80 on in a range.
  func firstBeyondASCII(in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range inside the bytes")
    return withUnsafeBytes { all in
      func eight(_ place: Int) -> UInt64 { all.loadUnaligned(fromByteOffset: place, as: UInt64.self) }
      var place = range.lowerBound
      while place &+ 32 <= range.upperBound {
        let any = eight(place) | eight(place &+ 8) | eight(place &+ 16) | eight(place &+ 24)
        if any & 0x8080_8080_8080_8080 != 0 { break }
        place &+= 32
      }
      while place < range.upperBound {
        if all[place] >= 0x80 { return place }
        place &+= 1
      }
      return nil
    }
  }

  /// Where a run of characters of two and three bytes ends, but for those few whose second byte must not be just any: the
  /// start of the range, where none stands there.
  func endOfPlainCharacters(in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range inside the bytes")
    return withUnsafeBytes { all in
      func continues(_ place: Int) -> Bool { place < range.upperBound && all[place] & 0xC0 == 0x80 }
      var place = range.lowerBound
      while place < range.upperBound {
        switch all[place] {
        case 0xC2...0xDF:
          guard continues(place &+ 1) else { return place }
          place &+= 2
        case 0xE1...0xEC, 0xEE, 0xEF:
          guard continues(place &+ 1), continues(place &+ 2) else { return place }
          place &+= 3
        default: return place
        }
      }
      return place
    }
  }
}
