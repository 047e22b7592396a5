/// The attributes of a start tag, one after another, in the manner of browsers.
struct StartTag {
  struct Attribute {
    let name: UnsafeBufferPointer<UInt8>
    /// Without quotation marks, as it is written; empty where there is none. References to characters are left as they are.
    let value: UnsafeBufferPointer<UInt8>
    /// Where all of it stands on the page.
    let range: Range<Int>
    /// Whether it means the same wherever it is copied to: a value has both of its quotation marks, or neither and no sign
    /// of a tag.
    let isWhole: Bool

    /// Whether it has a name, which is given in lower case.
    @inline(__always)
    func has(name: StaticString) -> Bool { self.name.count == name.utf8CodeUnitCount && self.name.names(name, at: 0) }
  }

  /// The numbers of names that have been met.
  struct Seen {
    private var bits: UInt16 = 0

    /// Whether a number is new.
    mutating func insert(_ number: Int) -> Bool {
      let before = bits
      bits |= 1 << UInt16(number)
      return bits != before
    }
  }

  /// Whether the tag ends its element, too, in the manner of XML; known behind the last attribute.
  private(set) var isClosed = false
  private let page: UnsafeBufferPointer<UInt8>
  private let end: Int
  private var place: Int

  /// - Parameter range: From behind the name of the element to the end of the tag, with `>` if it has one.
  init(_ page: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.page = page
    place = range.lowerBound
    let hasSign = !range.isEmpty && page[range.upperBound - 1] == UInt8(ascii: ">")
    end = hasSign ? range.upperBound - 1 : range.upperBound
  }

  /// The next attribute; `nil` behind the last one.
  mutating func next() -> Attribute? {
    while place < end, page[place] <= 0x20 || page[place] == UInt8(ascii: "/") {
      isClosed = page[place] == UInt8(ascii: "/")
      place += 1
    }
    guard place < end else { return nil }
    isClosed = false
    let start = place
    // A sign of equality at the beginning is part of the name.
    repeat { place += 1 } while place < end && !endsAttributeName(page[place])
    let name = start..<place
    var (value, isWhole) = (place..<place, true)
    var sign = place
    skipSpace(&sign)
    if sign < end, page[sign] == UInt8(ascii: "=") { (value, isWhole) = takeValue(from: sign + 1) }
    return Attribute(
      name: UnsafeBufferPointer(rebasing: page[name]), value: UnsafeBufferPointer(rebasing: page[value]),
      range: start..<place, isWhole: isWhole)
  }

  /// Goes behind the last attribute.
  mutating func skipAttributes() { while next() != nil {} }

  private func endsAttributeName(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "/")
  }

  private mutating func takeValue(from start: Int) -> (value: Range<Int>, isWhole: Bool) {
    place = start
    skipSpace(&place)
    let first = place
    let isQuoted = first < end && (page[first] == UInt8(ascii: "\"") || page[first] == UInt8(ascii: "'"))
    if isQuoted, let quote = page.first(page[first], from: first + 1, before: end) {
      place = quote + 1
      return (first + 1..<quote, true)
    }
    var hasSigns = false
    while place < end, page[place] > 0x20 {
      hasSigns = hasSigns || page[place] == UInt8(ascii: "<") || page[place] == UInt8(ascii: ">")
      place += 1
    }
    return (first..<place, !isQuoted && !hasSigns)
  }

  private func skipSpace(_ place: inout Int) { while place < end, page[place] <= 0x20 { place += 1 } }
}
