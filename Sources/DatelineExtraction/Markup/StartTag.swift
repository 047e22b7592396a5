/// The attributes of a start tag, one after another, in the manner of browsers.
struct StartTag {
  struct Attribute {
    let name: UnsafeBufferPointer<UInt8>
    /// Without quotation marks, as it is written; empty where there is none.
    let value: UnsafeBufferPointer<UInt8>
    /// Where all of it stands on the page.
    let range: Range<Int>

    /// Whether the value has no quotation mark at its beginning that lacks its partner.
    var isWhole: Bool { value.first != UInt8(ascii: "\"") && value.first != UInt8(ascii: "'") }

    /// Whether it has a name, which is given in lower case.
    @inline(__always)
    func has(name: StaticString) -> Bool { self.name.count == name.utf8CodeUnitCount && self.name.names(name, at: 0) }
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
    repeat { place += 1 } while place < end && !endsName(page[place])
    let name = start..<place
    var value = place..<place
    var next = place
    skipSpace(&next)
    if next < end, page[next] == UInt8(ascii: "=") { value = takeValue(from: next + 1) }
    return Attribute(
      name: UnsafeBufferPointer(rebasing: page[name]), value: UnsafeBufferPointer(rebasing: page[value]),
      range: start..<place)
  }

  private func endsName(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "/")
  }

  private mutating func takeValue(from start: Int) -> Range<Int> {
    place = start
    skipSpace(&place)
    let first = place
    if first < end, page[first] == UInt8(ascii: "\"") || page[first] == UInt8(ascii: "'"),
      let quote = page.first(page[first], from: first + 1, before: end)
    {
      place = quote + 1
      return first + 1..<quote
    }
    while place < end, page[place] > 0x20 { place += 1 }
    return first..<place
  }

  private func skipSpace(_ place: inout Int) { while place < end, page[place] <= 0x20 { place += 1 } }
}
